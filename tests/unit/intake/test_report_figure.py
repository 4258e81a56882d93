"""One cell of a report: its exact value in our unit, and how many decimals of it were shown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.base.catalog import Catalog
from xiaoer.intake.report.figure import Figure, places_of, read_figure
from xiaoer.intake.report.scale import percent_columns
from xiaoer.intake.report.words import Unit, report_words
from xiaoer.intake.values import Problem

WORDS = report_words(Catalog())


def read(text: str | None, unit: Unit | None, *, percent: bool = False) -> Figure | Problem:
    return read_figure(text, unit, WORDS, percent=percent)


@pytest.mark.parametrize(
    ("text", "unit", "percent", "value", "places"),
    [
        ("99.7%", "share", False, "0.997", 3),
        ("99.7％", "share", True, "0.997", 3),
        ("0.997", "share", False, "0.997", 3),
        ("99.7", "share", True, "0.997", 3),
        ("100%", "share", False, "1", 2),
        ("148%", "ratio", False, "1.48", 2),
        ("1.1933", "ratio", False, "1.1933", 4),
        ("1,234", "count", False, "1234", 0),
        ("12人", "count", False, "12", 0),
        ("¥83,263.00", "yuan", False, "83263", 2),
        ("8.3万", "yuan", False, "83000", -3),
        ("-120.5元", "yuan", False, "-120.5", 1),
        ("8分48秒", "seconds", False, "528", 0),
        ("7小时41分52秒", "seconds", False, "27712", 0),
        ("1天2小时", "seconds", False, "93600", -4),
        ("2分", "seconds", False, "120", -2),
        ("00:08:48", "seconds", False, "528", 0),
        ("2 hours 5 minutes", "seconds", False, "7500", -2),
        ("45 seconds", "seconds", False, "45", 0),
        ("37.79", "seconds", False, "37.79", 2),
        ("37.5秒", "minutes", False, "37.5", 1),
        ("0.83", "minutes", False, "49.8", 0),
        ("4", "minutes", False, "240", -2),
        ("8.5", "hours", False, "30600", -3),
        ("09:30:00", "clock", False, "9.5", 3),
        ("58.680000000000001", "yuan", False, "58.68", 2),
        ("3", None, False, "3", 0),
        ("12.5%", None, False, "0.125", 3),
    ],
)
def test_a_figure(text: str, unit: Unit | None, percent: bool, value: str, places: int) -> None:
    assert read(text, unit, percent=percent) == Figure(Decimal(value), places)


@pytest.mark.parametrize("text", [None, "", " ", "-", "--", "N/A", "无"])
def test_nothing_is_no_figure(text: str | None) -> None:
    assert read(text, "count") == Figure(None, None, pending=False)


def test_what_is_to_come_is_pending() -> None:
    assert read("延迟统计", "share") == Figure(None, None, pending=True)


@pytest.mark.parametrize("text", ["五", "1.2.3", "1e40", "1e999999999", "12 34", "8分x秒", "=1+1", "inf", "9" * 200])
@pytest.mark.parametrize("unit", ["count", "seconds", "share", None])
def test_what_is_no_number_is_a_problem(text: str, unit: Unit | None) -> None:
    found = read(text, unit)
    if text == "12 34":
        assert found == Figure(Decimal(1234), 0)  # blanks part thousands
    else:
        assert isinstance(found, Problem)
        assert found.code == "intake.not_a_number"


@given(st.text(max_size=20), st.sampled_from(["count", "share", "ratio", "yuan", "seconds", "minutes", "clock", None]))
def test_any_text_is_a_figure_or_a_problem(text: str, unit: Unit | None) -> None:
    assert isinstance(read(text, unit), Figure | Problem)


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_what_is_written_is_read_exactly(number: int, places: int) -> None:
    written = Decimal(number).scaleb(-places)
    assert read(f"{written:f}", "ratio") == Figure(written, places)


@given(st.decimals("0.00000001", "1000000", allow_nan=False, places=8))
def test_the_last_place_is_never_finer_than_the_step(step: Decimal) -> None:
    last = Decimal(1).scaleb(-places_of(step))
    assert last >= step > last / 10


def test_the_scale_is_decided_by_column() -> None:
    percent, fractions = percent_columns({
        0: ["99.7", "100", None], 1: ["0.997", "1"], 2: ["99.7%", "延迟统计"], 3: ["1.2", "0.8"], 4: [],
    })  # fmt: skip
    assert (set(percent), set(fractions)) == ({0, 3}, {1})
    assert percent_columns({0: ["0.9"], 1: ["1.05"]}) == (frozenset(), frozenset({0, 1}))
    assert percent_columns({0: ["1.05", "0.4"]}) == (frozenset({0}), frozenset())
