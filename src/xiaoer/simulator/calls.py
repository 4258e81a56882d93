"""The small hotline: calls wait for one of a few after-sale agents, and some callers give up."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from xiaoer.simulator.people import Person
from xiaoer.simulator.wall_time import DAY_SECONDS, HOUR_SECONDS, utc_datetime
from xiaoer.simulator.world import world

OPENS, CLOSES = 9, 21
SEATS = 3
QUEUES = ("售前热线", "售后热线")


def call_rows(
    random: Random, people: tuple[Person, ...], *, first: int, end: int, per_day: float
) -> Iterator[Mapping[str, Any]]:
    """Yield the calls of the hotline in order of arrival, about so many a day."""
    seated = [person for person in people if person.role != "pre_sale"][:SEATS] or list(people[:1])
    free = [0] * len(seated)
    number = 0
    for day in range(first, end, DAY_SECONDS):
        hours = [world().hours[hour] if OPENS <= hour < CLOSES else 0.0 for hour in range(24)]
        calls = int(per_day) + (random.random() < per_day % 1)
        arrivals = sorted(
            day + hour * HOUR_SECONDS + random.randrange(HOUR_SECONDS)
            for hour in random.choices(range(24), hours, k=calls)
        )
        for offered in arrivals:
            number += 1
            yield _call(random, seated, free, offered, number)


def _call(random: Random, seated: list[Person], free: list[int], offered: int, number: int) -> Mapping[str, Any]:
    seat = min(range(len(seated)), key=lambda place: (free[place], place))
    answered = max(offered, free[seat]) + 3 + random.randrange(9)
    patience = 20 + int(random.expovariate(1 / 120.0))
    row: dict[str, Any] = {
        "call_id": f"C{number:07d}", "queue": QUEUES[random.random() < 0.7], "offered_at": utc_datetime(offered),
        "caller": f"1990000{random.randrange(10_000):04d}",
    }  # fmt: skip
    if answered - offered > patience:
        gone = utc_datetime(offered + patience)
        return row | {"abandoned_at": gone, "ended_at": gone, "outcome": "abandoned"}
    talked = answered + 30 + int(random.lognormvariate(4.7, 0.7))
    wrap_up = 15 + random.randrange(60)
    free[seat] = talked + wrap_up
    return row | {
        "agent": seated[seat].account, "answered_at": utc_datetime(answered), "ended_at": utc_datetime(talked),
        "wrap_up_seconds": float(wrap_up), "outcome": "answered",
    }  # fmt: skip
