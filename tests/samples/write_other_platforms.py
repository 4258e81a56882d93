"""Writes the made-up samples of JD, Pinduoduo, Douyin, Kuaishou, Xiaohongshu and of reviews: `python -m tests.samples.write_other_platforms`.

Everything in them is invented. After a change, look at the golden files' difference before committing it.
"""

# ruff: noqa: E501 -- rows of cells read as rows

import json
from datetime import UTC, datetime
from pathlib import Path

from tests.samples.write_tabular import HERE, SHOP, filled, write_text, write_xlsx
from tests.spec.golden_reading import golden_reading

JD = "订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,余额支付,应付金额,订单状态,订单类型,下单帐号,客户姓名,客户地址,联系电话,订单备注,发票类型,发票抬头,发票内容,商家备注,商家备注等级（等级1-5为由高到低）,运费金额,付款确认时间,增值税发票,货号,订单完成时间,订单来源,订单渠道"
PDD = "商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),多多支付立减金额(元),用户实付金额(元),商家实收金额(元),商品数量(件),发货时间,确认收货时间,商品id,商品规格,样式ID,商家编码-规格维度,商家编码-商品维度,商家备注,售后状态,快递单号,快递公司,订单成交时间,是否分期"
DOUYIN = "主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,商品金额,订单应付金额,运费,收件人,收件人手机号,详细地址,订单提交时间,支付完成时间,商家备注,订单完成时间,订单状态,售后状态,取消原因,发货时间"
KUAISHOU = "订单号,赠品订单号,活动订单编号,订单创建时间,订单支付时间,预售定金支付时间,订单状态,实付款,快递费,店铺优惠,平台补贴,主播补贴,支付优惠,支付方式,成交数量,买家留言,订单备注,旗帜颜色,售后状态,商品名称,商品ID,商品规格,SKU编码,商品单价,收货人姓名,收货人电话,收货地址,发货时间,快递公司,快递单号"
XIAOHONGSHU = "订单号,订单状态,售后状态,订单类型,收件人姓名,收件人电话,收件人地址,小红书编码,条形码,规格ID,达人名称,SKU名称,SKU规格,SKU件数,是否为赠品,商品总价(元),用户应付金额(元),平台优惠(元),店铺优惠(元),商家应收金额(元)（支付金额）,支付方式,支付时间,快递单号,订单创建时间,订单发货时间,订单完成时间,用户备注,包裹备注信息,用户编号,商家编码,商品ID,商品名称"


def main() -> None:
    """Write every sample and its golden file."""
    writers = {
        "jd": write_jd, "pdd": write_pdd, "douyin": write_douyin, "kuaishou": write_kuaishou, "xiaohongshu": write_xiaohongshu, "collected_reviews": write_reviews,
    }  # fmt: skip
    for name, write in writers.items():
        (HERE / name).mkdir(exist_ok=True)
        write(HERE / name)
        write_golden(HERE / name)


def write_golden(folder: Path) -> None:
    """Write what each sample of the folder is read as."""
    for path in sorted(folder.iterdir()):
        if not path.name.endswith(".golden.json"):
            golden = json.dumps(
                golden_reading(path, shop=SHOP), ensure_ascii=False, indent=1, sort_keys=True, default=str
            )
            path.with_name(path.name + ".golden.json").write_text(golden + "\n", encoding="utf-8")


