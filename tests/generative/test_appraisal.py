"""Pay of made-up people: sums are totals, pools are whole, no order or name matters, better never pays less."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reference.scheme_templates import shared_pool
from xiaoer.appraisal.appraise import Appraised, appraise
from xiaoer.appraisal.exact import FEN
from xiaoer.appraisal.largest_remainder import largest_remainder
from xiaoer.appraisal.load import load_schemes
from xiaoer.appraisal.member import Incident, Member, Person
from xiaoer.appraisal.pay import Adjustment, Limits, settle, total_of
from xiaoer.appraisal.scheme import Line, LineKind, SchemeVersion
from xiaoer.base.catalog import Catalog
from xiaoer.metrics import load_metrics

METRICS = load_metrics(Catalog())
SCHEMES = load_schemes(Catalog(), METRICS)
LAWFUL = Limits(share_most=Decimal("0.2"), minimum_wage=Decimal(2690))
SHARES = st.integers(0, 100_000).map(lambda n: Decimal(n) / 100_000)
AMOUNTS = st.integers(0, 10**8).map(lambda n: Decimal(n) / 100)
SECONDS = st.integers(0, 200_000).map(lambda n: Decimal(n) / 1000)
KINDS = ("wrong_goods", "leak", "other")


def values_of(version: SchemeVersion) -> st.SearchStrategy[dict[str, Decimal | None]]:
    """Return values that a version's inputs may have, some of them unknown."""
    each = {}
    for name, one in version.spec.inputs.items():
        metric = METRICS.get(one.metric or "")
        some = SECONDS if metric is not None and metric.unit == "seconds" else AMOUNTS
        if (metric is not None and metric.unit == "share") or (one.at_most is not None and one.at_most == 1):
            some = SHARES
        elif one.at_most is not None:
            some = st.integers(0, int(one.at_most)).map(Decimal)
        each[name] = some if metric is None else st.one_of(some, some, some, st.none())
    return st.fixed_dictionaries(each)


@st.composite
def teams(draw: st.DrawFn, version: SchemeVersion) -> list[Member]:
    """Return a team with incidents, tenures and groups, made anew each time it is asked for."""
    made = []
    for number in range(draw(st.integers(1, 7))):
        agent = f"客服{number}"
        incidents = tuple(
            Incident(f"{number}-{k}", agent, draw(st.sampled_from(KINDS)), cost=draw(AMOUNTS), evidence="x",
                     confirmed_by=draw(st.sampled_from(["", "林主管"])))
            for k in range(draw(st.integers(0, 2)))
        )  # fmt: skip
        weeks = draw(st.one_of(st.none(), st.integers(0, 50).map(Decimal)))
        person = Person("pre_sale", draw(st.sampled_from(["甲组", "乙组"])), weeks)
        made.append(Member(agent, draw(values_of(version)), person, incidents))
    return made


def again(member: Member, *, agent: str | None = None) -> Member:
    """Return a person as they were before the steps ran."""
    name = agent or member.agent
    incidents = tuple(Incident(**{**one.__dict__, "agent": name}) for one in member.incidents)
    return Member(name, dict(member.values), member.person, incidents, member.manual, member.history)


def outcome(one: Appraised) -> tuple[object, ...]:
    return (one.total, one.score, one.grade, tuple((line.name, line.amount) for line in one.lines))


@pytest.mark.parametrize("name", SCHEMES)
@settings(max_examples=40)
@given(data=st.data())
def test_totals_are_sums_and_no_order_or_name_matters(name: str, data: st.DataObject) -> None:
    version = SCHEMES[name].versions[-1]
    team = data.draw(teams(version))
    order = data.draw(st.permutations(range(len(team))))
    fresh = [again(member) for member in team]
    shuffled = [again(team[place]) for place in order]
    renamed = [again(member, agent=f"人{9 - place}") for place, member in enumerate(team)]
    found = appraise(version, fresh, limits=LAWFUL)
    for one in found:
        if one.total is not None:
            assert one.total == sum((line.amount for line in one.lines), Decimal(0))
            assert all(line.amount == line.amount.quantize(FEN) for line in one.lines)
            assert one.total >= 0
    assert {one.agent: outcome(one) for one in appraise(version, shuffled, limits=LAWFUL)} == {
        one.agent: outcome(one) for one in found
    }
    others = appraise(version, renamed, limits=LAWFUL)
    assert sorted(map(str, map(_but_pools, others))) == sorted(map(str, map(_but_pools, found)))
    assert sum(one.total or 0 for one in others) == sum(one.total or 0 for one in found) or any(
        one.unknown for one in found
    )


