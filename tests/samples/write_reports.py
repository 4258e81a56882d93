"""Writes the made-up reports of other tools: `python -m tests.samples.write_reports`.

Everything in them is invented. After a change, look at the golden files' difference before committing it.
"""

# ruff: noqa: E501 -- rows of cells read as rows

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.samples.write_other_platforms import write_golden
from tests.samples.write_tabular import HERE, write_text, write_xlsx
from tests.samples.xls_bytes import xls_bytes

Cells = Sequence[Sequence[object]]


def main() -> None:
    """Write every report and its golden file."""
    for name, write in WRITERS.items():
        folder = HERE / name
        folder.mkdir(exist_ok=True)
        before = {path: path.read_bytes() for path in folder.glob("*.golden.json")}
        write(folder)
        write_golden(folder)
        for path, content in before.items():  # golden files of other forms have writers, and shops, of their own
            if not json.loads(path.read_text(encoding="utf-8"))["tables"].keys() & {"reported_figures"}:
                path.write_bytes(content)


def write_any_report(folder: Path) -> None:
    """Write a table that somebody put together by hand, with figures that are known and no tool's own header."""
    rows: Cells = [
        ["旺旺昵称", "接待人数", "总消息", "买家消息", "客服消息"],
        ["小禾", 131, 1480, 640, 840],
        ["小满", 96, 1020, 455, 565],
        ["汇总", 227, 2500, 1095, 1405],
    ]
    write_xlsx(folder / "我们自己的周报_2024-09-02至2024-09-08.xlsx", rows)


def write_chitu(folder: Path) -> None:
    """Write custom reports, the older 售中服务 (GBK), pre-sale with days, attendance, and by hour."""
    custom: Cells = [
        ["客服昵称", "聊天人数(原咨询人数)", "接待人数", "直接接入人数", "转发接入人数", "总消息数", "买家消息数", "客服消息数", "答问比", "未回复人数", "回复率", "平均响应(秒)", "平均接待时长", "询单->最终付款转化率", "会员复购指数"],
        ["小禾", 210, 200, 190, 10, 2500, 1000, 1500, 1.5, 2, 0.99, 31.25, "8分48秒", "延迟统计", 7],
        ["小满", 105, 100, 100, 0, 900, 400, 500, 1.25, 0, 1, 28, "7分5秒", "延迟统计", 4],
        ["汇总", 315, 300, 290, 10, 3400, 1400, 2000, 1.4286, 2, 0.9933, 30.2, "8分14秒", "延迟统计", 11],
        ["均值", 157.5, 150, 145, 5, 1700, 700, 1000, 1.43, 1, 0.99, 30.2, "8分14秒", "延迟统计", 5.5],
    ]  # fmt: skip
    write_xlsx(folder / "自定义报表_客服周报_下单优先判定_2024-09-02至2024-09-08.xlsx", custom)
    service = "日期,店铺,账户名,咨询人数,接待人数,直接接待人数,转入人数,转出人数,买家发起,客服主动跟进,总消息,买家消息,客服消息,答问比,客服字数,最大同时接待,未回复人数,旺旺回复率,慢响应人数,长接待人数,首次响应(秒),平均响应(秒),平均接待时长,发出评价数,收到评价数,很满意,满意,一般,不满,很不满,评价发送率,评价返回率,客户满意比,客服服务满意度"
    days = [
        "20240901,向阳小铺,小禾,52,50,48,2,1,49,1,620,250,370,148%,15800,6,1,98.00%,2,3,18.50,32.40,6分12秒,40,20,15,3,1,1,0,80.00%,50.00%,90.00%,4.60",
        "20240901,向阳小铺,小满,40,40,40,0,0,40,0,400,200,200,100%,9100,5,0,100.00%,0,1,12.00,25.00,5分1秒,30,10,8,1,0,0,1,75.00%,33.33%,90.00%,4.50",
        "20240902,向阳小铺,小禾,30,29,29,0,0,29,0,330,130,200,153.85%,8000,4,0,100.00%,0,0,15.00,27.10,6分,20,12,10,1,1,0,0,68.97%,60.00%,91.67%,4.75",
    ]
    write_text(folder / "售中服务_旧版.csv", [line.split(",") for line in (service, *days)], encoding="gb18030")
    presale = [
        ["日期", "客服", "接待人数", "询单人数", "询单->最终付款人数", "询单->最终付款成功率", "客件数", "客单价", "邮费总额", "手工折扣率", "客服回复率", "首次响应时间", "平均接待时长(秒)", "静默下单本人落实付款-人数", "静默下单本人落实付款-金额", "销售额", "销售人数", "退款率"],
        ["2024/9/1", "小禾", "1,050", "420", "189", "45%", "1.80", "212.50", "35.00", "6.5%", "99.1%", "18", "372", "12", "2,310.00", "¥40,162.50", "189", "-"],
        ["2024/9/2", "小禾", "980", "400", "延迟统计", "延迟统计", "1.75", "200.00", "28.00", "5%", "98.9%", "17", "360", "9", "1,800.00", "¥30,000.00", "150", "-"],
    ]  # fmt: skip
    write_text(folder / "售前明细_付款判定.csv", presale)
    presence = [
        ["旺旺", "上班天数", "平均上线时间", "平均最后在线时间", "最早上线", "最晚在线", "总登录次数", "日均登录次数", "在线总时长(秒)", "平均日在线时长(秒)", "服务总时长(秒)", "平均日服务时长(秒)", "挂起总时长(秒)", "平均日挂起时长(秒)"],
        ["小禾", "22", "08:55:30", "18:02:00", "08:31:12", "19:45:00", "44", "2", "712800", "32400", "660000", "30000", "52800", "2400"],
    ]  # fmt: skip
    write_text(folder / "遵时率表_2024-09-01_2024-09-30.csv", presence)
    hours = ["日期", *(f"{hour}点" for hour in range(24)), "全天"]
    counts = [0, 0, 0, 0, 0, 0, 0, 1, 12, 30, 41, 38, 22, 25, 33, 36, 31, 24, 18, 27, 35, 29, 10, 3]
    off = [*counts[:23], 4]
    rows = [
        hours,
        ["2024-09-01", *map(str, counts), str(sum(counts))],
        ["2024-09-02", *map(str, off), str(sum(counts))],
    ]
    write_text(folder / "分时段报表.csv", rows)