def write_jd(folder: Path) -> None:
    """Write JD orders in GBK: an order of two products, one paid from the balance, one on delivery, a damaged id."""
    order = {
        "支付方式": "在线支付",
        "下单时间": "2024-05-06 20:00:00",
        "订单状态": "完成",
        "下单帐号": "jd_例1",
        "运费金额": "6.00",
    }
    order |= {"付款确认时间": "2024-05-06 20:00:30", "订单完成时间": "2024-05-09 11:00:00", "订单类型": "销售订单"}
    amounts = {"订单金额": "260.00", "结算金额": "246.00", "余额支付": "46.00", "应付金额": "200.00"}
    tea = (
        order
        | amounts
        | {"订单号": "290000000001", "商品ID": "100001", "商品名称": "示例茶具", "订购数量": "1", "京东价": "200.00"}
    )
    cup = (
        order
        | amounts
        | {"订单号": "290000000001", "商品ID": "100002", "商品名称": "示例茶杯", "订购数量": "2", "京东价": "30.00"}
    )
    cash = order | {
        "订单号": "290000000002",
        "商品ID": "100002",
        "商品名称": "示例茶杯",
        "订购数量": "1",
        "京东价": "30.00",
        "支付方式": "货到付款",
    }
    cash |= {
        "订单金额": "30.00",
        "结算金额": "30.00",
        "余额支付": "0.00",
        "应付金额": "30.00",
        "付款确认时间": "",
        "订单完成时间": "",
        "订单状态": "等待确认收货",
    }
    gone = cash | {"订单号": "290000000003", "订单状态": "(删除)等待出库", "支付方式": "在线支付", "下单帐号": ""}
    damaged = cash | {"订单号": "2.9E+11"}
    write_text(folder / "京东订单_20240510.csv", filled(JD, tea, cash, cup, gone, damaged), encoding="gb18030")


def write_pdd(folder: Path) -> None:
    """Write Pinduoduo orders: tabs after ids and times, one not paid, one without any time."""
    paid = {
        "商品": "示例横幅",
        "订单号": "240506-100000000000001\t",
        "订单状态": "已收货",
        "商品总价(元)": "35.60",
        "邮费(元)": "0.00",
    }
    paid |= {
        "店铺优惠折扣(元)": "1.60",
        "平台优惠折扣(元)": "4.00",
        "用户实付金额(元)": "30.00",
        "商家实收金额(元)": "34.00",
        "商品数量(件)": "2",
    }
    paid |= {
        "发货时间": "2024-05-06 18:00:00\t",
        "确认收货时间": "2024-05-09 10:00:00\t",
        "商品id": "754299500001\t",
        "商品规格": "红色,大号",
    }
    paid |= {
        "售后状态": "无售后或售后取消",
        "订单成交时间": "2024-05-06 09:00:05\t",
        "商家备注": "加急",
        "是否分期": "否",
    }
    refunded = paid | {
        "订单号": "240506-100000000000002\t",
        "订单状态": "未发货，退款成功",
        "售后状态": "退款成功",
        "发货时间": "\t",
        "确认收货时间": "\t",
    }
    timeless = paid | {"订单号": "240506-100000000000003\t", "订单成交时间": "\t"}
    write_text(folder / "orders_export2024-05-10.csv", filled(PDD, paid, refunded, timeless), encoding="utf-8-sig")
    waiting = {
        "订单号": "240507-100000000000004",
        "订单状态": "待支付",
        "用户实付金额(元)": "12.00",
        "商品数量(件)": "1",
        "订单创建时间": "2024-05-07 08:00:00",
    }
    rows = filled("订单号,订单状态,用户实付金额(元),商家实收金额(元),商品数量(件),订单创建时间,支付时间", waiting)
    write_xlsx(folder / "拼多多自选列.xlsx", [list(row) for row in rows])


def write_douyin(folder: Path) -> None:
    """Write Douyin orders by product and by order, ids behind tabs, addresses encrypted."""
    write_douyin_by_order(folder)
    write_douyin_refunds(folder)
    order = douyin_order()
    tea = order | {
        "子订单编号": "\t6912345678900000001",
        "选购商品": "示例茶;礼盒装",
        "商品规格": "100克",
        "商品数量": "1",
        "商品ID": "\t3511",
        "商品金额": "99.00",
        "订单应付金额": "90.10",
    }
    cup = order | {
        "子订单编号": "\t6912345678900000002",
        "选购商品": "示例杯",
        "商品规格": "白",
        "商品数量": "2",
        "商品ID": "\t3512",
        "商品金额": "20.00",
        "订单应付金额": "39.90",
    }
    cup |= {"运费": "0.00", "售后状态": "退款成功"}
    unpaid = order | {
        "主订单编号": "\t6912345678900000003",
        "子订单编号": "\t6912345678900000003",
        "商品数量": "1",
        "订单应付金额": "20.00",
        "运费": "0.00",
    }
    unpaid |= {
        "支付完成时间": "-",
        "订单状态": "已关闭",
        "取消原因": "超时未支付",
        "发货时间": "-",
        "订单完成时间": "-",
    }
    other = unpaid | {"主订单编号": "\t6912345678900000004", "子订单编号": "\t6912345678900000004"}
    rows = filled(
        DOUYIN, tea, unpaid, cup, other, {**other, "子订单编号": "\t6912345678900000005", "订单应付金额": "十元"}
    )
    write_text(folder / "1715300000_商品维度.csv", rows, encoding="utf-8-sig")


