"""Phrases with slots, cut once and filled many times."""

import re
from collections.abc import Mapping
from functools import cache
from random import Random

from xiaoer.simulator.world import world

_SLOT = re.compile(r"\{(\w+)\}")


def pick(random: Random, choices: tuple[str, ...]) -> str:
    """Return one of the choices."""
    return choices[int(random.random() * len(choices))]


@cache
def _parts(phrase: str) -> tuple[str, ...]:
    """Return literal and slot texts in turn; odd places are slots."""
    return tuple(_SLOT.split(phrase))


def slots_of(phrase: str) -> frozenset[str]:
    """Return the names of a phrase's slots."""
    return frozenset(_parts(phrase)[1::2])


def fill(phrase: str, slots: Mapping[str, str], random: Random) -> str:
    """Return the phrase with its slots filled; small words are drawn anew each time; unknown is a KeyError."""
    parts = _parts(phrase)
    if len(parts) == 1:
        return phrase
    return "".join(part if place % 2 == 0 else _slot(part, slots, random) for place, part in enumerate(parts))


def _slot(name: str, slots: Mapping[str, str], random: Random) -> str:
    little = world().little_words.get(name)
    if little is not None:
        return pick(random, little)
    return f"{random.randrange(10_000):04d}" if name == "tail4" else slots[name]
