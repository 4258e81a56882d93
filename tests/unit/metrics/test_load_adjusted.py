"""Load adjusted by hand and in general: the worked example, an equal mix, nobody to compare with."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Period
from xiaoer.metrics import (
    Dimension,
    LoadAdjusted,
    Request,
    Row,
    Unknown,
    adjusted_rows,
    dimensions_of,
    load_metrics,
    strata_request,
)
from xiaoer.metrics.compiler import compile_report
from xiaoer.metrics.measure import Part
from xiaoer.metrics.portable import step_issues
from xiaoer.metrics.relations import RELATIONS
from xiaoer.metrics.strata import day_kind

METRICS = load_metrics(Catalog())
PERIOD = Period(date(2024, 9, 2), date(2024, 9, 8))
Counts = Mapping[str, Sequence[tuple[int, int]]]  # of each agent, numerator and denominator by stratum


def adjusted(metric: str, team: Counts, *, by: tuple[str, ...] = ("agent",)) -> dict[str, LoadAdjusted]:
    request = Request(PERIOD, (metric,), by=dimensions_of(by))
    rows, strata = [], []
    for agent, counts in team.items():
        place: dict[str, str | int] = {**dict.fromkeys(by, "甲组"), "agent": agent}
        for hour, (over, under) in enumerate(counts):
            of: dict[str, str | int] = {"day_kind": "workday", "hour": hour, "traffic": "all"}
            strata.append(row(metric, place | of, over, under))
        rows.append(row(metric, place, sum(over for over, _ in counts), sum(under for _, under in counts)))
    found = adjusted_rows(METRICS[metric], METRICS, request=request, rows=rows, strata=strata)
    return {str(place[list(by).index("agent")]): one for place, one in found.items()}


def row(metric: str, place: Mapping[str, str | int], over: int, under: int) -> Row:
    parts = {Part.NUMERATOR: Fraction(over), Part.DENOMINATOR: Fraction(under)}
    return Row(dict(place), {metric: None}, {metric: parts})


def test_the_worked_example() -> None:
    team = {"小艾": [(80, 2), (90, 6)], "小林": [(180, 6), (10, 2)]}
    micros = {agent: [(over * 1_000_000, under) for over, under in each] for agent, each in team.items()}
    found = adjusted("average_response_seconds", micros)
    assert found["小艾"].observed == 170
    assert found["小艾"].expected == 140
    assert found["小艾"].team == Fraction(45, 2)
    assert found["小艾"].adjusted == Fraction(45, 2) * 170 / 140
    assert found["小林"].adjusted == Fraction(45, 2) * 190 / 220
    assert found["小艾"].shared == 1


@st.composite
def equal_mixes(draw: st.DrawFn) -> Counts:
    """Draw a team in which everybody has the same mix of hours, some more of it than others."""
    mix = draw(st.lists(st.integers(1, 6), min_size=1, max_size=4))
    team = {}
    for agent in ("甲", "乙", "丙"):
        times = draw(st.integers(1, 4))
        team[agent] = [(draw(st.integers(0, times * cases)), times * cases) for cases in mix]
    return team


@given(team=equal_mixes())
def test_with_one_mix_for_all_nothing_changes(team: Counts) -> None:
    for agent, one in adjusted("reply_share", team).items():
        over, under = (sum(part) for part in zip(*team[agent], strict=True))
        if one.unknown is None:
            assert one.adjusted == Fraction(over, under)
        else:
            assert one.unknown is Unknown.NOTHING_EXPECTED
            assert one.expected == 0


@given(
    team=st.dictionaries(
        st.sampled_from(["甲", "乙", "丙", "丁"]),
        st.lists(st.integers(0, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=3, max_size=3),
        min_size=2,
    )
)
def test_together_the_team_is_expected_to_do_what_it_did(team: Counts) -> None:
    told = [one for one in adjusted("reply_share", team).values() if one.expected is not None]
    expected = sum((one.expected for one in told if one.expected is not None), Fraction(0))
    assert expected == sum((one.observed for one in told if one.observed is not None), Fraction(0))


def test_nobody_to_compare_with() -> None:
    assert adjusted("reply_share", {"甲": [(1, 2)], "乙": [(0, 0)]})["甲"].unknown is Unknown.ALONE
    apart = adjusted("reply_share", {"甲": [(1, 2), (0, 0)], "乙": [(0, 0), (3, 4)]})
    assert {one.unknown for one in apart.values()} == {Unknown.NO_COLLEAGUE}
    assert adjusted("reply_share", {"甲": [(0, 2)], "乙": [(0, 4)]})["甲"].unknown is Unknown.NOTHING_EXPECTED
    partly = adjusted("reply_share", {"甲": [(1, 2), (2, 6)], "乙": [(1, 2), (0, 0)]})
    assert partly["甲"].shared == Fraction(1, 4)


@pytest.mark.parametrize(
    ("metric", "why"),
    [
        ("received_buyers", Unknown.NOT_A_RATE), ("median_response_seconds", Unknown.NOT_A_RATE),
        ("refund_share", Unknown.NO_HOURS), ("online_hours_per_account", Unknown.NO_HOURS),
        ("silent_spend_per_buyer_yuan", Unknown.WHOLE_SHOP), ("invited_share", Unknown.TWO_SOURCES),
    ],
)  # fmt: skip
def test_what_makes_no_sense_says_why(metric: str, why: Unknown) -> None:
    place = {"agent": "甲"}
    request = Request(PERIOD, (metric,), by=(Dimension.AGENT,))
    parts = {part: Fraction(1) for part in Part}
    rows = [Row(place, {metric: 1}, {metric: parts})]
    found = adjusted_rows(METRICS[metric], METRICS, request=request, rows=rows, strata=[])
    assert [one.unknown for one in found.values()] == [why]
    assert strata_request(request, METRICS).metrics == ()


def test_a_buyer_who_counts_in_two_hours_is_not_cut_by_hours() -> None:
    request = Request(PERIOD, ("pdd_three_minute_reply_share",), by=(Dimension.AGENT,))
    name = "pdd_three_minute_reply_share"
    rows = [row(name, {"agent": agent}, 1, 1) for agent in ("甲", "乙")]
    strata = [
        row(name, {"agent": agent, "day_kind": "workday", "hour": hour, "traffic": "all"}, 1, 1)
        for agent in ("甲", "乙")
        for hour in (9, 10)
    ]
    found = adjusted_rows(METRICS[name], METRICS, request=request, rows=rows, strata=strata)
    assert {one.unknown for one in found.values()} == {Unknown.SPANS_HOURS}


def test_strata_are_portable_sql() -> None:
    request = strata_request(Request(PERIOD, tuple(METRICS), by=dimensions_of(["group", "agent"])), METRICS)
    assert len(request.metrics) > 20
    assert step_issues(compile_report(request, METRICS), relations=[*RELATIONS, "agents"]) == []
    assert day_kind(PERIOD).startswith("CASE WHEN day IN (DATE '2024-09-07', DATE '2024-09-08') THEN 'weekend'")
    assert "1 = 0" in day_kind(Period(date(2024, 9, 2), date(2024, 9, 2)))
