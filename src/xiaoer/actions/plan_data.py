"""What planning is asked about: contacts by interval from facts or a table, the calendar, measured handling."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.actions.plan_events import OwnEvent, events_of
from xiaoer.actions.plan_table import plan_rows, read_counts
from xiaoer.actions.report import asked_period
from xiaoer.actions.shop_data import ShopData, catalog_of, open_shops
from xiaoer.base.catalog import Catalog
from xiaoer.base.days import DAY_MINUTES, MICROS_PER_SECOND, Clock, Period
from xiaoer.base.errors import ReportableError
from xiaoer.base.local_time import instants_of, local_minutes
from xiaoer.base.near_names import near_names
from xiaoer.base.settings import DaySettings, ShopSettings, check_setting
from xiaoer.base.steps import Step
from xiaoer.facts.relations import calls_for
from xiaoer.facts.up_to_date import load_message_facts
from xiaoer.metrics.literal import sql_literal
from xiaoer.planning.forecast.calendar import Calendar, calendar_of
from xiaoer.planning.forecast.history import History, history_of
from xiaoer.planning.need import MeanSeconds, by_contacts_in_hand, exponential_mean, patience, patience_of_writing_on
from xiaoer.store.engine import Engine

KINDS = ("chat", "call")
INTERVALS = (5, 10, 15, 30, 60)
LOOK_BACK_DAYS = 800  # two years of promotions and holidays, and the weeks before
MEASURED_DAYS = 56


@dataclass(frozen=True)
class PlanAsk:
    """What is to be planned, as the reader wrote it; what is left open is as the shop has set."""

    first: str
    last: str
    shop: str | None = None
    kind: str | None = None
    queue: str | None = None
    interval: str | None = None
    snapshot: int | None = None
    history: Path | None = None
    events: Path | None = None
    drivers: Path | None = None
    holidays: str | None = None


@dataclass(frozen=True)
class Measured:
    """What facts say of handling: mean seconds with 1, 2, … contacts in hand, and patience where it can be seen."""

    handle: tuple[MeanSeconds, ...] = ()
    patience: MeanSeconds | None = None


@dataclass(frozen=True)
class PlanData:
    """Contacts of a kind by interval, whatever they came from, with the calendar and the settings that hold.

    `shop` and `snapshot` are of one shop's facts, None of a table or several shops; `data` while it is open.
    """

    period: Period
    kind: str
    whose: str
    history: History
    calendar: Calendar
    settings: DaySettings
    catalog: Catalog
    measured: Measured = field(default_factory=Measured)
    shop: str | None = None
    snapshot: int | None = None
    data: ShopData | None = None

    @property
    def minutes(self) -> int:
        """Return how long an interval is."""
        return self.history.minutes

    @property
    def day_starts_at(self) -> int:
        """Return the minute of the wall clock at which days, and so the first interval, start."""
        return _starts_at(self.settings.clock)

    def clock_minute(self, place: int) -> int:
        """Return the minute of the wall clock at which an interval of the day begins."""
        return (place * self.minutes + self.day_starts_at) % DAY_MINUTES


@contextmanager
def open_plan(home: Path, ask: PlanAsk) -> Iterator[PlanData]:
    """Open what a plan is about; a ReportableError says what can not be used, or that there is nothing to go by."""
    period = asked_period(ask.first, ask.last)
    if ask.kind is not None and ask.kind not in KINDS:
        raise ReportableError.of("planning.unknown_kind", values={"found": ask.kind[:20], "known": ", ".join(KINDS)})
    if ask.history is not None:
        yield _from_table(home, ask, period)
        return
    with open_shops(home, ask.shop, snapshot=ask.snapshot) as data:
        yield _from_facts(data, ask, period)


def _from_table(home: Path, ask: PlanAsk, period: Period) -> PlanData:
    assert ask.history is not None
    settings, catalog = ShopSettings().on(period.last), catalog_of(home)
    history = history_of(read_counts(ask.history), minutes=_minutes(ask, settings))
    if not len(history.counts):
        raise ReportableError.of("planning.nothing_counted", values={"whose": ask.history.name})
    calendar = _calendar(ask, settings, catalog)
    return PlanData(period, ask.kind or "call", ask.history.stem, history, calendar, settings, catalog)


def _from_facts(data: ShopData, ask: PlanAsk, period: Period) -> PlanData:
    settings = data.settings.on(period.last)
    minutes, kind = _minutes(ask, settings), _kind(data, ask)
    back = Period(period.first - timedelta(days=LOOK_BACK_DAYS), period.last)
    if kind == "call":
        with calls_for(data.store, data.snapshot, data.shops) as engine:
            queue = _queue(engine, ask.queue)
            counts = _call_counts(engine, back, minutes, queue, settings)
            measured = _measured_calls(engine, period, queue)
    else:
        engine = Engine(spill_folder=data.store.home.spill)
        with engine:
            load_message_facts(engine, data.store, data.snapshot, shops=data.shops, days=back)
            counts = _chat_counts(engine, back, minutes, settings)
            measured = _measured_chats(engine, period, settings)
    whose = " + ".join(data.shops)
    if not counts:
        raise ReportableError.of("planning.nothing_counted", values={"whose": whose})
    kept = () if data.shop is None else events_of(data.store.home.folder, data.shop)
    calendar = _calendar(ask, settings, data.catalog, kept=kept)
    history = history_of(counts, minutes=minutes)
    return PlanData(
        period, kind, whose, history, calendar, settings, data.catalog, measured, data.shop, data.snapshot.seq, data
    )


def _minutes(ask: PlanAsk, settings: DaySettings) -> int:
    if ask.interval is None:
        return settings.count("call_interval_minutes")
    if not ask.interval.isdigit() or int(ask.interval) not in INTERVALS:
        known = ", ".join(map(str, INTERVALS))
        raise ReportableError.of("planning.unknown_interval", values={"found": ask.interval[:20], "known": known})
    return int(ask.interval)


def _kind(data: ShopData, ask: PlanAsk) -> str:
    return ask.kind or ("call" if "messages" not in data.tables and "calls" in data.tables else "chat")


def _queue(engine: Engine, asked: str | None) -> str:
    """Return the condition of the queue asked for; a ReportableError names near ones when there is none."""
    if asked is None:
        return "TRUE"
    rows = engine.query([Step("queues", "SELECT DISTINCT queue FROM call WHERE queue IS NOT NULL")])
    known = sorted(map(str, rows["queue"].to_pylist()))
    if asked not in known:
        near = ", ".join(near_names(asked, known) or known[:5]) or "–"
        raise ReportableError.of("calls.unknown_queue", values={"name": asked[:40], "near": near})
    return f"queue = {sql_literal(asked)}"


def _within(days: Period) -> str:
    return f"day BETWEEN DATE '{days.first}' AND DATE '{days.last}'"


def _call_counts(
    engine: Engine, days: Period, minutes: int, queue: str, settings: DaySettings
) -> list[tuple[date, int, float]]:
    sql = f"SELECT day, minute, COUNT(*) AS contacts FROM call WHERE {_within(days)} AND {queue} GROUP BY day, minute"
    return _rows(engine.query([Step("counted", sql)]), settings)


def _chat_counts(engine: Engine, days: Period, minutes: int, settings: DaySettings) -> list[tuple[date, int, float]]:
    """Return the conversations that buyers opened, by day and minute: each session is one piece of work."""
    sql = f"SELECT day, start_at FROM session WHERE buyer_opened AND {_within(days)}"
    found = engine.query([Step("counted", sql)])
    minute = local_minutes(instants_of(found["start_at"].to_numpy()), settings.clock)
    table = pa.table({"day": found["day"], "minute": minute}).group_by(["day", "minute"]).aggregate([([], "count_all")])
    return _rows(table.rename_columns(["day", "minute", "contacts"]), settings)


def _rows(table: pa.Table, settings: DaySettings) -> list[tuple[date, int, float]]:
    starts = _starts_at(settings.clock)
    since = pc.subtract(table["minute"].cast(pa.int64()), starts).to_pylist()
    rows = zip(table["day"].to_pylist(), since, table["contacts"].to_pylist(), strict=True)
    return [(day, minute % DAY_MINUTES, float(number)) for day, minute, number in rows]


def _starts_at(clock: Clock) -> int:
    return clock.day_starts_at.hour * 60 + clock.day_starts_at.minute


def _recent(period: Period) -> Period:
    return Period(period.first - timedelta(days=MEASURED_DAYS), period.first - timedelta(days=1))


def _measured_calls(engine: Engine, period: Period, queue: str) -> Measured:
    sql = (
        f"SELECT answered, abandoned, wait_micros, handle_micros FROM call WHERE {_within(_recent(period))} AND {queue}"
        " AND (answered OR abandoned)"
    )
    rows = engine.query([Step("handled", sql)]).to_pylist()
    handled = [row["handle_micros"] / MICROS_PER_SECOND for row in rows if row["answered"] and row["handle_micros"]]
    waits = [
        (row["wait_micros"] / MICROS_PER_SECOND, bool(row["abandoned"]))
        for row in rows
        if row["wait_micros"] is not None
    ]
    handle = (exponential_mean(sum(handled), len(handled)),) if handled else ()
    return Measured(handle, patience(waits) if any(gone for _, gone in waits) else None)


def _measured_chats(engine: Engine, period: Period, settings: DaySettings) -> Measured:
    """Return handle times of chats by contacts in hand, and patience as far as longer waits leave fewer writing on."""
    sql = (
        "SELECT agent, start_at, end_at, first_human_at, buyer_opened,"
        " answered_rounds + unanswered_rounds > 1 AS wrote_on"
        f" FROM session WHERE first_human_at IS NOT NULL AND {_within(_recent(period))}"
    )
    rows = engine.query([Step("handled", sql)]).to_pylist()
    spans = [(row["agent"], row["start_at"] / MICROS_PER_SECOND, row["end_at"] / MICROS_PER_SECOND) for row in rows
             if row["agent"]]  # fmt: skip
    looked_at = [((row["first_human_at"] - row["start_at"]) / MICROS_PER_SECOND, bool(row["wrote_on"]))
                 for row in rows if row["buyer_opened"]]  # fmt: skip
    handle = tuple(by_contacts_in_hand(spans, most=settings.count("plan_side_by_side")))
    return Measured(handle, patience_of_writing_on(looked_at))


def _calendar(ask: PlanAsk, settings: DaySettings, catalog: Catalog, *, kept: Iterable[OwnEvent] = ()) -> Calendar:
    holidays = check_setting("plan_holidays", ask.holidays) if ask.holidays else settings.text("plan_holidays")
    said = [*kept, *([] if ask.events is None else _events(ask.events))]
    own = [event for one in said for event in one.as_events()]
    closed = [event.first for event in own if event.lift == 0.0]
    drivers = {} if ask.drivers is None else _drivers(ask.drivers)
    held = [event for event in own if event.lift != 0.0]
    return calendar_of(
        catalog, holidays, own=held, drivers=drivers, promotions=holidays != "none" or bool(own), closed=closed
    )


def _events(file: Path) -> Iterator[OwnEvent]:
    """Yield the events of a table: name, from, to (or a day), lift; 0 is a day closed, empty is to be measured."""
    for cells in plan_rows(file, needed=(("name",), ("from", "day"))):
        first = cells.day("from" if "from" in cells.texts else "day")
        last = cells.day("to") if "to" in cells.texts else first
        lift = cells.number("lift") if "lift" in cells.texts else None
        yield OwnEvent(cells.text("name"), Period(first, last), lift)


def _drivers(file: Path) -> Mapping[str, Mapping[date, float]]:
    """Return the drivers of a table: day, name, value; what is known of days to come (orders, advertising)."""
    found: dict[str, dict[date, float]] = {}
    for cells in plan_rows(file, needed=(("day",), ("name",), ("value",))):
        found.setdefault(cells.text("name"), {})[cells.day("day")] = cells.number("value")
    return found