def write_sycm(folder: Path) -> None:
    """Write the four shop reports of a day, one with two header rows, and the analysis by agent."""
    inquiry: Cells = [
        ["日期", "询单人数", "当日询单人数", "当日付款人数", "当日付款金额", "最终付款人数", "最终付款金额", "询单当日付款转化率", "询单最终付款转化率"],
        ["09-01-24", 400, 390, 120, 24000.5, 168, 33600, 0.3, 0.42], ["汇总", 400, 390, 120, 24000.5, 168, 33600, 0.3, 0.42],
        ["全店", 700, 690, 260, 51000, 360, 70200, 0.3714, 0.5143], ["同行同层均值", 300, 290, 80, 16000, 110, 22000, 0.2667, 0.3667],
    ]  # fmt: skip
    write_xlsx(folder / "天猫_20240905_业绩询单.xlsx", inquiry)
    two: Cells = [
        ["日期", "接待人数", *(cell for group in ("总", "邀请", "自主") for cell in (group, *[""] * 10))],
        ["", "", *["发出", "收到", "很满意", "满意", "一般", "不满", "很不满", "发送率", "返回率", "满意率", "服务度"] * 3],
        ["20240901", 300, 240, 90, 70, 12, 4, 3, 1, "80%", "37.5%", "91.11%", 4.63, 240, 80, 64, 10, 3, 2, 1, "80%", "33.33%", "92.5%", 4.68, "-", 10, 6, 2, 1, 1, 0, "-", "-", "80%", 4.3],
    ]  # fmt: skip
    write_xlsx(folder / "接待评价.xlsx", two)
    reception: Cells = [
        ["日期", "咨询人数", "接待人数", "未回复人数", "有效接待人数", "平均响应时长", "3分钟人工响应率", "咨询客服人次", "客服回复人次", "客服未回复人次", "旺旺回复率", "首次响应时长", "慢响应人数", "长接待人数", "买家发起人数", "客服主动跟进人数", "总消息数", "买家消息条数", "客服消息条数", "答问比", "客服字数", "平均接待时长"],
        ["20240901", 320, 300, 3, 280, 27.4, 0.965, 350, 346, 4, 0.9886, 15.2, 6, 9, 296, 4, 5200, 2000, 3200, 1.6, 88000, "6分40秒"],
    ]  # fmt: skip
    write_xlsx(folder / "咨询接待.xlsx", reception)
    spend = [
        ["日期", "销售额", "销售量", "销售人数", "客单价", "客件数", "件均价"],
        ["2024-09-01", "33,600.00", "320", "168", "200.00", "1.90", "105.00"],
    ]
    write_text(folder / "客单价.csv", spend)
    analysis: Cells = [
        ["旺旺昵称", "咨询人数", "接待人数", "未回复人数", "有效接待人数", "平均响应时长（秒)", "3分钟人工响应率", "旺旺回复率", "首次响应时长（秒)", "慢响应人数", "答问比", "旺旺分组"],
        ["小禾", 220, 210, 2, 200, 25.31, 0.9712, 0.9905, 14.2, 3, 1.61, "售前"], ["小满", 110, 104, 0, 96, 19.86, 0.9903, 1, 12.75, 1, 1.42, "售前"],
        ["汇总值", 330, 314, 2, 296, 23.5, 0.98, 0.99, 13.7, 4, 1.5, ""], ["平均值", 165, 157, 1, 148, 23.5, 0.98, 0.99, 13.7, 2, 1.5, ""],
        ["全店汇总值", 800, 760, 9, 700, 30.1, 0.96, 0.99, 16, 20, 1.4, ""], ["同行同层优秀", 500, 480, 1, 470, 15, 0.99, 1, 9, 2, 1.8, ""],
    ]  # fmt: skip
    write_xlsx(folder / "咨询接待分析_2024-09-01至2024-09-30.xlsx", analysis)


