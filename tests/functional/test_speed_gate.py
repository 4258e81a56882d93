"""How fast, as ratios within one run: so that a change which makes the product several times slower does not pass.

Processor time of one process at a small size, medians; the bounds are twice and more what is measured, for machines
differ. What is reached at large sizes is in docs/develop/speed.
"""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import duckdb
import pyarrow.parquet as pq
import pytest

from benchmarks.chain import COLUMNS, SHOP, write_csv
from benchmarks.messages import FIRST_DAY
from xiaoer.actions.import_files import import_files
from xiaoer.base.settings import ShopSettings
from xiaoer.facts.up_to_date import facts_of_days
from xiaoer.store.store import Store

MESSAGES, DAYS, RUNS = 200_000, 2, 3
MOST_IMPORT_TO_PLAIN_PARQUET = 4
MOST_FACTS_TO_READING = 12


@pytest.fixture(scope="module")
def csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("speed") / "messages.csv"
    write_csv(file, messages=MESSAGES, days=DAYS)
    return file


def processor_seconds(work: Callable[[], object]) -> float:
    """Return the median of some runs, after one that compiles and reads what any process does once."""
    work()
    found = []
    for _ in range(RUNS):
        used = time.process_time()
        work()
        found.append(time.process_time() - used)
    return median(found)


def test_facts_cost_few_times_reading_what_they_are_made_from(csv: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    import_files(home, [csv], shop=SHOP)
    (parquet,) = (home / "batches" / "messages").glob("*.parquet")
    with Store(home) as store:
        snapshot, settings = store.snapshot(), ShopSettings().on(FIRST_DAY)
        slices = [one for one in store.slices(snapshot, SHOP, first=FIRST_DAY, last=FIRST_DAY.replace(day=DAYS))]
        assert sum(one.rows for one in slices) == MESSAGES
        facts = processor_seconds(
            lambda: list(facts_of_days(store, snapshot, slices, settings=settings, own=frozenset()))
        )
    reading = processor_seconds(
        lambda: pq.ParquetFile(parquet, read_dictionary=["buyer", "agent", "sender"]).read(columns=COLUMNS)
    )
    assert facts < MOST_FACTS_TO_READING * reading, f"{facts:.2f} s, reading {reading:.2f} s"


def test_importing_costs_few_times_writing_the_same_rows_unsorted(csv: Path, tmp_path: Path) -> None:
    number = iter(range(9))
    ours = processor_seconds(lambda: import_files(tmp_path / f"home{next(number)}", [csv], shop=SHOP))

    def plain() -> object:
        with duckdb.connect() as engine:
            return engine.execute(
                f"COPY (SELECT * FROM read_csv('{csv}')) TO '{tmp_path / 'plain.parquet'}' "
                "(FORMAT parquet, COMPRESSION zstd)"
            )

    unsorted = processor_seconds(plain)
    assert ours < MOST_IMPORT_TO_PLAIN_PARQUET * unsorted, f"{ours:.2f} s, unsorted {unsorted:.2f} s"
