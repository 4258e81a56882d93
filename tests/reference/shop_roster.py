"""Judges a shop's roster minute by minute, in plain Python; nothing of the product is used."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Duty = Mapping[str, Any]


def minutes_of(clock: str) -> int:
    """Return minutes since midnight."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def broken_in_shop(
    duties: Sequence[Duty], *, rest_hours: int, longest_run: int, week_hours: int, most_hours: float
) -> list[str]:
    """Return the rules that some person's duties break."""
    found = []
    for person in sorted({duty["person"] for duty in duties}):
        mine = sorted((duty for duty in duties if duty["person"] == person), key=lambda duty: duty["day"])
        days = [date.fromisoformat(duty["day"]) for duty in mine]
        if len(set(days)) < len(days):
            found.append(f"{person} works twice a day")
        for (one, a), (other, b) in zip(
            zip(mine, days, strict=True), list(zip(mine, days, strict=True))[1:], strict=False
        ):
            gap = (b - a).days * 1440 + minutes_of(other["start"]) - minutes_of(one["end"])
            if gap < rest_hours * 60:
                found.append(f"{person} rests {gap} minutes before {b}")
        run = 0
        for at, day in enumerate(days):
            run = run + 1 if at and day - days[at - 1] == timedelta(days=1) else 1
            if run > longest_run:
                found.append(f"{person} works {run} days on end")
        weeks: dict[tuple[int, int], int] = defaultdict(int)
        for duty, day in zip(mine, days, strict=True):
            weeks[day.isocalendar()[:2]] += paid(duty)
        found += [
            f"{person} works {total} minutes in week {week}" for week, total in weeks.items() if total > week_hours * 60
        ]
        if sum(weeks.values()) > most_hours * 60:
            found.append(f"{person} works {sum(weeks.values())} minutes")
    return found


def paid(duty: Duty) -> int:
    """Return the minutes of a duty without its breaks."""
    breaks = sum(minutes_of(last) - minutes_of(first) for first, last in duty["breaks"])
    return minutes_of(duty["end"]) - minutes_of(duty["start"]) - breaks


def there_at(duties: Iterable[Duty], day: str, first: int, last: int) -> float:
    """Return how many are there on average over these minutes of a day, breaks left out; no shift passes midnight."""
    total = 0
    for duty in duties:
        if duty["day"] != day:
            continue
        away = [(minutes_of(a), minutes_of(b)) for a, b in duty["breaks"]]
        for minute in range(max(first, minutes_of(duty["start"])), min(last, minutes_of(duty["end"]))):
            total += not any(a <= minute < b for a, b in away)
    return total / (last - first)
