"""Months, who is appraised by what, and what people give put together."""

from datetime import date
from decimal import Decimal

import pytest

from xiaoer.appraisal.load import load_schemes
from xiaoer.appraisal.member import Incident, Manual, Person
from xiaoer.appraisal.month import Given, assign, days_of_month, joined, month_before, versions_on
from xiaoer.base.catalog import Catalog
from xiaoer.base.errors import ReportableError
from xiaoer.metrics import load_metrics


def test_a_month_has_its_days() -> None:
    assert days_of_month("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert days_of_month("2023-12") == (date(2023, 12, 1), date(2023, 12, 31))
    assert month_before("2024-01") == "2023-12"


@pytest.mark.parametrize("text", ["2024-13", "2024-00", "2024-1", "24-01", "2024/01", "", "２０２４-01", "2024-01-01"])
def test_other_texts_are_no_month(text: str) -> None:
    with pytest.raises(ReportableError):
        days_of_month(text)


def test_the_latter_of_two_sides_holds() -> None:
    first = Given({"甲": {"conduct": Decimal(60), "late": Decimal(1)}}, (Incident("1", "甲", "leak"),),
                  (Manual("m", "甲", Decimal(5), "r", "a"),))  # fmt: skip
    second = Given(
        {"甲": {"conduct": Decimal(90)}}, (Incident("1", "甲", "leak", evidence="x"), Incident("2", "甲", "y"))
    )
    found = joined({"2024-09": first}, {"2024-09": second, "2024-08": second})
    assert found["2024-09"].values == {"甲": {"conduct": Decimal(90), "late": Decimal(1)}}
    assert [(one.number, one.evidence) for one in found["2024-09"].incidents] == [("1", "x"), ("2", "")]
    assert found["2024-09"].manual == first.manual
    assert found["2024-08"] == second
    assert joined({}, {}) == {}


def test_who_is_appraised_by_what() -> None:
    schemes = load_schemes(Catalog(), load_metrics(Catalog()))
    versions = versions_on([schemes["pre_sale_bands"], schemes["after_sale_bands"]], date(2024, 9, 30))
    people = {"甲": Person("pre_sale"), "乙": Person("after_sale"), "丙": Person("orders"), "丁": Person()}
    found = assign(people, versions)
    assert found.by_agent == {"甲": "pre_sale_bands", "乙": "after_sale_bands"}
    assert found.nobody == ("丁", "丙")
    both = versions_on([schemes["pre_sale_bands"], schemes["pay_score_table"]], date(2024, 9, 30))
    assert assign(people, both).several == {"甲": ("pre_sale_bands", "pay_score_table")}
    assert versions_on(list(schemes.values()), date(2019, 1, 1)) == {}
