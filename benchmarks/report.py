"""Twelve months, a hundred agents, sixty metrics by agent and day: before and after sums are kept, and SQL by hand."""

import multiprocessing
import resource
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import isclose
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.report_by_hand import report_by_hand
from benchmarks.sixty import SIXTY
from benchmarks.year import FIRST_DAY, LAST_DAY, year_home
from xiaoer.actions.report import report_of
from xiaoer.actions.shop_data import metrics_of, open_shops
from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Period
from xiaoer.metrics import Metric, Report, Request, dimensions_of

Answer = dict[tuple[str, str], dict[str, Any]]


@dataclass(frozen=True)
class Ran:
    """One contestant in a process of its own: wall and processor seconds (medians), the peak of resident memory."""

    name: str
    seconds: float
    processor_seconds: float
    peak_megabytes: float


def report_benchmark(home: Path, *, messages: int, runs: int) -> list[Ran]:
    """Return what each way took; an AssertionError says where a figure of ours is not that of the hand-written SQL."""
    if not (home / "manifest.sqlite").exists():
        year_home(home, messages=messages)
    facts = "" if any((home / "facts").glob("round-*.parquet")) else ", and all facts built"
    for kept in ("sessions", "sums"):
        shutil.rmtree(home / "facts" / kept, ignore_errors=True)
    first, _ = _alone(f"first: sixty others, day sums made{facts}", _others, home, 1)
    new, once = _alone("new: these sixty, day sums kept", _ours, home, 1)
    again, ours = _alone("the same sixty again", _ours, home, runs)
    by_hand, theirs = _alone("DuckDB SQL by hand, nothing kept", _by_hand, home, runs)
    assert once == ours, "the same report, twice"
    _must_agree(ours, theirs)
    return [first, new, again, by_hand]


def _alone(name: str, work: Callable[[Path], Any], home: Path, runs: int) -> tuple[Ran, Answer]:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        seconds, processor, peak, answer = pool.apply(_timed, (work, home, runs))
    return Ran(name, seconds, processor, peak), answer


def _timed(work: Callable[[Path], Any], home: Path, runs: int) -> tuple[float, float, float, Answer]:
    _catalog()  # read when a program starts, whatever it is asked
    wall, processor = [], []
    for _ in range(runs):
        started, used = time.perf_counter(), time.process_time()
        made = work(home)
        wall.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return median(wall), median(processor), peak, _answer(made)


def _catalog() -> dict[str, Metric]:
    return metrics_of(Catalog())


def _others(home: Path) -> Report:
    """Return a report of sixty metrics that are none of those asked for later."""
    return _report(home, tuple(name for name in _catalog() if name not in SIXTY)[: len(SIXTY)])


def _ours(home: Path) -> Report:
    return _report(home, SIXTY)


def _report(home: Path, names: tuple[str, ...]) -> Report:
    """Return the report as the command line makes it, opening the home anew."""
    with open_shops(home, None) as data:
        period = Period(FIRST_DAY, LAST_DAY)
        request = Request(
            period, names, by=dimensions_of(("agent", "day")), shop=data.shop,
            policy=data.policy(None, period.last), settings=data.settings,
        )  # fmt: skip
        with data.session(request) as engine:
            return report_of(data, engine, request)


def _by_hand(home: Path) -> Any:  # noqa: ANN401 -- Arrow has no types
    return report_by_hand(home)


def _answer(made: Any) -> Answer:  # noqa: ANN401 -- either contestant's
    if isinstance(made, Report):
        assert len(made.rows) >= 36_500, "every agent has every day"
        return {(row.dimensions["agent"], str(row.dimensions["day"])): dict(row.figures) for row in made.rows}
    return {(row["agent"], str(row["day"])): row for row in made.to_pylist()}


def _must_agree(ours: Answer, theirs: Answer) -> None:
    assert ours.keys() == theirs.keys(), f"rows: {len(ours)} and {len(theirs)}"
    differing: dict[str, list[str]] = {}
    for place, row in ours.items():
        for name in SIXTY:
            if not _same(row[name], theirs[place][name]):
                differing.setdefault(name, []).append(f"{place}: {row[name]!r}, by hand {theirs[place][name]!r}")
    assert not differing, "\n".join(f"{name} ({len(each)}) {each[0]}" for name, each in differing.items())


def _same(mine: Any, other: Any) -> bool:  # noqa: ANN401 -- figures of any unit
    if mine is None or other is None:
        return mine is None and other is None
    if isinstance(mine, datetime):
        return bool(mine.timestamp() == other.replace(tzinfo=mine.tzinfo).timestamp() + 8 * 3600)
    if isinstance(mine, int | Decimal) and isinstance(other, int | Decimal):
        return bool(mine == other)
    return isclose(float(mine), float(other), rel_tol=1e-9, abs_tol=1e-9)
