"""Judges a day shared out by activity, and finds the cheapest by trying everything; nothing of the product is used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from math import ceil


@dataclass(frozen=True)
class Person:
    """Somebody: what they can do, and the slots in which they are there with the minutes of each."""

    can: tuple[int, ...]
    there: Mapping[int, int]


@dataclass(frozen=True)
class TinyDay:
    """A day: the minutes of a slot, the shortest stretch (slots) and the price of a lack by activity, and the needs."""

    slot_minutes: int
    shortest: Sequence[int]
    lack: Sequence[float]
    surplus: float
    changeover: float
    need: Mapping[tuple[int, int], float]
    people: Sequence[Person]


def allowed(day: TinyDay, person: Person, line: Sequence[int]) -> bool:
    """Return whether somebody may do this: they can, and nothing is begun or left sooner than its shortest stretch."""
    runs = [(activity, len(list(slots))) for activity, slots in groupby(line)]
    return set(line) <= set(person.can) and (
        len(runs) == 1 or all(length >= day.shortest[activity] for activity, length in runs)
    )


def price(day: TinyDay, lines: Sequence[Sequence[int]]) -> float:
    """Return what lines cost, counting each missing and each idle minute by itself."""
    changes = sum(one != other for line in lines for one, other in zip(line, line[1:], strict=False))
    total = changes * day.changeover
    for (activity, slot), people in day.need.items():
        there = sum(
            person.there.get(slot, 0)
            for person, line in zip(day.people, lines, strict=True)
            for at, done in zip(person.there, line, strict=True)
            if at == slot and done == activity
        )
        missing = round(people * day.slot_minutes) - there
        for minute in range(missing):
            away = minute // day.slot_minutes
            times = 1.0 if away < ceil(people * 0.1) else 1.5 if away < ceil(people * 0.25) else 2.5
            total += day.lack[activity] * times / 60
        for minute in range(-missing):
            total += day.surplus * (1.0 if minute // day.slot_minutes < ceil(people * 0.25) else 2.0) / 60
    return total


def cheapest(day: TinyDay) -> float:
    """Return the lowest price of all that everybody may do."""
    choices = [
        [line for line in product(person.can, repeat=len(person.there)) if allowed(day, person, line)]
        for person in day.people
    ]
    return min(price(day, lines) for lines in product(*choices))
