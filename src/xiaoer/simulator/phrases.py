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
    """Return the phrase with its slots filled; small words are drawn anew at every use. An unknown slot is a KeyError."""
    parts = _parts(phrase)
    if len(parts) == 1:
        return phrase
    little = world().little_words
    filled = [
        part
        if place % 2 == 0
        else (pick(random, little[part]) if part in little else f"{random.randrange(10000):04d}" if part == "tail4" else slots[part])
        for place, part in enumerate(parts)
    ]
    return "".join(filled)