def write_douyin_by_order(folder: Path) -> None:
    """Write Douyin orders a row each, products joined in cells."""
    order = douyin_order()
    joined = order | {
        "子订单编号": "\t6912345678900000001;6912345678900000002",
        "选购商品": "示例茶;示例杯",
        "商品数量": "1;2",
        "商品ID": "3511;3512",
    }
    joined |= {"商品规格": "100克;白", "商品金额": "99.00;20.00", "订单应付金额": "130.00"}
    total = joined | {
        "主订单编号": "\t6912345678900000006",
        "子订单编号": "\t6912345678900000007;6912345678900000008",
        "商品数量": "5",
    }
    write_text(folder / "1715300000_订单维度.csv", filled(DOUYIN, joined, total), encoding="utf-8-sig")


def douyin_order() -> dict[str, str]:
    """Return what the rows of an order have in common."""
    order = {
        "主订单编号": "\t6912345678900000001",
        "收件人": "##密文",
        "收件人手机号": "$$密文",
        "详细地址": "##密文",
        "运费": "5.00",
    }
    order |= {
        "订单提交时间": "2024-05-06 21:00:00",
        "支付完成时间": "2024-05-06 21:00:12",
        "订单状态": "已完成",
        "售后状态": "-",
        "发货时间": "2024-05-07 10:00:00",
    }
    order |= {"订单完成时间": "2024-05-12 10:00:00"}
    return order


def write_douyin_refunds(folder: Path) -> None:
    """Write Douyin's after-sale export: one refunded with postage, one closed."""
    header = "售后单号,订单号,商品单号,商品名称,商品ID,商家编码,商品发货状态,售后类型,售后状态,售后申请时间,售后完结时间,商家退款时间,退商品金额（元）,退运费金额（元）,退支付优惠（元）,退款方式,售后原因"
    done = {
        "售后单号": "142000000000000001",
        "订单号": "6912345678900000001",
        "商品单号": "6912345678900000002",
        "商品发货状态": "1/1已发货",
        "售后类型": "退货退款",
    }
    done |= {
        "售后状态": "同意退款，退款成功",
        "售后申请时间": "2024-05-13 09:00:00",
        "售后完结时间": "2024-05-16 15:03:52",
        "退商品金额（元）": "39.90",
        "退运费金额（元）": "5.00",
    }
    done |= {"退款方式": "原路退回", "售后原因": "大小不合适"}
    closed = {
        "售后单号": "142000000000000002",
        "订单号": "6912345678900000006",
        "商品发货状态": "未发货",
        "售后类型": "未发货退款",
        "售后状态": "售后关闭",
    }
    closed |= {
        "售后申请时间": "2024-05-06 22:00:00",
        "售后完结时间": "2024-05-06 23:00:00",
        "退商品金额（元）": "58.90",
        "退款方式": "无需退款",
    }
    write_xlsx(folder / "售后单-2024-05-18 00_34_04.xlsx", [list(row) for row in filled(header, done, closed)])


