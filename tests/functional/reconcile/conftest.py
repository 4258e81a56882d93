"""The made-up shop imported once, and its figures under every cause computed once for all tests."""

import csv
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.functional.cli.door import xiaoer
from tests.functional.reconcile.made_shop import PEOPLE, PERIOD, SETTINGS, SHANGHAI, SHOP, account, tables
from tests.functional.reconcile.planted import INDICATORS, PLACES, Planted, report_of, shown
from tests.reference.shop import Row
from xiaoer.actions.shop_data import open_shops
from xiaoer.base.catalog import Catalog
from xiaoer.base.tables import canonical_tables
from xiaoer.facts.relations import Scope
from xiaoer.facts.supposed import SupposedRelations
from xiaoer.metrics import Found, Request
from xiaoer.reconcile.asked import Asked
from xiaoer.reconcile.cause import load_causes, variants_of
from xiaoer.reconcile.cell import Cell, cells_of
from xiaoer.reconcile.compare import Here, answer_of
from xiaoer.reconcile.ours import Ours
from xiaoer.reconcile.people import people_of
from xiaoer.reconcile.reported import Reported, RowKind
from xiaoer.reconcile.search import Answer
from xiaoer.reconcile.touches import Touches


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the made-up shop."""
    folder = tmp_path_factory.mktemp("reconcile")
    (folder / "files").mkdir()
    for name, rows in tables().items():
        _write(folder / "files" / f"{name}.csv", name, rows)
    for name, value in SETTINGS.items():
        assert xiaoer(folder / "home", "settings", "set", name, value, "--shop", SHOP).code == 0
    told = xiaoer(folder / "home", "import", folder / "files", "--shop", SHOP)
    assert told.code == 0, told.err
    return folder / "home"


def _write(file: Path, table: str, rows: list[Row]) -> None:
    columns = [column.name for column in canonical_tables()[table].columns if any(column.name in row for row in rows)]
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(columns)
        writer.writerows([[_text(row.get(name)) for name in columns] for row in rows])


def _text(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(sep=" ")
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Bench:
    """Asks which causes explain a planted report, without the door: what was computed for one serves all."""

    ours: Ours
    here: Here

    def answer(self, planted: Planted) -> Answer:
        """Return the answer for the report that the reference computes under planted causes."""
        told = report_of(planted)
        cells = [cell for one in self.ours.cells if (cell := _cell(one, told)) is not None]
        only = _Only(self.ours, cells)
        return answer_of(cells, only, here=self.here, causes=load_causes(Catalog()), tried=lambda number: None)  # type: ignore[arg-type]


class _Only:
    """Ours for some of the cells."""

    def __init__(self, ours: Ours, cells: list[Cell]) -> None:
        self.amounts, self.touches, self.asked, self.cells = ours.amounts, ours.touches, ours.asked, cells


def _cell(cell: Cell, told: dict[str, dict[str, Fraction | None]]) -> Cell | None:
    value = shown(cell.metric, told[str(cell.reported.agent)][cell.metric])
    return None if value is None else replace(cell, theirs=Fraction(value))


@pytest.fixture(scope="session")
def bench(home: Path) -> Iterator[Bench]:
    """Return the bench of the made-up shop."""
    with open_shops(home, SHOP) as data:
        request = Request(PERIOD, (), shop=SHOP, policy="order_first", settings=data.settings)
        variants = variants_of(load_causes(Catalog()), PERIOD)
        scope = Scope(data.shops, PERIOD, "order_first")
        supposed = [variant.change.settings for variant in variants]
        with closing(SupposedRelations(data.store, data.snapshot, scope, settings=supposed)) as relations:
            found = Found(tables=data.tables, coverage=data.coverage)
            asked = Asked(relations, Touches(data.metrics), data.metrics, request, found)
            days = frozenset(PERIOD.days())
            here = Here(data.tables, days, data.coverage, (data.settings,), "order_first", corrected=False)
            people = people_of(PEOPLE, map(account, PEOPLE), data.agent_names)
            cells, _ = cells_of(_reported(), people, metrics=data.metrics, tables=data.tables, days=days)
            yield Bench(Ours(cells, asked), here)


def _reported() -> list[Reported]:
    return [
        Reported(
            "chitu", "月报", RowKind.AGENT, person, PERIOD.first, PERIOD.last, name, name, Decimal(0), PLACES[name],
            pending=False, policy=None,
        )
        for person in PEOPLE
        for name in INDICATORS
    ]  # fmt: skip


Write = Callable[[Planted, Path], Path]


@pytest.fixture
def report_file(tmp_path: Path) -> Callable[[Planted], Path]:
    """Return what writes the report of planted causes as a file."""

    def write(planted: Planted) -> Path:
        file = tmp_path / "reported_figures.csv"
        told = report_of(planted)
        rows: list[Row] = [
            {
                "shop": SHOP, "source": "chitu", "report": "月报", "row": "agent", "agent": person,
                "first_date": PERIOD.first, "last_date": PERIOD.last, "indicator": name, "metric": name,
                "value": shown(name, told[person][name]), "places": PLACES[name], "pending": False, "policy": None,
            }
            for person in PEOPLE
            for name in INDICATORS
        ]  # fmt: skip
        _write(file, "reported_figures", rows)
        return file

    return write
