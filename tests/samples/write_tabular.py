"""Writes the made-up samples of canonical tables and Taobao exports: `python -m tests.samples.write_tabular`.

Everything in them is invented. After a change, look at the golden files' difference before committing it.
"""

# ruff: noqa: E501 -- rows of cells read as rows

import csv
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tests.samples.xls_bytes import xls_bytes
from tests.spec.golden_reading import golden_reading

HERE = Path(__file__).resolve().parent
SHOP = "向阳小铺"
Cells = list[list[str]]

ORDERS_OLD = "订单编号,买家会员名,买家支付宝账号,支付交易号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址,运送方式,联系电话,联系手机,订单创建时间,订单付款时间,宝贝标题 ,宝贝种类,物流单号,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,定金排名,修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易"
ORDERS_NEW = "订单编号,支付单号,买家应付货款,买家应付邮费,总金额,买家实付金额,订单状态,收货地址,运送方式,订单创建时间,商品标题,宝贝种类,物流单号,物流公司,备注标签,商家备注,宝贝总数量,开票信息,手机订单,商品属性SKU,发货时间"
REFUNDS = "订单编号,退款编号,支付宝交易号,订单付款时间,商品编码,退款完结时间,买家会员名称,买家实际支付金额,宝贝标题,买家退款金额,手工退款/系统退款,是否需要退货,退款的申请时间,超时时间,退款状态,货物状态,退货物流信息,发货物流信息,客服介入状态,卖家真实姓名,卖家真实姓名（新）,卖家退货地址,卖家邮编,卖家电话,卖家手机,退货物流单号,退货物流公司,买家退款原因,买家退款说明,买家退货时间,责任方,售中或售后,商家备注,完结时间,部分退款/全部退款,审核操作人,举证超时,是否零秒响应,退款操作人,退款原因标签,业务类型"


def main() -> None:
    """Write every sample and its golden file."""
    for folder in ("canonical", "taobao"):
        (HERE / folder).mkdir(exist_ok=True)
    write_canonical(HERE / "canonical")
    write_orders(HERE / "taobao")
    write_lines(HERE / "taobao")
    write_refunds_and_reviews(HERE / "taobao")
    for folder in ("canonical", "taobao"):
        for path in sorted((HERE / folder).iterdir()):
            if not path.name.endswith(".golden.json"):
                found = golden_reading(path, shop=SHOP)
                golden = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True, default=str)
                path.with_name(path.name + ".golden.json").write_text(golden + "\n", encoding="utf-8")


def filled(header: str, *rows: dict[str, str]) -> Cells:
    """Return the header and one row of cells per dict, empty where a dict says nothing."""
    names = header.split(",")
    return [names, *[[row.get(name.strip(), "") for name in names] for row in rows]]


def write_text(path: Path, rows: Cells, *, encoding: str = "utf-8", delimiter: str = ",") -> None:
    """Write rows as delimited text."""
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(rows)


