"""The figures of another tool's report file."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.actions.shop_data import ShopData
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.tables import canonical_tables
from xiaoer.intake import ReadOptions, Rows, read_file
from xiaoer.reconcile.reported import Reported, reported_from

TABLE = "reported_figures"


@dataclass(frozen=True)
class ReportFile:
    """The figures of a report file; `days` are those given for it, None where it says its days itself."""

    figures: tuple[Reported, ...]
    days: Period | None


def read_report(file: Path, data: ShopData, *, days: Period | None) -> ReportFile:
    """Return the figures of a report file, of these days where it says none itself.

    A ReportableError when there is no such file or it is no report of another tool.
    """
    if not file.is_file():
        raise ReportableError.of("import.no_such_file", values={"file": str(file)})
    try:
        return ReportFile(_figures(file, data, days=None), None)
    except ReportableError:
        if days is None:
            raise
    return ReportFile(_figures(file, data, days=days), days)


def _figures(file: Path, data: ShopData, *, days: Period | None) -> tuple[Reported, ...]:
    shop = data.shops[0]
    clock = data.snapshot.settings_of(shop).clock
    options = ReadOptions(shop=shop, clock=clock, catalog=data.catalog, period=days)
    batches, issues = [], []
    for piece in read_file(file, options).pieces:
        if isinstance(piece, Rows) and piece.table == TABLE:
            batches.append(piece.batch)
        elif isinstance(piece, Issue) and piece.severity is Severity.ERROR:
            issues.append(piece)
    rows = pa.Table.from_batches(batches, canonical_tables()[TABLE].schema)
    reported = reported_from(rows.filter(pc.equal(rows["shop"], shop)))
    if not reported:
        raise ReportableError([*issues, Issue("reconcile.no_report", values={"file": file.name})])
    return reported
