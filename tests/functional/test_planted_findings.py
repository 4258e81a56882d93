"""What simulated people say wrongly is found, on a seed that nobody looked at, and hardly anything else of its kind."""

from benchmarks.inspect_accuracy import MEASURED, inspect_accuracy, overall, truth_items
from xiaoer.base.catalog import Catalog
from xiaoer.inspection.standards import load_standards

SEED = 77_031


def test_planted_findings_are_found_and_little_else() -> None:
    rows = inspect_accuracy((SEED,), messages=12_000)
    recall, precision = overall(rows)
    assert sum(one.planted for one in rows) > 200
    assert recall >= 0.95 and precision >= 0.95, [one for one in rows if not one.planted == one.found == one.both]


def test_items_with_a_truth_exist_and_were_measured() -> None:
    assert truth_items() <= set(load_standards(Catalog()).items)
    measured = MEASURED.read_text(encoding="utf-8")
    assert [item for item in truth_items() if f'"{item}"' not in measured] == []
