"""A changed scheme on past months: who gains and loses, what moves it, and what there is to mind."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from xiaoer.appraisal.gaming import doubts_of, gamed_metrics
from xiaoer.appraisal.law import law_of
from xiaoer.appraisal.load import load_schemes, read_scheme
from xiaoer.appraisal.member import Person
from xiaoer.appraisal.month import MonthInputs
from xiaoer.appraisal.scheme import Scheme
from xiaoer.appraisal.what_if import Spread, WhatIf, moved_by, spread_of, what_if
from xiaoer.base.catalog import Catalog
from xiaoer.metrics import load_metrics

METRICS = load_metrics(Catalog())
SCHEMES = load_schemes(Catalog(), METRICS)
LAW = law_of(Catalog(), "cn")
PEOPLE = {name: Person("pre_sale") for name in ("甲", "乙", "丙")}


def month(name: str, **figures: tuple[int | str, ...]) -> MonthInputs:
    """Return a month of three people with these figures."""
    given = {metric: {agent: Fraction(value) for agent, value in zip(PEOPLE, each, strict=False)}
             for metric, each in figures.items()}  # fmt: skip
    return MonthInputs(name, PEOPLE, given)


def changed(folder: Path, name: str, old: str, new: str) -> Scheme:
    """Return a scheme of ours with a text of it changed."""
    text = Path(SCHEMES[name].file).read_text(encoding="utf-8")
    assert old in text
    file = folder / f"{name}.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    scheme, issues = read_scheme(file, METRICS, name=name)
    assert issues == []
    assert scheme is not None
    return scheme


def tried(folder: Path) -> WhatIf:
    """Return two months of 100, 51 and 50 orders under a commission whose third tier begins at 80 instead of 100."""
    after = changed(folder, "commission_per_order", "{over: 100, rate: 2}", "{over: 80, rate: 2}")
    months = [month("2024-02", paid_orders=(100, 51)), month("2024-01", paid_orders=(100, 51, 50))]
    return what_if(months, [SCHEMES["commission_per_order"]], [after], law=LAW, metrics=METRICS)


def test_who_gains_and_what_it_costs(tmp_path: Path) -> None:
    found = tried(tmp_path)
    assert found.months == ("2024-01", "2024-02")
    assert (found.gains, found.loses, found.same, found.unknown) == (2, 0, 3, 1)
    assert found.paid_after - found.paid_before == 20
    assert found.by_agent() == {
        "丙": (Decimal("2550.00"), Decimal("2550.00")),
        "乙": (Decimal("5103.00"), Decimal("5103.00")),
        "甲": (Decimal("5250.00"), Decimal("5270.00")),
    }
    assert found.spread_before == spread_of([Decimal(n) for n in ("2625", "2625", "2551.5", "2551.5", "2550")])


def test_what_moves_it_is_told_in_yuan() -> None:
    scheme = SCHEMES["commission_net_sales"]
    inputs = month("2024-01", net_sales_yuan=(100_000, 50_000, 1000), refunded_share=("0.205", "0.1", "0"))
    found = {one.input: one for one in moved_by(inputs, [scheme], LAW, METRICS)}
    # A percent more of sales: 2 % × 1,000 halved, 1 % × 500, 1 % × 10. A point less refunded opens the gate: 500.
    assert (found["net_sales_yuan"].paid, found["net_sales_yuan"].people) == (Decimal("15.10"), 3)
    assert (found["refunded_share"].paid, found["refunded_share"].people) == (Decimal("500.00"), 1)
    assert found["refunded_share"].most == Decimal("500.00")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), None), ((5,), (5, 5, 5, 5, 5)), ((4, 1, 3, 2), (1, "1.75", "2.5", "3.25", 4)),
        ((1, 2, 3, 4, 9), (1, 2, 3, 4, 9)),
    ],
)  # fmt: skip
def test_spread(values: tuple[int, ...], expected: tuple[int | str, ...] | None) -> None:
    found = spread_of([Decimal(value) for value in values])
    assert found == (None if expected is None else Spread(*(Decimal(one) for one in expected)))


def test_streaks_follow_the_scheme_itself() -> None:
    scheme = SCHEMES["pre_sale_bands"]
    best = {
        "conversion_share_final": "0.6", "spend_per_buyer_yuan": "120", "shop_spend_per_buyer_yuan": "100",
        "reply_share": "1", "average_response_seconds": "20",
    }  # fmt: skip
    one = {"甲": Person("pre_sale")}
    months = [
        MonthInputs(f"2024-0{number}", one, {name: {"甲": Fraction(each)} for name, each in best.items()},
                    {"甲": {"conduct": Decimal(100)}})
        for number in (1, 2, 3)
    ]  # fmt: skip
    found = what_if(months, [scheme], [scheme], law=LAW)
    assert [found.before[(f"2024-0{number}", "甲")] for number in (1, 2, 3)] == [1000, 1300, 1500]


def kinds(scheme: Scheme, inputs: MonthInputs, few: dict[tuple[str, str], int]) -> list[tuple[str, str]]:
    gamed = gamed_metrics(Catalog())
    found = doubts_of(inputs, [scheme], law=LAW, gamed=gamed, few=few)
    return [(one.kind, one.name) for one in found]


def test_a_cliff_a_gamed_figure_and_few_cases_are_minded(tmp_path: Path) -> None:
    inputs = month("2024-01", conversion_share_final=("0.54", "0.5", "0.3"), spend_per_buyer_yuan=(120, 110, 100),
                   shop_spend_per_buyer_yuan=(100, 100, 100), reply_share=(1, 1, 1),
                   average_response_seconds=(20, 25, 60))  # fmt: skip
    inputs = MonthInputs(inputs.month, PEOPLE, inputs.figures, {agent: {"conduct": Decimal(90)} for agent in PEOPLE})
    found = kinds(SCHEMES["pre_sale_bands"], inputs, {("reply_share", "甲"): 5})
    assert ("turned_away", "conversion") in found
    assert ("few_cases", "reply") in found
    assert ("cliff", "conversion_points") in found
    smooth = changed(tmp_path, "commission_net_sales", "mode: marginal", "mode: marginal\n        falling: false")
    calm = month("2024-01", net_sales_yuan=(100_000, 50_000, 1000), refunded_share=("0.1", "0.1", "0"))
    assert [kind for kind, _ in kinds(smooth, calm, {})] == ["turned_away"]


def test_a_scheme_that_says_so_may_pay_less_for_better_and_is_minded(tmp_path: Path) -> None:
    turned = changed(
        tmp_path,
        "commission_net_sales",
        "{over: 100000, rate: 2%}]",
        "{over: 100000, rate: 0.5%}]\n        falling: true",
    )
    inputs = month("2024-01", net_sales_yuan=(1, 2, 3), refunded_share=(0, 0, 0))
    assert ("pays_less", "commission") in kinds(turned, inputs, {})
