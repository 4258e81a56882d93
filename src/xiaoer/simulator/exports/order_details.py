"""Order lines as the new back office exports them: xlsx, one row per sub-order."""

from pathlib import Path

import pyarrow as pa

from xiaoer.simulator.exports.order_list import STATUS_WORDS
from xiaoer.simulator.exports.workbook import write_workbook

HEADER = (
    "子订单编号", "主订单编号", "商品标题", "商品价格", "购买数量", "外部系统编号", "商品属性",
    "订单状态", "商家编码", "买家实付金额", "退款状态", "退款金额", "商品ID", "物流公司",
)  # fmt: skip


def write_order_details(lines: pa.Table, orders: pa.Table, refunds: pa.Table, folder: Path) -> list[Path]:
    """Write the workbook, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    status = dict(zip(orders["order_id"].to_pylist(), orders["status"].to_pylist(), strict=True))
    refunded = set(refunds["order_id"].to_pylist())
    rows = [
        (line["line_id"], line["order_id"], line["title"], f"{line['unit_price']:.2f}", str(line["quantity"]), "",
         line["sku"], STATUS_WORDS[status[line["order_id"]]], "", f"{line['amount_paid']:.2f}",
         "退款中或已退款" if line["order_id"] in refunded else "没有申请退款", "无退款申请", line["product_id"], "")
        for line in lines.to_pylist()
    ]  # fmt: skip
    return [write_workbook(folder / "ExportOrderDetailList.xlsx", "销售明细", HEADER, rows)]
