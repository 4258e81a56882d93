"""The old order report: GBK CSV, ids as ="…", two headers that end in a blank."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from xiaoer.simulator.wall_time import UTC_OFFSET_SECONDS

HEADER = (
    "订单编号", "买家会员名", "买家支付宝账号", "买家应付货款", "买家应付邮费", "买家支付积分", "总金额",
    "返点积分", "买家实际支付金额", "买家实际支付积分", "订单状态", "买家留言", "收货人姓名",
    "收货地址 ", "运送方式", "联系电话 ", "联系手机", "订单创建时间", "订单付款时间 ", "宝贝标题 ",
    "宝贝种类 ", "物流单号 ", "物流公司", "订单备注", "宝贝总数量", "店铺Id", "店铺名称", "订单关闭原因",
    "卖家服务费", "买家服务费", "发票抬头", "是否手机订单", "分阶段订单信息", "定金排名", "修改后的sku",
    "修改后的收货地址", "异常信息", "天猫卡券抵扣", "集分宝抵扣", "是否是O2O交易",
)  # fmt: skip
STATUS_WORDS = {
    "unpaid": "等待买家付款", "paid": "买家已付款，等待卖家发货", "shipped": "卖家已发货，等待买家确认",
    "success": "交易成功", "closed": "交易关闭",
}  # fmt: skip
_UTC_OFFSET = pa.scalar(UTC_OFFSET_SECONDS, pa.duration("s")).as_py()


def write_order_list(orders: pa.Table, lines: pa.Table, folder: Path) -> list[Path]:
    """Write one report per month of creation, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    titles: dict[str, str] = {}
    for order_id, title in zip(lines["order_id"].to_pylist(), lines["title"].to_pylist(), strict=True):
        titles[order_id] = f"{titles[order_id]}，{title}" if order_id in titles else title
    months: dict[str, list[Mapping[str, Any]]] = {}
    for order in orders.to_pylist():
        months.setdefault(f"{order['created_at'] + _UTC_OFFSET:%Y%m}", []).append(order)
    paths = []
    for month, found in months.items():
        path = folder / f"ExportOrderList{month}.csv"
        with path.open("w", encoding="gbk", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            writer.writerows(_cells(order, titles.get(order["order_id"], "")) for order in found)
        paths.append(path)
    return paths


def local_text(instant: Any) -> str:  # noqa: ANN401 -- a datetime of Arrow, or None
    """Return a UTC instant as local text; nothing for None."""
    return "" if instant is None else f"{instant + _UTC_OFFSET:%Y-%m-%d %H:%M:%S}"


def _cells(order: Mapping[str, Any], title: str) -> list[str]:
    said = {
        "订单编号": f'="{order["order_id"]}"', "买家会员名": order["buyer"],
        "买家应付货款": f"{order['amount_payable'] - order['postage']:.2f}", "买家应付邮费": f"{order['postage']:.2f}",
        "买家支付积分": "0", "总金额": f"{order['amount_payable']:.2f}", "返点积分": "0",
        "买家实际支付金额": f"{order['amount_paid']:.2f}", "买家实际支付积分": "0",
        "订单状态": STATUS_WORDS[order["status"]], "买家留言": order["buyer_note"] or "", "收货人姓名": "买**",
        "收货地址 ": "云上省云上市某路某号", "运送方式": "快递",
        "订单创建时间": local_text(order["created_at"]), "订单付款时间 ": local_text(order["paid_at"]),
        "宝贝标题 ": title, "宝贝种类 ": str(title.count("，") + 1), "订单备注": order["seller_note"] or "",
        "宝贝总数量": str(order["item_count"]), "店铺Id": "0", "店铺名称": order["shop"],
        "订单关闭原因": order["close_reason"] or "订单未关闭", "卖家服务费": "0.00", "买家服务费": "0.00",
        "是否手机订单": "手机订单", "分阶段订单信息": "定金" if order["is_deposit"] else "",
    }  # fmt: skip
    return [said.get(name, "") for name in HEADER]