def _but_pools(one: Appraised) -> tuple[object, ...]:
    """Return the lines without shares of pools: of people alike in all, one gets the odd fen, by account."""
    return (
        one.score,
        one.grade,
        tuple((line.name, line.amount) for line in one.lines if line.name not in ("pool_pay", "loss_deduction")),
    )


@settings(max_examples=300)
@given(st.integers(0, 10**7), st.lists(st.integers(0, 1000), min_size=1, max_size=12))
def test_pools_are_paid_out_to_the_fen(fens: int, weights: list[int]) -> None:
    total = sum(weights)
    if not total:
        return
    exact = [Decimal(fens) / 100 * weight / total for weight in weights]
    paid = largest_remainder(Decimal(fens) / 100, exact, step=FEN, order=list(range(len(weights))))
    assert sum(paid) == Decimal(fens) / 100
    expected = shared_pool(fens, [Fraction(weight) for weight in weights])
    assert [int(one * 100) for one in paid] == expected


BETTER = {
    "pre_sale_bands": {"conversion": 1, "spend": 1, "reply": 1, "response": -1, "conduct": 1},
    "after_sale_bands": {"reply": 1, "response": -1},
    "pay_score_table": {"sales": 1, "conversion": 1, "spend": 1, "reply": 1, "response": -1, "late": -1},
    "service_quality": {"response": -1, "longest": -1, "reply": 1, "phrases": 1, "received": 1, "conversion": 1},
    "jd_after_sale": {"satisfied": 1, "bad": -1, "checked": 1, "handled": 1, "lead_points": 1},
    "commission_over_target": {"sales": 1},
    "commission_per_order": {"orders": 1},
    "commission_net_sales": {"net_sales": 1, "refunded": -1},
    "six_indicators": {"turnover": 1, "success": 1, "spend": 1, "follow_ups": 1, "reply": 1, "response": -1},
}


@pytest.mark.parametrize("name", BETTER)
@settings(max_examples=60)
@given(data=st.data())
def test_better_never_pays_less(name: str, data: st.DataObject) -> None:
    version = SCHEMES[name].versions[-1]
    team = data.draw(teams(version))
    which, by = data.draw(st.sampled_from(sorted(BETTER[name].items()))), data.draw(st.integers(1, 5000))
    before = team[0].values[which[0]]
    if before is None:
        return
    better = again(team[0])
    moved = before + which[1] * Decimal(by) / 1000
    better.values[which[0]] = max(moved, Decimal(0))
    rest = [again(member) for member in team[1:]]
    worse_pay = appraise(version, [again(team[0]), *(again(member) for member in team[1:])], limits=LAWFUL)[0].total
    better_pay = appraise(version, [better, *rest], limits=LAWFUL)[0].total
    if worse_pay is not None and better_pay is not None:
        assert better_pay >= worse_pay


LINES = st.lists(
    st.tuples(st.sampled_from([kind for kind in LineKind if kind is not LineKind.FINE]), AMOUNTS), max_size=6
)


@settings(max_examples=300)
@given(LINES, st.lists(st.integers(-(10**7), 10**7).map(lambda n: Decimal(n) / 100), max_size=3))
def test_the_law_s_limits_hold_for_any_lines(lines: list[tuple[LineKind, Decimal]], owed: list[Decimal]) -> None:
    amounts = [
        (Line.model_validate({"name": f"l{n}", "kind": kind, "label": {"zh": "甲", "en": "A"}, "of": "x"}), amount)
        for n, (kind, amount) in enumerate(lines)
    ]
    adjustments = [Adjustment(f"2024-0{n + 1}", "pay", amount) for n, amount in enumerate(owed)]
    made = settle(amounts, limits=LAWFUL, adjustments=adjustments)
    by_kind = {
        kind: sum((one.amount for one in made if one.kind == kind), Decimal(0))
        for kind in ("wage", "bonus", "penalty", "deduction", "adjustment")
    }
    gross = by_kind["wage"] + by_kind["bonus"] + by_kind["penalty"] + by_kind["adjustment"]
    assert by_kind["bonus"] + by_kind["penalty"] + by_kind["adjustment"] >= 0
    assert -by_kind["deduction"] <= gross / 5
    assert by_kind["deduction"] == 0 or gross + by_kind["deduction"] >= 2690
    assert total_of(made) == gross + by_kind["deduction"]
    assert len(made) == len(amounts) + len(adjustments)