def write_kuaishou(folder: Path) -> None:
    """Write Kuaishou orders as a workbook: one paid, one pre-sale with the deposit alone."""
    paid = {
        "订单号": "2412700000000001",
        "订单创建时间": "2024-05-06 22:00:00",
        "订单支付时间": "2024-05-06 22:00:09",
        "订单状态": "已发货",
        "实付款": "59.80",
    }
    paid |= {
        "快递费": "0.00",
        "平台补贴": "5.00",
        "支付方式": "微信支付",
        "成交数量": "2",
        "买家留言": "请尽快发",
        "商品名称": "示例袜",
        "商品ID": "9001",
        "商品规格": "均码",
    }
    paid |= {"商品单价": "32.40", "收货人姓名": "示*", "发货时间": "2024-05-07 09:00:00"}
    deposit = {
        "订单号": "2412700000000002",
        "订单创建时间": "2024-05-06 22:10:00",
        "预售定金支付时间": "2024-05-06 22:10:20",
        "订单状态": "待付款",
        "实付款": "199.00",
        "成交数量": "1",
    }
    deposit |= {"商品名称": "示例被", "商品ID": "9002"}
    write_xlsx(folder / "快手订单.xlsx", [list(row) for row in filled(KUAISHOU, paid, deposit)])


def write_xiaohongshu(folder: Path) -> None:
    """Write Xiaohongshu orders as a workbook: two variants and a gift of one order, and one closed unpaid."""
    order = {
        "订单号": "P770000000000000001",
        "订单状态": "已完成",
        "订单类型": "现货",
        "支付方式": "微信支付",
        "支付时间": "2024-05-06 23:00:10",
    }
    order |= {
        "订单创建时间": "2024-05-06 23:00:00",
        "订单发货时间": "2024-05-07 12:00:00",
        "订单完成时间": "2024-05-15 12:00:00",
        "用户编号": "5f00a1",
        "用户备注": "送礼",
    }
    ring = order | {
        "规格ID": "66a1",
        "SKU名称": "示例戒指 银",
        "SKU规格": "银",
        "SKU件数": "1",
        "是否为赠品": "否",
        "商品总价(元)": "120.00",
        "用户应付金额(元)": "100.00",
    }
    ring |= {
        "平台优惠(元)": "20.00",
        "商家应收金额(元)（支付金额）": "120.00",
        "商品ID": "77b1",
        "商品名称": "示例戒指",
    }
    box = order | {
        "规格ID": "66a2",
        "SKU名称": "示例盒",
        "SKU件数": "2",
        "是否为赠品": "否",
        "商品总价(元)": "30.00",
        "用户应付金额(元)": "29.80",
    }
    box |= {"商家应收金额(元)（支付金额）": "29.80", "商品ID": "77b2", "商品名称": "示例盒"}
    gift = box | {
        "SKU件数": "1",
        "是否为赠品": "是",
        "商品总价(元)": "0.00",
        "用户应付金额(元)": "0.00",
        "商家应收金额(元)（支付金额）": "0.00",
    }
    closed = ring | {
        "订单号": "P770000000000000002",
        "订单状态": "已取消",
        "支付时间": "",
        "订单发货时间": "",
        "订单完成时间": "",
        "用户编号": "",
    }
    rows = filled(XIAOHONGSHU, ring, box, closed, gift)
    write_xlsx(folder / "小红书订单查询2024-05-20.xlsx", [list(row) for row in rows])


def write_reviews(folder: Path) -> None:
    """Write reviews collected from several platforms, as text and as a workbook with Excel dates."""
    rows = [
        ["平台", "店铺", "时间", "订单编号", "商品名称", "评价内容", "评分"],
        [
            "天猫",
            SHOP,
            "初次评价：2026年06月07日 12:39:34",
            "订单编号：1900000000000000001",
            "棉麻围巾",
            "柔软，客服耐心",
            "5",
        ],
        ["抖音", SHOP, "2026年06月07日 20:00:00", "6912345678900000001", "示例茶", "包装破了", "2星"],
        ["快手", SHOP, "6/7/26", "", "示例袜", "还行", "中评"],
        ["京东", SHOP, "", "", "示例杯", "-", ""],
    ]
    write_text(folder / "评价_202606.csv", rows, encoding="utf-8-sig")
    moment = datetime(2026, 6, 7, 12, 39, 34, tzinfo=UTC)
    book: list[list[object]] = [list(rows[0]), ["抖音", SHOP, moment, "6912345678900000002", "示例茶", "很好喝", 5]]
    write_xlsx(folder / "评价_202606.xlsx", book)


if __name__ == "__main__":
    main()
