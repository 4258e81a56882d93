"""When calls come in: each interval of the day by the day of the week, as an average day has it."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

from xiaoer.actions.call_data import CallData, CallsAsk, day_start_minute, open_calls
from xiaoer.actions.calls_check import plain_value
from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.figure_column import kind_of
from xiaoer.actions.render.cell_text import cell_of
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.wording import word
from xiaoer.base.days import DAY_MINUTES, Period
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.near_names import near_names
from xiaoer.metrics import CallCounts, Metric

WEEKDAYS = range(1, 8)
ARRIVALS = "offered_calls"
# What can be shown in the cells. Calls are those of an average day, the others are of all the days' calls together.
SHOWN: dict[str, Callable[[CallCounts, int], int | Fraction | None]] = {
    ARRIVALS: lambda counts, days: Fraction(counts.offered, days) if days else None,
    "service_level_share": lambda counts, _: counts.service_level,
    "abandonment_share": lambda counts, _: counts.abandonment,
    "average_speed_of_answer_seconds": lambda counts, _: counts.answer_seconds,
    "handle_seconds_mean": lambda counts, _: counts.handle_seconds,
}
Place = tuple[int | None, int | None]  # day of the week, minute; None for all of them


def calls_hours(home: Path, ask: CallsAsk, language: Language, *, shown: str = ARRIVALS) -> Page:
    """Return intervals of the day × days of the week as a page; a ReportableError when `shown` is none of SHOWN."""
    if shown not in SHOWN:
        near = ", ".join(near_names(shown, SHOWN) or SHOWN)
        raise ReportableError.of("calls.unknown_figure", values={"name": shown[:40], "near": near})
    with open_calls(home, ask) as calls:
        days = _days_of_the_week(_counted_days(calls))
        counts = _by_place(calls)
        minutes = _minutes(calls)
        metric = calls.data.metrics[shown]
        kind = Kind.NUMBER if shown == ARRIVALS else kind_of(metric)

        def row(label: str, minute: int | None) -> tuple[Cell, ...]:
            places = [(day, minute) for day in (*WEEKDAYS, None)]
            values = [plain_value(SHOWN[shown](counts[place], days[place[0]])) for place in places]
            return (Cell(label, label), *(cell_of(kind, value, language) for value in values))

        return Page(
            name="calls_hours",
            title=calls.title(word("calls_hours_title", language), language),
            columns=(
                Column("interval", word("calls_interval", language), fixed=True),
                *(Column(f"weekday_{day}", word(f"weekday_{day}", language), kind) for day in WEEKDAYS),
                Column("every_day", word("weekday_every", language), kind),
            ),
            rows=tuple(row(clock_text(minute), minute) for minute in minutes),
            total=row(word("total", language), None),
            language=language,
            data=_json(calls, counts, days, minutes),
            lead=(_lead(shown, metric, language),),
            notes=tuple(_notes(calls, shown, days, language)),
        )


def _lead(shown: str, metric: Metric, language: Language) -> str:
    if shown == ARRIVALS:
        return word("calls_hours_arrivals", language)
    return word("calls_hours_shown", language, what=metric.label.in_language(language))


def _counted_days(calls: CallData) -> Period:
    """Return the days asked for that are between the first and the last day with any call imported."""
    return Period(max(calls.period.first, calls.known.first), min(calls.period.last, calls.known.last))


def _days_of_the_week(period: Period) -> Mapping[int | None, int]:
    days: dict[int | None, int] = defaultdict(int)
    for day in period.days():
        days[day.isoweekday()] += 1
        days[None] += 1
    return days


def _by_place(calls: CallData) -> Mapping[Place, CallCounts]:
    found: dict[Place, CallCounts] = defaultdict(CallCounts)
    for one in calls.intervals:
        for day in (one.day.isoweekday(), None):
            for minute in (one.minute, None):
                found[day, minute] += one.counts
    return found


def _minutes(calls: CallData) -> list[int]:
    """Return the intervals of a day from the first with any call to the last, in the order of the local day."""
    start = day_start_minute(calls.data)
    first_interval = start - start % calls.minutes
    every = [(first_interval + after) % DAY_MINUTES for after in range(0, DAY_MINUTES, calls.minutes)]
    busy = [place for place, minute in enumerate(every) if any(one.minute == minute for one in calls.intervals)]
    return every[busy[0] : busy[-1] + 1] if busy else []


def _notes(calls: CallData, shown: str, days: Mapping[int | None, int], language: Language) -> list[str]:
    counted = _counted_days(calls)
    period = {"first": counted.first, "last": counted.last, "days": days[None]}
    per_day = shown == ARRIVALS
    how = word("calls_hours_days", language, **period) if per_day else word("calls_hours_together", language, **period)
    others = word("calls_hours_others", language, names=", ".join(SHOWN))
    return [how, others, *calls.data.remarks(language)]


def _json(
    calls: CallData, counts: Mapping[Place, CallCounts], days: Mapping[int | None, int], minutes: list[int]
) -> dict[str, object]:
    rows = [
        {
            "weekday": day,
            "interval": clock_text(minute),
            "days": days[day],
            "offered_calls": counts[day, minute].offered,
        }
        | {
            name if name != ARRIVALS else "offered_calls_per_day": plain_value(read(counts[day, minute], days[day]))
            for name, read in SHOWN.items()
        }
        for day in WEEKDAYS
        for minute in minutes
    ]
    return {"rows": rows, "meta": calls.meta()}
