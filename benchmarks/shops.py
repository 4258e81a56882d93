"""Many small shops: what it takes to import into, to build and to ask a home of them, and how many files that makes."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

from benchmarks.daily_imports import tell_daily
from xiaoer.actions.import_files import import_files
from xiaoer.actions.imports import list_imports, pack_imports
from xiaoer.actions.report_of import report_of
from xiaoer.actions.shop_data import open_shops
from xiaoer.base.days import Period
from xiaoer.metrics import Request, dimensions_of

FIRST_DAY, DAYS = date(2024, 1, 1), 365
LAST_DAY = FIRST_DAY + timedelta(days=DAYS - 1)
MESSAGES_A_DAY, MESSAGES_PER_BUYER, AGENTS = 40, 8, 2
METRICS = ("received_buyers", "average_response_seconds", "three_minute_share", "max_concurrent")
SINGLE_DAYS = 40  # imported a day at a time: fewer than the next import would pack by itself
MOST_NEW = 10  # shops that one more day is imported into: each is a file of its own


@dataclass(frozen=True)
class Took:
    """One thing done: wall and processor seconds, and how many batch and fact files there are then."""

    what: str
    seconds: float
    processor_seconds: float
    batch_files: int
    fact_files: int


def shops_benchmark(home: Path, exports: Path, *, shops: int) -> list[Took]:
    """Return what a year of so many shops takes: imported a file each, first asked, asked again, one day more."""
    names = [f"小店{number:03d}" for number in range(shops)]
    for number, name in enumerate(names):
        _export(exports / f"{number}.csv", name, number, FIRST_DAY, DAYS)
    year, day = Period(FIRST_DAY, LAST_DAY), LAST_DAY + timedelta(days=1)
    new = names[:MOST_NEW]
    for number, name in enumerate(new):
        _export(exports / f"{number}-new.csv", name, number + shops, day, 1)
    return [
        _took(f"import {shops} files of a year", home, lambda: _import(home, exports, names, "")),
        _took("first report of all shops, by shop", home, lambda: _report(home, None, year, ("shop",))),
        _took("the same again", home, lambda: _report(home, None, year, ("shop",))),
        _took("one shop's year, by agent", home, lambda: _report(home, names[-1], year, ("agent",))),
        _took(f"import one day of {len(new)} shops", home, lambda: _import(home, exports, new, "-new")),
        _took("that day of all shops", home, lambda: _report(home, None, Period(day, day), ("shop",))),
        *_in_files_of_a_day(home, exports, new),
        *_told_daily(home.with_name("daily"), exports, names),
    ]


def _in_files_of_a_day(home: Path, exports: Path, names: list[str]) -> list[Took]:
    """Return what it takes to import day by day, and to read all that anew before and after it is packed."""
    first = LAST_DAY + timedelta(days=2)
    days = Period(first, first + timedelta(days=SINGLE_DAYS - 1))
    for place, day in enumerate(days.days()):
        for number, name in enumerate(names):
            _export(exports / f"{number}-{day}.csv", name, number + place * len(names), day, 1)
    return [
        _took(f"import {SINGLE_DAYS} days of {len(names)} shops, a file each", home,
              lambda: _import(home, exports, names, *(f"-{day}" for day in days.days()))),
        _took("their facts made anew", home, lambda: _anew(home, days)),
        _took("their files packed", home, lambda: pack_imports(home)),
        _took("their facts made anew from packs", home, lambda: _anew(home, days)),
    ]  # fmt: skip


def _told_daily(home: Path, exports: Path, names: list[str]) -> list[Took]:
    """Return what questions and one more day take where every day of every shop was an import of its own."""
    _import(home, exports, names, "")
    imports = tell_daily(home)
    month, one = Period(LAST_DAY.replace(day=1), LAST_DAY), names[-1]
    return [
        _took(f"of {imports:,} imports: a shop's month", home, lambda: _report(home, one, month, ("agent",))),
        _took("the same again", home, lambda: _report(home, one, month, ("agent",))),
        _took("a shop's imports listed", home, lambda: list_imports(home, shop=one)),
        _took("a month of all shops, by shop", home, lambda: _report(home, None, month, ("shop",))),
        _took("the same again", home, lambda: _report(home, None, month, ("shop",))),
        _took(
            "import one day of one shop, the first since long", home, lambda: _import(home, exports, names[:1], "-new")
        ),
        _took("import one day of one shop", home, lambda: _import(home, exports, names[1:2], "-new")),
    ]


def _anew(home: Path, days: Period) -> None:
    shutil.rmtree(home / "facts")
    _report(home, None, days, ("shop",))


def _took(what: str, home: Path, work: Callable[[], object]) -> Took:
    started, used = time.perf_counter(), time.process_time()
    work()
    wall, processor = time.perf_counter() - started, time.process_time() - used
    batches, facts = (sum(1 for _ in (home / room).rglob("*.parquet")) for room in ("batches", "facts"))
    return Took(what, wall, processor, batches, facts)


def _import(home: Path, exports: Path, names: list[str], *which: str) -> None:
    for one in which:
        for number, name in enumerate(names):
            assert import_files(home, [exports / f"{number}{one}.csv"], shop=name).exit_code == 0


def _report(home: Path, shop: str | None, period: Period, by: tuple[str, ...]) -> None:
    with open_shops(home, shop) as data:
        request = Request(
            period, METRICS, by=dimensions_of(by), shop=data.shop, policy=data.policy(None, period.last),
            settings=data.settings,
        )  # fmt: skip
        with data.session(request) as engine:
            assert report_of(data, engine, request).rows


def _export(file: Path, shop: str, seed: int, first: date, days: int) -> None:
    """Write one shop's chats as a shop exports them, some buyers a day who talk with one account each."""
    random = np.random.default_rng(seed)
    rows = MESSAGES_A_DAY * days
    day = np.repeat(np.arange(days), MESSAGES_A_DAY)
    buyer = day * MESSAGES_A_DAY + random.integers(0, MESSAGES_A_DAY // MESSAGES_PER_BUYER, rows)
    opened = np.random.default_rng(seed).integers(9 * 3600, 22 * 3600, buyer.max() + 1)[buyer]
    second = opened + np.minimum(random.exponential(240, rows), 3600).astype(np.int64)
    midnight = np.datetime64(datetime.combine(first, datetime.min.time()), "s")
    moment = midnight + (day * 86_400 + second).astype("timedelta64[s]")
    order = np.argsort(moment, kind="stable")
    table = pa.table({
        "shop": pa.repeat(shop, rows),
        "buyer": [f"买家{number}" for number in buyer[order]],
        "agent": [f"{shop}:客服{number % AGENTS}" for number in buyer[order]],
        "sent_at": [str(each).replace("T", " ") for each in moment[order]],
        "sender": pa.array(["buyer", "agent"]).take(pa.array(random.integers(0, 2, rows))),
        "text": pa.array(["有货吗", "有的", "几天到", "三天"]).take(pa.array(random.integers(0, 4, rows))),
    })  # fmt: skip
    pa.csv.write_csv(table, file)