def write_xlsx(path: Path, rows: Sequence[Sequence[object]]) -> None:
    """Write rows as a workbook of one sheet; datetimes become Excel dates."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2024, 1, 1, tzinfo=UTC)})
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet = book.add_worksheet("订单报表")
        for index, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime):
                    sheet.write_datetime(index, column, cell.replace(tzinfo=None), day)
                elif cell != "":
                    sheet.write(index, column, cell)


def write_canonical(folder: Path) -> None:
    """Write canonical tables as CSV, TSV in UTF-16, JSON lines and typed Parquet."""
    write_text(
        folder / "messages.csv",
        [
            "shop,buyer,agent,sent_at,sender,text,kind,auto,transfer_to,message_id".split(","),
            [SHOP, "云**", f"{SHOP}:小满", "2024-05-01 09:00:00", "buyer", "在吗，有没有货", "", "", "", ""],
            [SHOP, "云**", f"{SHOP}:小满", "2024-05-01 09:00:05", "agent", "您好\n稍等", "text", "true", "", ""],
            [SHOP, "云**", f"{SHOP}:小满", "2024-05-01 09:00:31.5", "agent", '有的，"现货"', "text", "否", "", "77"],
        ],
        encoding="utf-8-sig",
    )
    agents = [["agent", "name", "group", "role", "hired_on", "weight"]]
    agents += [[f"{SHOP}:小满", "小满", "售前", "pre_sale", "2023/3/1", "1.5"], [f"{SHOP}:立夏", "", "", "", "-", ""]]
    write_text(folder / "agents.tsv", agents, encoding="utf-16", delimiter="\t")
    lines = [
        {
            "agent": f"{SHOP}:小满",
            "status": "online",
            "start_at": "2024-05-01T01:00:00Z",
            "end_at": "2024-05-01T09:00:00Z",
        },
        {"agent": f"{SHOP}:小满", "status": "away", "start_at": "2024-05-01 12:00:00", "end_at": None},
    ]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "presence.jsonl").write_text(text, encoding="utf-8")
    orders = {
        "order_id": pa.array([1001, 1002], pa.int64()),
        "buyer": pa.array(["云**", None]).dictionary_encode(),
        "created_at": pa.array([datetime(2024, 5, 1, 1, 30, tzinfo=UTC)] * 2, pa.timestamp("ms", "UTC")),
        "paid_at": pa.array([datetime(2024, 5, 1, 1, 31, tzinfo=UTC), None], pa.timestamp("us", "Asia/Shanghai")),
        "amount_paid": pa.array([Decimal("19.90"), Decimal(0)], pa.decimal128(12, 2)),
        "item_count": pa.array([2.0, None], pa.float64()),
        "is_deposit": pa.array([False, None]),
    }
    pq.write_table(pa.table(orders), folder / "orders.parquet")
    products = {"product_id": ["5", "6"], "list_price": [12.5, 0.1], "title": ["围巾", "帽子"]}
    pq.write_table(pa.table(products), folder / "products.parquet")
    write_text(
        folder / "refunds.csv",
        [
            "refund_id,order_id,requested_at,amount,kind,status,disputed,finished_on".split(","),
            ["R1", "1001", "2024-05-02", "5", "refund_only", "success", "false", "x"],
            ["R2", "", "2024-05-02", "-5", "gift", "success", "perhaps", "x"],
        ],
    )
    ratings = [
        ["buyer", "agent", "rated_at", "score", "source"],
        ["云**", f"{SHOP}:小满", "20240501 10:00:00", "4", "buyer"],
    ]
    write_text(folder / "ratings.csv", ratings)


def write_orders(folder: Path) -> None:
    """Write the old and the new order form, one of them as a real xls."""
    write_old_orders(folder)
    write_new_orders(folder)
    write_chosen_columns(folder)
    rows: list[list[str | float]] = [
        ["订单编号", "买家会员名", "总金额", "买家实际支付金额", "订单创建时间", "订单付款时间"]
    ]
    rows += [["19001", "示例**", 12.5, 12.5, 45413.375, 45413.376388888886]]
    (folder / "ExportOrderList_really_xls.xlsx").write_bytes(xls_bytes(rows))


def write_old_orders(folder: Path) -> None:
    """Write the old form in GBK, with a damaged id and a sum below the rows."""
    first = {
        "订单编号": '="1900000000000000001"',
        "买家会员名": "t******7",
        "买家应付货款": "80.00",
        "买家应付邮费": "8.00",
    }
    first |= {"总金额": "88.00", "买家实际支付金额": "88.00", "订单状态": "买家已付款，等待卖家发货", "宝贝总数量": "2"}
    first |= {
        "订单创建时间": "2020-06-01 00:10:00",
        "订单付款时间": "2020-06-01 00:11:05",
        "买家留言": "请发顺丰, 谢谢",
    }
    second = {
        "订单编号": '="1900000000000000002"',
        "买家会员名": "麦田**",
        "总金额": "15.50",
        "买家实际支付金额": "0.00",
    }
    second |= {
        "订单状态": "交易关闭",
        "订单创建时间": "2020-06-01 00:20:00",
        "订单关闭原因": "买家未付款",
        "宝贝总数量": "1",
    }
    damaged = first | {"订单编号": "1.9E+18"}
    rows = filled(ORDERS_OLD, first, second, damaged, {"订单编号": "合计", "总金额": "191.50"})
    write_text(folder / "ExportOrderList202006020905.csv", rows, encoding="gb18030")


def write_new_orders(folder: Path) -> None:
    """Write the new form as a workbook."""
    new = {
        "订单编号": "2900000000000000001",
        "总金额": "30.00",
        "买家实付金额": "30.00",
        "订单状态": "卖家已发货，等待买家确认",
    }
    new |= {
        "买家应付邮费": "0.00",
        "订单创建时间": "2025-03-04 05:06:07",
        "发货时间": "2025-03-04 18:00:00",
        "宝贝总数量": "1",
    }
    waiting = {
        "订单编号": "2900000000000000002",
        "总金额": "45.00",
        "买家实付金额": "45.00",
        "订单状态": "等待买家付款",
    }
    waiting |= {"订单创建时间": "2025-03-04 06:00:00", "商家备注": "-"}
    write_xlsx(folder / "ExportOrderList_new.xlsx", [list(row) for row in filled(ORDERS_NEW, new, waiting)])


def write_chosen_columns(folder: Path) -> None:
    """Write the new form with columns that a user chose, typed cells and a title above."""
    moment = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
    rows: list[list[object]] = [
        ["3 月订单", "", "", "", "", "", "", ""],
        ["订单编号", "订单创建时间", "订单付款时间", "买家实付金额", "退款金额", "总金额", "订单关闭原因", "自选列"],
        ["2900000000000000003", moment, moment, 70, 30, 100, "订单未关闭", "甲"],
        ["2900000000000000004", moment, moment, 100, "无退款申请", 100, "订单未关闭", "乙"],
        ["2900000000000000005", moment, "", 100, "", 100, "", "丙"],
        [1234567890123456789.0, moment, moment, 1, "", 1, "", "丁"],
    ]
    write_xlsx(folder / "订单报表_自选列.xlsx", rows)


def write_lines(folder: Path) -> None:
    """Write the old and the new form of order lines; the old one as an HTML page that calls itself xls."""
    old = "订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码".split(",")
    cells = [old, ["1900000000000000001", "棉麻围巾", "40.00", "2", "", "颜色:米白", "", "", "交易成功", "SC-1"]]
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in cells)
    page = f"<html><head><meta charset=gbk></head><body><table>\n{body}</table></body></html>"
    (folder / "ExportOrderDetailList_html.xls").write_text(page, encoding="gbk")
    new = "子订单编号,主订单编号,商品标题,商品价格,购买数量,商品属性,订单状态,商家编码,买家实付金额,退款状态,退款金额,商品ID,发货时间".split(
        ","
    )
    write_text(
        folder / "ExportOrderDetailList_new.csv",
        [
            new,
            ["\t2900000000000000011", "\t2900000000000000001", "围巾", "30.00", "1", "米白", "交易成功", "", "30.00", "没有申请退款", "无退款申请", "\t777", ""],
            ["2900000000000000012", "2900000000000000001", "帽子", "5.00", "两", "", "交易成功", "", "5.00", "退款成功", "5.00", "778", ""],
        ],
        encoding="utf-8-sig",
    )  # fmt: skip


def write_refunds_and_reviews(folder: Path) -> None:
    """Write the refund form of 41 columns and a list of reviews."""
    refund = {
        "订单编号": "1900000000000000001",
        "退款编号": "99001",
        "订单付款时间": "2020-06-01 00:11:05",
        "买家退款金额": "88.00",
    }
    refund |= {
        "退款的申请时间": "2020-06-03 09:00:00",
        "退款完结时间": "2020-06-05 10:00:00",
        "退款状态": "退款成功",
        "业务类型": "退货退款",
    }
    refund |= {
        "手工退款/系统退款": "系统退款",
        "是否需要退货": "需要退货",
        "客服介入状态": "客服已介入",
        "售中或售后": "售后",
        "买家会员名称": "t******7",
    }
    refund |= {"买家退款原因": "七天无理由退换货", "退款操作人": f"{SHOP}:立夏", "部分退款/全部退款": "全部退款"}
    closed = {
        "订单编号": "1900000000000000002",
        "退款编号": "99002",
        "买家退款金额": "3.00",
        "退款的申请时间": "2020-06-03 09:30:00",
    }
    closed |= {
        "退款状态": "退款关闭",
        "售中或售后": "售中",
        "发货物流信息": "示例快递-1",
        "是否需要退货": "不需要退货",
        "手工退款/系统退款": "手工退款",
    }
    write_xlsx(folder / "退款管理.xlsx", [list(row) for row in filled(REFUNDS, refund, closed)])
    write_text(
        folder / "评价.csv",
        [
            ["时间", "订单编号", "商品名称", "评价内容", "评分"],
            ["初次评价：2026年06月07日 12:39:34", "订单编号：1900000000000000001", "棉麻围巾", "柔软，客服耐心", "5"],
            ["6/7/26", "", "棉麻围巾", "颜色不对", "负面评价"],
            ["", "", "棉麻围巾", "-", ""],
        ],
    )


if __name__ == "__main__":
    main()