def write_jd(folder: Path) -> None:
    """Write the two reports of the shop's day, three header rows each."""
    names = "在岗客服数,登录时长,店铺服务时长,UPV,咨询量,接待量,接通率,回复率,30s应答率,满意率,邀评率,平均回复消息数,超时回复数,平均会话时长(分),首次平均响应,新平均响应,留言咨询量,留言分配量,留言接待量,留言回复率,留言响应率,商家留言率,解决率".split(
        ","
    )
    groups = ["日期", "工作情况", *[""] * 3, "接待情况", *[""] * 11, "留言情况", *[""] * 5, "解决情况"]
    seconds = ["", "人员", "时长", "", "流量", "数量", "", "质量", *[""] * 9, "数量", "", "", "质量", "", "", "质量"]
    day = [
        "2024-09-01",
        4,
        30.5,
        16,
        2600,
        210,
        200,
        0.9524,
        0.985,
        0.912,
        0.88,
        0.65,
        5.2,
        6,
        4.25,
        18.4,
        22.6,
        12,
        11,
        10,
        0.9,
        0.85,
        0.05,
        0.83,
    ]
    write_xlsx(folder / "京东_客服_服务工作量.xlsx", [groups, seconds, ["", *names], day])
    sales = "日期,在岗客服数,售前接待人数,下单人数,出库人数,订单数,出库订单数,下单商品件数,出库商品件数,下单商品金额,出库商品金额,咨询→下单率,咨询→出库率".split(
        ","
    )
    write_xlsx(
        folder / "京东_客服_销售绩效.xlsx",
        [
            ["客服销售绩效"],
            ["统计口径：自然日"],
            [*sales],
            ["2024-09-01", 4, 160, 64, 60, 70, 66, 85, 80, 12800, 12000.5, "40.00%", "37.50%"],
        ],
    )


def write_pdd(folder: Path) -> None:
    """Write the service report with three header rows, and a sales report that is an .xls under another name."""
    lines = [
        "日期,咨询人数,需人工回复人数,人工接待人数,8点到23点,,,售后,,投诉客服人数,,,,投诉率,30日投诉率,全天,",
        ",,,,3分钟人工回复率(8-23),30秒应答率(8-23),平均回复(分),低评分订单数,纠纷退款数,长时间不回复,态度差,辱骂,骚扰,,,3分钟人工回复率(全天),30秒应答率(全天)",
        "自然日,人,人,人,%,%,分,单,单,人,人,人,人,%,%,%,%",
        "2024-09-01,200,180,175,97.14%,88.00%,0.83,2,1,1,0,0,0,0.50%,0.12%,93.71%,80.57%",
    ]
    write_xlsx(folder / "拼多多_客服_服务数据.xlsx", [line.split(",") for line in lines])
    header = "日期,咨询人数,询单人数,最终成团人数,询单转化率,客服销售额,可提升销售额".split(",")
    first: list[str | float] = ["9/1/24", 200.0, 100.0, 42.0, "42.00%", 1234.5, "-"]
    second: list[str | float] = ["9/2/24", 180.0, 90.0, 36.0, "40.00%", 1100.0, 88.8]
    (folder / "拼多多_客服_销售数据.xlsx").write_bytes(xls_bytes([[*header], first, second]))


