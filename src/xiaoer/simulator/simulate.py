"""A shop that does not exist, simulated: canonical tables and what is true about them."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pyarrow as pa

from xiaoer.base.errors import ReportableError
from xiaoer.simulator.chat_log import ChatLog
from xiaoer.simulator.director import Director
from xiaoer.simulator.floor import Floor
from xiaoer.simulator.orders import OrderBook
from xiaoer.simulator.people import Person, Rota, hire
from xiaoer.simulator.stage import Stage
from xiaoer.simulator.tables import all_tables, with_cards
from xiaoer.simulator.truth import Truth, truth_of
from xiaoer.simulator.wall_time import DAY_SECONDS, HOUR_SECONDS, seconds_of
from xiaoer.simulator.world import world

SHOP = "云上小店旗舰店"
HISTORY_DAYS = 14  # orders before the first day, so that after-sale chats have something to be about
SILENT_PER_CHAT = 0.44
FIRST_GUESS_OF_LENGTH = 9.0
MOST_ADDITIONS = 100


@dataclass(frozen=True)
class Simulated:
    """The canonical tables by name, what is true about them, and the settings that suit the shop."""

    shop: str
    first_day: date
    last_day: date
    people: tuple[Person, ...]
    tables: dict[str, pa.Table]
    truth: Truth
    settings: dict[str, str]


def simulate(*, seed: int, first_day: date, days: int, messages: int, agents: int, staged: int = 0) -> Simulated:
    """Return a shop's days: at least so many messages, by so many agents; the same seed gives the same bytes.

    Every staged chat of the catalog is played `staged` times beside them. Some orders are older than the first day.
    Nothing is known of the time after the last day.
    Fewer than one message, day or agent is a ReportableError.
    """
    if min(messages, days, agents) < 1:
        values = {"messages": messages, "days": days, "agents": agents}
        raise ReportableError.of("simulator.nothing_to_simulate", values=values)
    random = Random(seed)
    people = hire(random, count=agents, shop=SHOP, first_day=first_day, days=days)
    log, book, rota = ChatLog(), OrderBook(random), Rota(people)
    floor = Floor(random, rota, log)
    director = Director(random, floor, shop=SHOP, book=book, opens_at=seconds_of(first_day))
    floor.consequences = director
    _play_history(random, director, floor, first_day=first_day, per_day=messages / days / FIRST_GUESS_OF_LENGTH)
    listed = [first_day + timedelta(days=place) for place in range(days)]
    _play_days(random, director, floor, days=listed, messages=messages)
    end = seconds_of(first_day + timedelta(days=days))
    stage = Stage(Random(f"{seed} staged"), log, book, people)
    stage.play(listed, times=staged)
    tables = all_tables(random, log=log, book=book, people=people, shop=SHOP, span=(seconds_of(first_day), end))
    tables["products"] = with_cards(tables["products"], stage.cards)
    return Simulated(
        SHOP, first_day, first_day + timedelta(days=days - 1), people, tables,
        truth_of(log, book, people, end=end, staged=stage.facts),
        {"advertising_code_word": world().code_word, "auto_reply_prefix": world().auto_prefix},
    )  # fmt: skip


def _play_history(random: Random, director: Director, floor: Floor, *, first_day: date, per_day: float) -> None:
    for back in range(HISTORY_DAYS, 0, -1):
        day = first_day - timedelta(days=back)
        _silent_orders(random, director, day, expected=per_day * 0.6)
    floor.run(seconds_of(first_day))


def _silent_orders(random: Random, director: Director, day: date, *, expected: float) -> None:
    number = int(expected) + (random.random() < expected % 1)
    for hour in random.choices(range(24), world().hours, k=number):
        director.silent_order(seconds_of(day) + hour * HOUR_SECONDS + int(random.random() * HOUR_SECONDS))


def _play_days(random: Random, director: Director, floor: Floor, *, days: list[date], messages: int) -> None:
    log, hours = floor.log, world().hours
    left = [world().busyness(day) for day in days]
    for place, day in enumerate(days):
        length = len(log.at) / len(log.chats) if len(log.chats) > 100 else FIRST_GUESS_OF_LENGTH
        chats = max(0.0, messages * 1.003 - len(log.at)) * left[place] / sum(left[place:]) / length
        _silent_orders(random, director, day, expected=chats * SILENT_PER_CHAT)
        for hour in range(24):
            start = seconds_of(day) + hour * HOUR_SECONDS
            director.open_hour(start, chats * hours[hour] / sum(hours))
            floor.run(start + HOUR_SECONDS)
    _play_more(director, floor, log, end=seconds_of(days[-1]) + DAY_SECONDS, messages=messages)


def _play_more(director: Director, floor: Floor, log: ChatLog, *, end: int, messages: int) -> None:
    """Add chats to the last afternoon, when every shift is there, until there are enough messages."""
    for _ in range(MOST_ADDITIONS):
        missing = messages - sum(at < end for at in log.at)
        if missing <= 0:
            return
        floor.forget_load()
        director.open_hour(end - 9 * HOUR_SECONDS, missing / FIRST_GUESS_OF_LENGTH + 1)
        floor.run(end)
