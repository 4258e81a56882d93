"""Each template's table at every band edge, just below and just above it, to the fen, against the plain reading."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.reference import scheme_templates as sheet
from xiaoer.appraisal.appraise import Appraised, appraise
from xiaoer.appraisal.exact import decimal_of, exactly
from xiaoer.appraisal.load import load_schemes
from xiaoer.appraisal.member import Member
from xiaoer.base.catalog import Catalog
from xiaoer.metrics import load_metrics

SCHEMES = load_schemes(Catalog(), load_metrics(Catalog()))
A_BIT = Fraction(1, 10**12)


def around(*edges: int | Fraction | str) -> list[Fraction]:
    """Return each edge with what lies just below and just above it."""
    return [Fraction(edge) + step for edge in edges for step in (-A_BIT, Fraction(0), A_BIT)]


def one(scheme: str, values: Mapping[str, Fraction | int]) -> Appraised:
    """Return what a template makes of one person alone."""
    with exactly():
        member = Member("小安", {name: decimal_of(Fraction(value)) for name, value in values.items()})
    return appraise(SCHEMES[scheme].versions[-1], [member])[0]


BEST: dict[str, Fraction | int] = {
    "conversion": Fraction(1),
    "spend": Fraction(200),
    "shop_spend": Fraction(100),
    "reply": Fraction(1),
    "response": Fraction(1),
    "conduct": Fraction(100),
}


@pytest.mark.parametrize("value", around("0.55", "0.5", "0.45"))
def test_t1_conversion(value: Fraction) -> None:
    found = one("pre_sale_bands", {**BEST, "conversion": value})
    assert found.values["conversion_points"] == sheet.t1_conversion(value)
    assert found.total == sheet.t1_pay(value, Fraction(2), Fraction(1), Fraction(1), Fraction(100))


@pytest.mark.parametrize("value", around("1.12", "1.08", "1.06"))
def test_t1_spend(value: Fraction) -> None:
    found = one("pre_sale_bands", {**BEST, "spend": value * 77, "shop_spend": Fraction(77)})
    assert found.values["spend_points"] == sheet.t1_spend(value)
    assert found.total == sheet.t1_pay(Fraction(1), value, Fraction(1), Fraction(1), Fraction(100))


@pytest.mark.parametrize("value", around("0.99", "0.97", "0.95"))
def test_t1_reply(value: Fraction) -> None:
    for scheme in ("pre_sale_bands", "after_sale_bands"):
        inputs = {**BEST, "satisfied": Fraction(1), "ratings": 100, "reply": value}
        assert one(scheme, inputs).values["reply_points"] == sheet.t1_reply(value)


@pytest.mark.parametrize("value", around(25, 30, 35, 40, 45))
def test_t1_response_of_both_sheets(value: Fraction) -> None:
    inputs = {**BEST, "satisfied": Fraction(1), "ratings": 100, "response": value}
    assert one("pre_sale_bands", inputs).values["response_points"] == sheet.t1_response(value)
    after = one("after_sale_bands", inputs)
    assert after.values["response_points"] == sheet.t1_response(value, after_sale=True)
    assert after.total == 10 * (70 + 30 * Decimal(str(sheet.t1_response(value, after_sale=True))) / 100)


@pytest.mark.parametrize("value", around(100, 80, 70)[:-1])
def test_t1_conduct(value: Fraction) -> None:
    assert one("pre_sale_bands", {**BEST, "conduct": value}).values["conduct_points"] == sheet.t1_conduct(value)


def test_t1_grades_at_every_score() -> None:
    version = SCHEMES["pre_sale_bands"].versions[-1]
    (step, run) = next(pair for pair in version.runs if pair[0].name == "pay_share")
    for score in range(101):
        (node,) = run([Member("小安", {"score": Decimal(score)})])
        assert node.value is not None
        assert Fraction(node.value) == sheet.t1_pay_share(score), (step.name, score)


T2_BEST: dict[str, Fraction] = {
    "sales": Fraction(1000),
    "sales_target": Fraction(1000),
    "conversion": Fraction(1),
    "spend": Fraction(999),
    "reply": Fraction(1),
    "response": Fraction(0),
    "late": Fraction(0),
}
T2_EDGES = {
    "sales": [1000 * value for value in around(*(f"0.{n}" for n in range(4, 10)), 1)],
    "conversion": around("0.45", "0.4", "0.35"),
    "spend": around(250, 230, 210),
    "reply": around("0.98", "0.95", "0.92"),
    "response": around(35, 45, 55),
    "late": [Fraction(n) for n in (0, 1, 3, 4)],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, each in T2_EDGES.items() for value in each])
def test_t2(name: str, value: Fraction) -> None:
    inputs = {**T2_BEST, name: value}
    found = one("pay_score_table", inputs)
    score = sheet.t2_score(
        inputs["sales"] / 1000, inputs["conversion"], inputs["spend"], inputs["reply"], inputs["response"],
        int(inputs["late"]),
    )  # fmt: skip
    assert found.score is not None
    assert Fraction(found.score) == score
    assert found.grade == sheet.t2_medal(score)
    assert found.total == sheet.fen(10 * score)


T4_BEST: dict[str, Fraction | int] = {
    "satisfied": Fraction(1),
    "ratings": 51,
    "bad": 0,
    "checked": 1,
    "handled": 1,
    "lead_points": 20,
}


@pytest.mark.parametrize("ratings", [0, 49, 50, 51, 200])
@pytest.mark.parametrize("bad", [0, 1, 5, 49])
@pytest.mark.parametrize("share", around("0.95", "0.9", "0.7", "0.5"))
def test_t4_satisfied(ratings: int, bad: int, share: Fraction) -> None:
    found = one("jd_after_sale", {**T4_BEST, "satisfied": share, "ratings": ratings, "bad": bad})
    expected = sheet.t4_satisfied(share, ratings, bad)
    assert Fraction(found.values["satisfied_points"] or 0) == expected
    assert found.total == sheet.fen(10 * (expected + 50))


@pytest.mark.parametrize("share", around("0.999", "0.8", "0.1") + [Fraction(0)])
def test_t4_in_time(share: Fraction) -> None:
    found = one("jd_after_sale", {**T4_BEST, "checked": share, "handled": share})
    assert Fraction(found.values["checked_points"] or 0) == sheet.t4_in_time(share, full=20, takes=Fraction(1))
    assert Fraction(found.values["handled_points"] or 0) == sheet.t4_in_time(share, full=10, takes=Fraction(1, 2))


@pytest.mark.parametrize("done", around(1, "1.1", "1.2", "0.5", 3))
def test_t5_commission_over_target(done: Fraction) -> None:
    found = one("commission_over_target", {"sales": done * 100_000, "sales_target": 100_000})
    assert {line.name: line.amount for line in found.lines}["commission_pay"] == sheet.t5_over_target(
        done * 100_000, Fraction(100_000)
    )


@pytest.mark.parametrize("orders", [0, 1, 49, 50, 51, 99, 100, 101, 1000])
def test_t5_commission_per_order(orders: int) -> None:
    found = one("commission_per_order", {"orders": orders})
    assert found.total == sheet.fen(2500 + sheet.t5_orders(orders))


@pytest.mark.parametrize("refunded", around("0.2"))
@pytest.mark.parametrize("net", [*around(100_000), Fraction("123456.78"), Fraction(0), Fraction("0.5")])
def test_t5_commission_of_net_sales(net: Fraction, refunded: Fraction) -> None:
    assert one("commission_net_sales", {"net_sales": net, "refunded": refunded}).total == sheet.t5_net_sales(
        net, refunded
    )


def test_t5_relative_is_the_text_s_example() -> None:
    version = SCHEMES["team_pool_relative"].versions[-1]
    found = appraise(version, [Member("甲", {"points": Decimal(70)}), Member("乙", {"points": Decimal(50)})])
    paid = [next(line.amount for line in each.lines if line.name == "relative_pay") for each in found]
    assert paid == [Decimal("175.00"), Decimal("125.00")]
    assert paid == [sheet.t5_relative(Fraction(own), [Fraction(70), Fraction(50)]) for own in (70, 50)]