def write_douyin(folder: Path) -> None:
    """Write the agents of 飞鸽 with the shop's total and mean, durations in words."""
    header = "客服昵称,客服在线天数,接待会话量,待回复会话量,已接待人数,转出会话量,有效评价数,有效好评数,有效差评数,全天不满意率,全天满意率,全天平响时长,全天首响时长,全天3分钟回复率,询单人数,下单人数,支付人数,退款人数,客服询单支付额,退款金额,退款后销售额,询单转化率"
    rows = [
        "小禾,1,80,0,75,1,20,18,1,5.00%,90.00%,1分5秒,11秒,95.50%,40,18,16,1,3200.00,200.00,3000.00,40.00%",
        "小满,1,40,0,38,0,10,9,0,0.00%,90.00%,42秒,8秒,98.00%,20,9,8,0,1600.00,0.00,1600.00,40.00%",
        "店铺汇总值,-,120,0,113,1,30,27,1,3.33%,90.00%,57秒,10秒,96.33%,60,27,24,1,4800.00,200.00,4600.00,40.00%",
        "店铺平均值,1,60,0,56.5,0.5,15,13.5,0.5,2.5%,90.00%,53秒,9秒,96.75%,30,13.5,12,0.5,2400.00,100.00,2300.00,40.00%",
    ]
    write_xlsx(folder / "抖音_20240901_飞鸽_客服表现.xlsx", [list(line.split(",")) for line in (header, *rows)])


def write_kuaishou(folder: Path) -> None:
    """Write the shop's assessment of a day."""
    header = "店铺名称,三分钟回复率（人维度）,三分钟回复率（会话）,不服务率,咨询人数,咨询人次,人工会话量,人工平均回复时长,好评率（人维度）,好评率（会话）,差评率（人维度）,差评率（会话）,IM不满意率（人维度）,询单人数,下单人数,支付人数,询单转化率,询单客单价,客服销售额"
    day = "向阳小铺,97.50%,98.10%,0.00%,300,340,320,45秒,92%,93%,1%,1.2%,0.8%,150,66,60,40.00%,88.50,5310.00"
    write_xlsx(folder / "快手_2024-09-01_客服_考核数据.xlsx", [list(line.split(",")) for line in (header, day)])


def write_xiaohongshu(folder: Path) -> None:
    """Write the blocks of an answer: the day, the trend, and the best of the trade."""

    def block(name: str, *records: Mapping[str, object]) -> dict[str, object]:
        return {
            "blockKey": name,
            "data": [{key: {"value": value} for key, value in record.items()} for record in records],
        }

    day: dict[str, object] = {
        "dtm": "2024-09-02",
        "caseCnt": 200,
        "replyCaseCnt": 196,
        "replyCaseRatio": 0.98,
        "avgRplDur": 1.5,
        "firstReplyIn45sCaseRatio": 0.865,
        "replyIn3minCaseRatio": 0.955,
    }
    day |= {
        "positiveCaseCnt": 40,
        "negativeCaseCnt": 2,
        "evaluateCaseCnt": 50,
        "positiveCaseRatio": 0.8,
        "negativeCaseRatio": 0.04,
        "evaluateCaseRatio": 0.25,
        "inquiryPayGmv": 3520.5,
        "inquiryPayGmvRatio": 0.4,
        "payGmv": 8801.25,
        "payPkgCnt": 60,
        "removeNaCaseCnt": 4,
    }
    trend = [{"dtm": 20240901, "caseCnt": 180, "avgRplDur": 1.2}, {"dtm": 20240902, "caseCnt": 200, "avgRplDur": 1.5}]
    best = [{"dtm": 20240901, "caseCnt": 900, "avgRplDur": 0.4}]
    content = {
        "success": True,
        "data": [block("sellerCSOverall", day), block("sellerCSTrend", *trend), block("sellerCSExcellentTrend", *best)],
    }
    (folder / "小红书_客服分析.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def write_chatwoot(folder: Path) -> None:
    """Write the agents' report with its days above the header."""
    lines = [
        "Reporting period 2024-09-01 to 2024-09-30", "", "Agent name,Assigned conversations,Avg first response time,Avg resolution time,Online time,Busy time",
        "Amy,120,2 minutes 5 seconds,1 hour 30 minutes,5 days 4 hours,3 hours", "Lin,30,45 seconds,2 days 3 hours,4 days,--",
    ]  # fmt: skip
    (folder / "agent_report_1727740800.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


WRITERS = {
    "any_report": write_any_report,
    "chitu": write_chitu, "sycm": write_sycm, "jd": write_jd, "pdd": write_pdd, "douyin": write_douyin, "kuaishou": write_kuaishou,
    "xiaohongshu": write_xiaohongshu, "chatwoot": write_chatwoot,
}  # fmt: skip

if __name__ == "__main__":
    main()
