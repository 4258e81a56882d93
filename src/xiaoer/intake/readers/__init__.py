"""Every container that can be read, in the order asked: the first that recognises the content reads it."""

from xiaoer.intake.raw import Reader
from xiaoer.intake.readers.delimited import DELIMITED
from xiaoer.intake.readers.html import HTML
from xiaoer.intake.readers.json_records import JSON_RECORDS
from xiaoer.intake.readers.parquet import PARQUET
from xiaoer.intake.readers.workbook import WORKBOOK

# Special texts stand before the plain containers, which would take them as tables. One line each.
READERS: dict[str, Reader] = {
    "parquet": PARQUET,
    "workbook": WORKBOOK,
    "html": HTML,
    "json_records": JSON_RECORDS,
    "delimited": DELIMITED,
}

# Readers whose tables any layout with `readers: [table]` may take.
TABULAR_READERS = frozenset({"parquet", "workbook", "html", "json_records", "delimited"})
