"""What simulated people say wrongly is found, on a seed that nobody looked at, and hardly anything else of its kind."""

import pytest

from benchmarks.inspect_accuracy import (
    MEASURED,
    Accuracy,
    inspect_accuracy,
    overall,
    overall_unseen,
    truth_items,
)
from xiaoer.base.catalog import Catalog
from xiaoer.inspection.schema import By
from xiaoer.inspection.standards import load_standards

SEED = 77_031


@pytest.fixture(scope="module")
def rows() -> list[Accuracy]:
    return inspect_accuracy((SEED,), messages=12_000, staged=2)


def test_planted_findings_are_found_and_little_else(rows: list[Accuracy]) -> None:
    recall, precision = overall(rows)
    assert recall >= 0.95 and precision >= 0.95, [one for one in rows if not one.planted == one.found == one.both]


def test_no_item_is_far_behind_the_others(rows: list[Accuracy]) -> None:
    assert all(one.planted for one in rows)
    weak = [one for one in rows if one.both < 0.8 * one.planted or one.both < 0.8 * one.found]
    assert weak == []


def test_new_wording_is_missed_more_often_and_hardly_ever_mistaken(rows: list[Accuracy]) -> None:
    recall, precision = overall_unseen(rows)
    assert recall >= 0.7 and precision >= 0.9


def test_every_item_that_a_machine_finds_is_planted_and_was_measured() -> None:
    machine = {
        name for name, item in load_standards(Catalog()).items.items() if item.find.by not in (By.HUMAN, By.MODEL)
    }
    assert truth_items() == machine
    measured = MEASURED.read_text(encoding="utf-8")
    assert [item for item in truth_items() if f'"{item}"' not in measured] == []
