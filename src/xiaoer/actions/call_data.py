"""Calls by interval as both pages of calls ask for them: whose, of which days and queue, how long an interval is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xiaoer.actions.render.cell_text import NOTHING
from xiaoer.actions.report import asked_period
from xiaoer.actions.shop_data import ShopData, open_shops, runs_of
from xiaoer.actions.wording import word
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.near_names import near_names
from xiaoer.base.settings import DaySettings, check_setting
from xiaoer.base.steps import Step
from xiaoer.facts.relations import calls_for
from xiaoer.metrics import CallInterval, call_intervals, intervals_step
from xiaoer.store.engine import Engine

_QUEUES = "SELECT DISTINCT queue FROM call WHERE queue IS NOT NULL ORDER BY queue ASC NULLS LAST"
_DAYS = "SELECT DISTINCT day FROM call WHERE day IS NOT NULL"


@dataclass(frozen=True)
class CallsAsk:
    """Whose calls, of which days, as the reader wrote it; what is left open is as the shop has set."""

    first: str
    last: str
    shop: str | None = None
    queue: str | None = None
    interval: str | None = None
    snapshot: int | None = None


@dataclass(frozen=True)
class CallData:
    """The calls of some days by interval of `minutes`; `known` goes from the first day with a call to the last."""

    data: ShopData
    period: Period
    queue: str | None
    minutes: int
    intervals: list[CallInterval]
    known: Period

    @property
    def settings(self) -> DaySettings:
        """Return the settings that hold on the last day asked for."""
        return self.data.settings.on(self.period.last)

    def title(self, what: str, language: Language) -> str:
        """Return a page's title: what it is, of whom, when, which queue, by how many minutes."""
        parts = [
            what,
            " + ".join(self.data.shops),
            word("period", language, first=self.period.first, last=self.period.last),
            *([] if self.queue is None else [word("calls_queue", language, queue=self.queue)]),
            word("calls_by", language, minutes=self.minutes),
        ]
        return " · ".join(parts)

    def meta(self) -> dict[str, object]:
        """Return what scripts read about the asking."""
        names = ("service_level_seconds", "call_interval_minutes", "call_check_least_calls")
        return {
            "shop": self.data.shop,
            "from": str(self.period.first),
            "to": str(self.period.last),
            "queue": self.queue,
            "interval_minutes": self.minutes,
            "snapshot": self.data.snapshot.seq,
            "settings": {name: self.settings.values[name] for name in names},
        }


@contextmanager
def open_calls(home: Path, ask: CallsAsk) -> Iterator[CallData]:
    """Open the calls asked for; a ReportableError says what can not be used, or that there are none on these days."""
    period = asked_period(ask.first, ask.last)
    with open_shops(home, ask.shop, snapshot=ask.snapshot) as data:
        setting = "call_interval_minutes"
        text = check_setting(setting, ask.interval) if ask.interval else data.settings.on(period.last).text(setting)
        if "calls" not in data.tables:
            raise ReportableError.of("calls.none_imported", values={"shop": data.shop or NOTHING})
        with calls_for(data.store, data.snapshot, data.shops) as engine:
            queue = _queue_asked(engine, ask.queue)
            days = set(engine.query([Step("days", _DAYS)])["day"].to_pylist())
            rows = engine.query([intervals_step(period, minutes=int(text), queue=queue)]).to_pylist()
        if not any(period.first <= day <= period.last for day in days):
            raise ReportableError.of("calls.none_then", values={"days": _said_days(days)})
        intervals = call_intervals(rows, day_starts_at=day_start_minute(data))
        yield CallData(data, period, queue, int(text), intervals, Period(min(days), max(days)))


def day_start_minute(data: ShopData) -> int:
    """Return the minute of the wall clock at which local days start."""
    starts = data.settings.clock.day_starts_at
    return starts.hour * 60 + starts.minute


def _queue_asked(engine: Engine, asked: str | None) -> str | None:
    """Return the queue asked for; a ReportableError names near ones when no call came in by it."""
    if asked is None:
        return None
    known = [str(queue) for queue in engine.query([Step("queues", _QUEUES)])["queue"].to_pylist()]
    if asked not in known:
        near = ", ".join(near_names(asked, known) or known[:5]) or NOTHING
        raise ReportableError.of("calls.unknown_queue", values={"name": asked[:40], "near": near})
    return asked


def _said_days(days: set[date]) -> str:
    runs = runs_of(days)
    shown = [f"{run.first} – {run.last}" if run.first != run.last else str(run.first) for run in runs[-3:]]
    return ("… " if len(runs) > 3 else "") + ", ".join(shown) if shown else NOTHING
