"""A CSV of messages → the waits of every agent and day: the whole way, against every tool over the same rows."""

import multiprocessing
import resource
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from benchmarks.messages import FIRST_DAY, message_batches
from benchmarks.peers import Answer, duckdb_sorted, peers
from xiaoer.actions.import_files import import_files
from xiaoer.actions.report_of import report_of
from xiaoer.actions.shop_data import open_shops
from xiaoer.base.days import MICROS_PER_SECOND, Period
from xiaoer.metrics import Request, dimensions_of
from xiaoer.metrics.measure import Part

SHOP = "云上小店"
OURS, CHAIN = "Xiaoer", "CSV → report"
METRIC = "average_response_seconds"
LEFT_OUT = ["message_id", "transfer_to"]
COLUMNS = ["buyer", "agent", "sender", "sent_at", "auto"]


@dataclass(frozen=True)
class Ran:
    """One contestant at one stage: medians of wall and processor seconds, the peak of memory, times of ours."""

    stage: str
    name: str
    seconds: float
    processor_seconds: float
    peak_megabytes: float
    to_ours: float = 1.0


def chain_benchmark(folder: Path, *, messages: int, days: int, runs: int) -> list[Ran]:
    """Return what each contestant took; an AssertionError says which one has another answer."""
    csv, home, sort = folder / "messages.csv", folder / "home", folder / "sorted.parquet"
    write_csv(csv, messages=messages, days=days)
    once("warm", OURS, ours_import, small_csv(folder), folder / "warm")  # compiled functions are kept from now on
    ran = [_alone("import", OURS, (ours_import, csv, home), runs)[0]]
    asked, answer = _alone("facts and report", OURS, (ours_waits, home, days), runs)
    ran.append(asked)
    for peer in peers():
        parquet = folder / f"{peer.name}.parquet"
        ran.append(_alone("import", peer.name, (peer.read_in, csv, parquet), runs, modules=peer.modules)[0])
        theirs, found = _alone("facts and report", peer.name, (peer.waits, parquet), runs, modules=peer.modules)
        assert found == answer, f"{peer.name}: {_first_difference(found, answer)}"
        ran.append(theirs)
    ran.append(_alone("import", "limit: DuckDB, sorted once", (duckdb_sorted, csv, sort), runs, modules=("duckdb",))[0])
    ran.append(_alone("facts and report", "limit: read the columns", (_read, sort), runs)[0])
    return _with_ratios([*ran, *_chains(ran)])


def write_csv(file: Path, *, messages: int, days: int) -> None:
    """Write the rows as one CSV in the order of sending, with the place of each."""
    writer: pa.csv.CSVWriter | None = None
    for batch in message_batches(messages, days=days):
        table = pa.Table.from_batches([batch]).drop_columns(LEFT_OUT).rename_columns({"source_row": "place"})
        text = pc.strftime(table["sent_at"], format="%Y-%m-%d %H:%M:%S").cast(pa.string())
        table = table.set_column(table.schema.get_field_index("sent_at"), "sent_at", text)
        writer = writer or pa.csv.CSVWriter(file, table.schema)
        writer.write(table)
    if writer is not None:
        writer.close()


def small_csv(folder: Path) -> Path:
    """Return a file with so much that everything that is compiled has been used."""
    file = folder / "small.csv"
    write_csv(file, messages=1_000, days=1)
    return file


def _alone(
    stage: str, name: str, work: tuple[Any, ...], runs: int, *, modules: tuple[str, ...] = ()
) -> tuple[Ran, Any]:
    """Run work several times, each in a process of its own that has loaded what it uses."""
    ran = [once(stage, name, *work, modules=modules) for _ in range(runs)]
    found = [one for one, _ in ran]
    return Ran(
        stage, name, median(one.seconds for one in found), median(one.processor_seconds for one in found),
        median(one.peak_megabytes for one in found),
    ), ran[0][1]  # fmt: skip


def once(
    stage: str,
    name: str,
    work: Callable[..., Any],
    *given: Any,  # noqa: ANN401 -- any work
    modules: tuple[str, ...] = (),
) -> tuple[Ran, Any]:
    """Run work in a process of its own that has loaded what it uses; its answer too."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        *took, answer = pool.apply(_timed, (modules, work, *given))
    return Ran(stage, name, *took), answer


def _timed(
    modules: tuple[str, ...],
    work: Callable[..., Any],
    *given: Any,  # noqa: ANN401 -- any work
) -> tuple[float, float, float, Any]:
    for module in modules:
        import_module(module)
    started, used = time.perf_counter(), time.process_time()
    made = work(*given)
    wall, processor = time.perf_counter() - started, time.process_time() - used
    answer = made if isinstance(made, dict) else None
    return wall, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, answer


def ours_import(csv: Path, home: Path) -> object:
    """Import the file into a data folder of its own."""
    shutil.rmtree(home, ignore_errors=True)
    return import_files(home, [csv], shop=SHOP)


def ours_waits(home: Path, days: int) -> Answer:
    """Return the answer from a report, its facts built anew."""
    shutil.rmtree(home / "facts", ignore_errors=True)
    period = Period(FIRST_DAY, FIRST_DAY + timedelta(days=days - 1))
    with open_shops(home, None) as data:
        request = Request(
            period, (METRIC,), by=dimensions_of(("agent", "day")), shop=data.shop,
            policy=data.policy(None, period.last), settings=data.settings,
        )  # fmt: skip
        with data.session(request) as engine:
            rows = report_of(data, engine, request).rows
    found: Answer = {}
    for row in rows:
        parts = row.parts[METRIC]
        rounds, waited = int(parts[Part.DENOMINATOR] or 0), parts[Part.NUMERATOR] or Fraction(0)
        if rounds:
            where = (str(row.dimensions["agent"]), str(row.dimensions["day"]))
            found[where] = (rounds, int(waited / MICROS_PER_SECOND))
    return found


def _read(parquet: Path) -> int:
    file = pq.ParquetFile(parquet, read_dictionary=["buyer", "agent", "sender"])
    return sum(batch.num_rows for batch in file.iter_batches(1_000_000, columns=COLUMNS))


def _chains(ran: list[Ran]) -> list[Ran]:
    """Return both stages of each contestant put together."""
    stages: dict[str, list[Ran]] = {}
    for one in ran:
        stages.setdefault(one.name, []).append(one)
    return [
        Ran(
            CHAIN, name, sum(one.seconds for one in both), sum(one.processor_seconds for one in both),
            max(one.peak_megabytes for one in both),
        )
        for name, both in stages.items()
        if len(both) > 1
    ]  # fmt: skip


def _with_ratios(ran: list[Ran]) -> list[Ran]:
    ours = {one.stage: one.processor_seconds for one in ran if one.name == OURS}
    return [replace(one, to_ours=one.processor_seconds / ours[one.stage]) for one in ran]


def _first_difference(theirs: Answer, ours: Answer) -> str:
    where = next(key for key in sorted(theirs.keys() | ours.keys()) if theirs.get(key) != ours.get(key))
    return f"{where}: {theirs.get(where)}, ours {ours.get(where)}"
