"""Two made-up weeks of a shop, as 千牛 and 淘宝 export them: in the second one agent answers late and sells less."""

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path

SHOP = "晨光店"
FIRST, SECOND = datetime(2024, 9, 2, 10, 0), datetime(2024, 9, 9, 10, 0)  # noqa: DTZ001 -- as exports write it
BUYERS = 6  # of each agent in each week
# How long the agent lets a buyer wait, and how many of the buyers buy: in the first week, in the second.
AGENTS = {"小艾": ((20, 5), (400, 1)), "小林": ((30, 3), (30, 3))}
HEADERS = (
    "订单编号", "买家会员名", "买家应付货款", "买家应付邮费", "总金额", "买家实际支付金额", "订单状态", "订单创建时间",
    "订单付款时间", "宝贝总数量",
)  # fmt: skip


def write_two_weeks(folder: Path) -> list[Path]:
    """Return the exports: chats of both weeks, and orders."""
    chats, orders, number = io.StringIO(), io.StringIO(), 2900000000000000000
    written = csv.writer(orders)
    written.writerow(HEADERS)
    for week, start in enumerate((FIRST, SECOND)):
        for agent, weeks in AGENTS.items():
            wait, buying = weeks[week]
            for place in range(BUYERS):
                buyer, at = f"{agent}的第{week + 1}{place}位", start + timedelta(days=place % 5, minutes=7 * place)
                chats.write(f"{buyer} --> {SHOP}:{agent} {at}\n这款有货吗\n")
                chats.write(f"{SHOP}:{agent} --> {buyer} {at + timedelta(seconds=wait)}\n有的\n")
                if place < buying:
                    number += 1
                    paid = at + timedelta(minutes=20)
                    written.writerow((number, buyer, "59.00", "0.00", "59.00", "59.00", "交易成功", at + timedelta(
                        minutes=15), paid, 1))  # fmt: skip
        at = start + timedelta(hours=5)
        chats.write(f"老周推广{week} --> {SHOP}:小林 {at}\n@所有人 清仓通知\n")
    # A silent order, so that what was asked in both weeks has had its time to be paid.
    written.writerow((number + 1, "后来的人", "19.00", "0.00", "19.00", "19.00", "交易成功", "2024-09-25 10:00:00",
                      "2024-09-25 10:01:00", 1))  # fmt: skip
    made = [folder / "聊天记录.txt", folder / "ExportOrderList202409.csv"]
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in zip(made, (chats, orders), strict=True):
        file.write_text(text.getvalue(), encoding="gb18030")
    return made
