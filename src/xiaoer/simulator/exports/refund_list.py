"""Refunds as the back office exports them: xlsx of 41 columns."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from xiaoer.simulator.exports.order_list import local_text
from xiaoer.simulator.exports.workbook import write_workbook

HEADER = (
    "订单编号", "退款编号", "支付宝交易号", "订单付款时间", "商品编码", "退款完结时间", "买家会员名称",
    "买家实际支付金额", "宝贝标题", "买家退款金额", "手工退款/系统退款", "是否需要退货",
    "退款的申请时间", "超时时间", "退款状态", "货物状态", "退货物流信息", "发货物流信息", "客服介入状态",
    "卖家真实姓名", "卖家退货地址", "卖家邮编", "卖家电话", "卖家手机", "退货物流单号", "退货物流公司",
    "买家退款原因", "买家退款说明", "买家退货时间", "责任方", "售中或售后", "商家备注", "完结时间",
    "部分退款/全部退款", "审核操作人", "举证超时", "是否零秒响应", "退款操作人", "退款原因标签",
    "业务类型", "是否帮他退款",
)  # fmt: skip
STATUS_WORDS = {"success": "退款成功", "closed": "退款关闭", "open": "买家已经申请退款，等待卖家同意"}
ENDED_BY_WORDS = {"merchant": "手工退款", "timeout": "系统退款", "platform": "平台退款"}


def write_refund_list(refunds: pa.Table, orders: pa.Table, folder: Path) -> list[Path]:
    """Write the workbook, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    by_id = {order["order_id"]: order for order in orders.select(["order_id", "paid_at", "amount_paid"]).to_pylist()}
    rows = [_cells(refund, by_id[refund["order_id"]]) for refund in refunds.to_pylist()]
    return [write_workbook(folder / "ExportRefundList.xlsx", "退款管理", HEADER, rows)]


def _cells(refund: Mapping[str, Any], order: Mapping[str, Any]) -> list[str]:
    finished = local_text(refund["finished_at"])
    said = {
        "订单编号": refund["order_id"], "退款编号": refund["refund_id"], "订单付款时间": local_text(order["paid_at"]),
        "退款完结时间": finished, "完结时间": finished, "买家会员名称": refund["buyer"],
        "买家实际支付金额": f"{order['amount_paid']:.2f}", "买家退款金额": f"{refund['amount']:.2f}",
        "手工退款/系统退款": ENDED_BY_WORDS.get(refund["finished_by"] or "", ""),
        "是否需要退货": "需要退货" if refund["kind"] == "return" else "不需要退货",
        "退款的申请时间": local_text(refund["requested_at"]), "退款状态": STATUS_WORDS[refund["status"]],
        "货物状态": "未发货" if refund["stage"] == "before_shipping" else "已发货",
        "发货物流信息": "" if refund["stage"] == "before_shipping" else "云通快递",
        "客服介入状态": "客服介入完成" if refund["disputed"] else "客服未介入",
        "买家退款原因": refund["reason"], "售中或售后": "售后" if refund["stage"] == "after_sale" else "售中",
        "部分退款/全部退款": "全部退款" if refund["amount"] == order["amount_paid"] else "部分退款",
        "退款操作人": refund["agent"] or "", "是否帮他退款": "否",
    }  # fmt: skip
    return [said.get(name, "") for name in HEADER]
