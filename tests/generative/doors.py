"""The product as its users have it: files of canonical tables in, the report's JSON out, each by its command."""

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.functional.cli.door import xiaoer
from tests.reference.shop import Row
from xiaoer.base.days import Period


def write_tables(folder: Path, tables: Mapping[str, Sequence[Row]], *, unknown: frozenset[str] = frozenset()) -> Path:
    """Write one CSV file for each table that has rows, without the columns in `unknown`; return the folder."""
    folder.mkdir(parents=True)
    for name, rows in tables.items():
        columns = [
            column for column in dict.fromkeys(column for row in rows for column in row) if column not in unknown
        ]
        if rows:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(columns)
                writer.writerows([[_cell(row.get(column)) for column in columns] for row in rows])
    return folder


def _cell(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def run_xiaoer(home: Path, *arguments: str) -> str:
    """Run one command in a data folder and return what it printed; anything but success is an error that shows all."""
    told = xiaoer(home, *arguments)
    assert told.code == 0, f"{arguments}: exit {told.code}\n{told.out}\n{told.err}"
    return told.out


def import_folders(home: Path, folders: Sequence[Path], *, shop: str) -> None:
    """Import these folders one after the other, in one command; an export with nothing in it is not sent."""
    sent = [str(folder) for folder in folders if any(folder.iterdir())]
    run_xiaoer(home, "import", *sent, "--shop", shop, "--platform", "canonical")


def report_of(home: Path, *, shop: str, period: Period, by: Sequence[str], metrics: Sequence[str]) -> dict[str, Any]:
    """Return the report's JSON."""
    days = ("--from", str(period.first), "--to", str(period.last))
    what = ("--by", ",".join(by), "--metrics", ",".join(metrics), "--format", "json")
    report: dict[str, Any] = json.loads(run_xiaoer(home, "report", "--shop", shop, *days, *what))
    return report
