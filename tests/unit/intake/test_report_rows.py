"""A report as a whole: which rows are whose, which columns mean what, and what must hold between them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaoer.base.days import Period
from xiaoer.intake import ReadOptions, Rejected, Rows, read_file
from xiaoer.intake.reading import Piece

DAY = Period(date(2024, 9, 1), date(2024, 9, 1))
Row = dict[str, Any]


def pieces_of(folder: Path, *lines: str, name: str = "报表.csv") -> list[Piece]:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(read_file(path, ReadOptions("店", period=DAY)).pieces)


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    return [row for piece in pieces if isinstance(piece, Rows) for row in piece.batch.to_pylist()]


def said(pieces: Sequence[Piece]) -> Counter[str]:
    return Counter(piece.code for piece in pieces if not isinstance(piece, Rows | Rejected) and hasattr(piece, "code"))


def values(pieces: Sequence[Piece], code: str) -> list[dict[str, str | int]]:
    return [dict(piece.values) for piece in pieces if getattr(piece, "code", "") == code]  # type: ignore[union-attr]


def metrics(pieces: Sequence[Piece]) -> dict[str, tuple[str | None, Decimal | None, str | None]]:
    return {row["indicator"]: (row["metric"], row["value"], row["policy"]) for row in rows_of(pieces)}


@pytest.mark.parametrize(
    ("header", "metric", "value"),
    [
        ("平均响应", "average_response_seconds", 30),
        ("平均响应(秒)", "average_response_seconds", 30),
        ("平均响应时长（分钟）", "average_response_seconds", 1800),
        ("询单→最终付款成功率(%)", "conversion_share_final", Decimal("0.3")),
        ("询单－>最终付款成功率", "conversion_share_final", Decimal("0.3")),
        ("工作量/接待人数", "received_buyers", 30),
        ("AVG_TOTAL_REPLY_COST", "average_response_seconds", 30),
        ("没有的指标", None, 30),
    ],
)
def test_a_header_means(header: str, metric: str | None, value: Decimal, tmp_path: Path) -> None:
    found = metrics(pieces_of(tmp_path, f"客服,咨询人数,{header}", "小禾,40,30"))
    assert found[header][:2] == (metric, value)


def test_a_policy_in_a_header_is_of_its_column_alone(tmp_path: Path) -> None:
    found = metrics(
        pieces_of(tmp_path, "客服,接待人数,下单判定销售额,销售额（付款判定）,onetime_payments", "小禾,4,1.5,2.5,3.5")
    )
    assert found["下单判定销售额"] == ("sales_yuan", Decimal("1.5"), "order")
    assert found["销售额（付款判定）"] == ("sales_yuan", Decimal("2.5"), "payment")
    assert found["onetime_payments"] == ("sales_yuan", Decimal("3.5"), "order_first")
    assert found["接待人数"][2] is None


def test_ends_of_headers_that_come_twice_are_not_trusted(tmp_path: Path) -> None:
    lines = ["客服,白班,,夜班,", ",接待人数,平均响应,接待人数,回复率", "小禾,4,30,5,99%"]
    found = metrics(pieces_of(tmp_path, *lines))
    assert {name: metric for name, (metric, _, _) in found.items()} == {
        "白班/接待人数": None, "夜班/接待人数": None, "白班/平均响应": "average_response_seconds",
        "夜班/回复率": "reply_share",
    }  # fmt: skip


def test_rows_without_whose_or_when_are_refused_but_not_notes(tmp_path: Path) -> None:
    lines = ["日期,客服,接待人数", "日,人,人", "2024-09-01,小禾,5", "2024-09-01,,6", "昨天,小满,6", "2024-09-02,小满,"]
    pieces = pieces_of(tmp_path, *lines)
    assert [(row["agent"], row["value"]) for row in rows_of(pieces)] == [("小禾", 5)]
    refused = [(piece.place.line, piece.issues[0].code) for piece in pieces if isinstance(piece, Rejected)]
    assert refused == [(4, "intake.missing_value"), (5, "intake.not_a_time")]
    assert said(pieces)["reported.notes_passed_over"] == 1


def test_one_person_and_day_counts_once_and_never_as_one_of_two(tmp_path: Path) -> None:
    lines = ["客服,接待人数", "小禾,5", "小禾,5", "小满,6", "小满,7", "小雨,8"]
    pieces = pieces_of(tmp_path, *lines)
    assert [(row["agent"], row["value"]) for row in rows_of(pieces)] == [("小禾", 5), ("小雨", 8)]
    refused = [piece for piece in pieces if isinstance(piece, Rejected)]
    assert [(piece.place.line, piece.issues[0].values["lines"]) for piece in refused] == [(4, "5"), (5, "4")]


def test_two_totals_stand_side_by_side(tmp_path: Path) -> None:
    pieces = pieces_of(
        tmp_path, "客服,接待人数", "小禾,5", "汇总：,5", "全店汇总值,50", "平均值,5", "全店平均值（共9人）,6"
    )
    assert [(row["row"], row["report"].rpartition("/")[2], row["value"]) for row in rows_of(pieces)] == [
        ("agent", "客服报表", 5), ("total", "客服报表", 5), ("total", "全店汇总值", 50), ("mean", "客服报表", 5),
        ("mean", "全店平均值", 6),
    ]  # fmt: skip
    assert "reported.total_off" not in said(pieces)


def test_decimals_shown_are_those_of_the_column(tmp_path: Path) -> None:
    pieces = pieces_of(tmp_path, "客服,平均响应,回复率", "小禾,37.79,1", "小满,38,0.9971", "汇总,38,1")
    shown = {(row["agent"], row["metric"]): row["places"] for row in rows_of(pieces)}
    assert shown == {
        ("小禾", "average_response_seconds"): 2, ("小满", "average_response_seconds"): 2,
        (None, "average_response_seconds"): 0, ("小禾", "reply_share"): 4, ("小满", "reply_share"): 4,
        (None, "reply_share"): 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ratio", "holds"),
    [
        ("1.1933", True),
        ("1.193", True),
        ("1.19", True),
        ("1.2", True),
        ("1.1932", True),
        ("1.1934", False),
        ("1.21", False),
    ],
)
def test_a_quotient_may_be_rounded_or_cut_off(ratio: str, holds: bool, tmp_path: Path) -> None:
    pieces = pieces_of(tmp_path, "客服,买家消息,客服消息,答问比", f"小禾,507,605,{ratio}")
    broken = values(pieces, "reported.identity_broken")
    assert [one["said"] for one in broken] == ([] if holds else ["答问比 = 客服消息 ÷ 买家消息"])


def test_a_quotient_of_nothing_and_of_what_is_to_come_is_not_judged(tmp_path: Path) -> None:
    lines = [
        "客服,询单人数,最终付款人数,询单最终付款转化率",
        "小禾,0,0,0",
        "小满,10,延迟统计,0.5",
        "小雨,10,,0.5",
        "均值,5,2,0.9",
    ]
    assert "reported.identity_broken" not in said(pieces_of(tmp_path, *lines))


def test_the_platforms_reply_share_may_be_either_of_three(tmp_path: Path) -> None:
    header = "旺旺昵称,咨询人数,接待人数,未回复人数,有效接待人数,3分钟人工响应率,旺旺回复率,旺旺分组"
    for share, broken in (("0.9804", 0), ("0.98", 0), ("0.9800", 0), ("0.9901", 1)):
        pieces = pieces_of(tmp_path, header, f"小禾,102,100,2,90,0.95,{share},甲")
        assert said(pieces)["reported.identity_broken"] == broken, share


def test_a_total_of_people_who_are_not_all_there_is_said_with_how_many(tmp_path: Path) -> None:
    pieces = pieces_of(
        tmp_path, "客服,接待人数,销售额", "小禾,5,10.10", "小满,6,10.20", "汇总,12,20.30", "均值,5.5,10.15"
    )
    assert values(pieces, "reported.total_off") == [
        {"word": "汇总", "indicator": "接待人数", "found": "12", "expected": "11", "by": "1"}
    ]
    assert "reported.mean_off" not in said(pieces)


def test_many_sums_that_lack_people_are_said_once(tmp_path: Path) -> None:
    pieces = pieces_of(
        tmp_path,
        "客服,咨询人数,接待人数,询单人数,销售额",
        "小禾,6,5,4,10.10",
        "汇总,12,11,9,30.30",
        "均值,4,3.67,3,10.10",
    )
    assert values(pieces, "reported.totals_off") == [
        {"word": "汇总", "count": 4, "figures": "咨询人数 12 / 6; 接待人数 11 / 5; 询单人数 9 / 4; 销售额 30.3 / 10.1"}
    ]
    assert [one["count"] for one in values(pieces, "reported.means_off")] == [3]
    assert not {"reported.total_off", "reported.mean_off"} & set(said(pieces))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(people=st.lists(st.tuples(*[st.integers(0, 500)] * 3), min_size=1, max_size=6))
def test_a_report_made_right_is_never_called_wrong(people: list[tuple[int, int, int]], tmp_path: Path) -> None:
    """Whatever the numbers, rounded to what is shown: no identity, sum or mean is called broken."""

    def line(name: str, buyer: int, agent: int, unreplied: int) -> str:
        received = buyer + unreplied
        ratio = f"{Decimal(agent) / buyer:.2f}" if buyer else "-"
        share = f"{Decimal(received - unreplied) / received * 100:.1f}%" if received else "-"
        return f"{name},{buyer + agent},{buyer},{agent},{ratio},{received},{unreplied},{share}"

    rows = [line(f"客服{number}", agent, buyer, unreplied) for number, (buyer, agent, unreplied) in enumerate(people)]
    sums = [sum(column) for column in zip(*people, strict=True)]
    total = line("汇总", sums[1], sums[0], sums[2])
    pieces = pieces_of(tmp_path, "客服,总消息,买家消息,客服消息,答问比,接待人数,未回复人数,回复率", *rows, total)
    assert not {"reported.identity_broken", "reported.total_off"} & set(said(pieces))
    # One agent has the total's rates; of several, a mean is only called one where it is not Σ ÷ Σ as well.
    assert len(rows) > 1 or "reported.mean_of_rates" not in said(pieces)


def test_shops_of_one_file_are_pointed_out(tmp_path: Path) -> None:
    pieces = pieces_of(tmp_path, "店铺,客服,接待人数", "甲店,小禾,5", "乙店,小满,6")
    assert values(pieces, "reported.several_shops") == [{"count": 2, "shop": "店"}]
    assert "reported.several_shops" not in said(pieces_of(tmp_path, "店铺,客服,接待人数", "甲店,小禾,5"))
