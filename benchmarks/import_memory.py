"""Importing a large CSV: how long, and how much memory the process held at its peak."""

import multiprocessing
import resource
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from benchmarks.messages import message_batches
from xiaoer.actions.import_files import import_files

SHOP = "云上小店"
LEFT_OUT = ["source_row", "message_id", "transfer_to"]


@dataclass(frozen=True)
class Imported:
    """One import: the file's size, its rows, the seconds and the peak of resident memory."""

    file_gigabytes: float
    rows: int
    seconds: float
    peak_megabytes: float


def import_memory(folder: Path, *, messages: int, days: int) -> Imported:
    """Return what importing so many messages from one CSV took, in a process of its own."""
    file = folder / "messages.csv"
    _write_csv(file, messages=messages, days=days)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        rows, seconds, peak_megabytes = pool.apply(_import, (folder / "home", file))
    return Imported(file.stat().st_size / 1e9, rows, seconds, peak_megabytes)


def _import(home: Path, file: Path) -> tuple[int, float, float]:
    started = time.perf_counter()
    (outcome,) = import_files(home, [file], shop=SHOP).files
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(outcome.report["rows"]["messages"]), seconds, peak


def _write_csv(file: Path, *, messages: int, days: int) -> None:
    writer: pa.csv.CSVWriter | None = None
    for batch in message_batches(messages, days=days):
        table = pa.Table.from_batches([batch]).drop_columns(LEFT_OUT)
        text = pc.strftime(table["sent_at"], format="%Y-%m-%d %H:%M:%S").cast(pa.string())
        table = table.set_column(table.schema.get_field_index("sent_at"), "sent_at", text)
        if writer is None:
            writer = pa.csv.CSVWriter(file, table.schema)
        writer.write(table)
    if writer is not None:
        writer.close()
