"""The figures of another tool's report file."""

from pathlib import Path

import pyarrow as pa

from xiaoer.actions.shop_data import ShopData
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.tables import canonical_tables
from xiaoer.intake import ReadOptions, Rows, read_file
from xiaoer.reconcile.reported import Reported, reported_from

TABLE = "reported_figures"


def figures_in(file: Path, data: ShopData) -> tuple[Reported, ...]:
    """Return the figures of a report file; a ReportableError when it is no file, or no report of another tool."""
    if not file.is_file():
        raise ReportableError.of("import.no_such_file", values={"file": str(file)})
    shop = data.shops[0]
    options = ReadOptions(shop=shop, clock=data.snapshot.settings_of(shop).clock, catalog=data.catalog)
    batches, issues = [], []
    for piece in read_file(file, options).pieces:
        if isinstance(piece, Rows) and piece.table == TABLE:
            batches.append(piece.batch)
        elif isinstance(piece, Issue) and piece.severity is Severity.ERROR:
            issues.append(piece)
    rows = pa.Table.from_batches(batches, canonical_tables()[TABLE].schema)
    reported = reported_from(rows.filter(pa.compute.equal(rows["shop"], shop)))
    if not reported:
        raise ReportableError([*issues, Issue("reconcile.no_report", values={"file": file.name})])
    return reported
