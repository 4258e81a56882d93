"""The chats of a slice of a day as arrays: nothing is looped over but days and slices."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from xiaoer.simulator.wall_time import HOUR_SECONDS
from xiaoer.simulator.world import world

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

MEAN_LENGTH = 9.0
RETURNING_SHARE = 0.2
SECOND_AGENT_SHARE = 0.06
UNANSWERED_SHARE = 0.02
AUTO_SHARE = 0.08
TIE_SHARE = 0.05
LONG_SILENCE_SHARE = 0.02


@dataclass(frozen=True)
class SliceOfChats:
    """Messages of whole chats, in order of buyer's chat and time."""

    chat: Ints
    buyer: Ints
    agent: Ints
    at: Ints  # wall seconds
    by_buyer: Flags
    auto: Flags
    first_row: Ints  # of every chat


def slice_of_chats(
    random: np.random.Generator, *, messages: int, day_start: int, agents: int, first_buyer: int
) -> SliceOfChats:
    """Return about so many messages of chats that start on the day; new buyers are numbered from `first_buyer`."""
    chats = max(1, int(messages / MEAN_LENGTH))
    lengths = np.minimum(1 + random.poisson(MEAN_LENGTH - 1, chats), 60)
    ends = np.cumsum(lengths)
    first_row = ends - lengths
    chat = np.repeat(np.arange(chats), lengths)
    place = np.arange(int(ends[-1])) - first_row[chat]
    by_buyer = _speakers(random, place, unanswered=(random.random(chats) < UNANSWERED_SHARE)[chat])
    auto = ~by_buyer & (place == 1) & (random.random(len(chat)) < AUTO_SHARE / 0.8)
    speed = 12.0 + 50.0 * (np.arange(agents) / max(1, agents - 1)) ** 2
    agent = _agents(random, chats, agents, lengths, chat, place)
    at = _times(random, place=place, by_buyer=by_buyer, wait=speed[agent], first_row=first_row, chat=chat)
    return SliceOfChats(chat, _buyers(random, chats, first_buyer)[chat], agent,
                        at + _starts(random, chats, day_start)[chat], by_buyer, auto, first_row)  # fmt: skip


def _speakers(random: np.random.Generator, place: Ints, *, unanswered: Flags) -> Flags:
    turn = (place % 2 == 0) ^ ((place > 0) & (random.random(len(place)) < 0.22))
    return np.asarray(turn | unanswered)


def _agents(random: np.random.Generator, chats: int, agents: int, lengths: Ints, chat: Ints, place: Ints) -> Ints:
    share = 1.0 / (1.0 + np.arange(agents) / agents)
    first, second = (random.choice(agents, size=chats, p=share / share.sum()) for _ in range(2))
    leaves = np.where(random.random(chats) < SECOND_AGENT_SHARE, lengths // 2, lengths)
    return np.where(place < leaves[chat], first[chat], second[chat])


def _buyers(random: np.random.Generator, chats: int, first_buyer: int) -> Ints:
    known = max(1, first_buyer + chats // 2)
    returning = random.random(chats) < RETURNING_SHARE
    return np.where(returning, random.integers(0, known, chats), first_buyer + np.arange(chats))


def _starts(random: np.random.Generator, chats: int, day_start: int) -> Ints:
    hours = np.asarray(world().hours)
    hour = random.choice(24, size=chats, p=hours / hours.sum())
    return day_start + hour * HOUR_SECONDS + random.integers(0, HOUR_SECONDS, chats)


def _times(
    random: np.random.Generator,
    *,
    place: Ints,
    by_buyer: Flags,
    wait: Floats,
    first_row: Ints,
    chat: Ints,
) -> Ints:
    """Return seconds since the chat's start: agents by their speed, buyers think, some silences are long."""
    drawn = random.standard_exponential(len(place), dtype=np.float32)
    gap = (np.where(by_buyer, 20.0, wait) * drawn).astype(np.int64) + 1
    special = random.random(len(place), dtype=np.float32)
    gap[special < TIE_SHARE] = 0
    gap[special > 1.0 - LONG_SILENCE_SHARE] += 600
    gap[place == 0] = 0
    total = np.cumsum(gap)
    return total - total[first_row][chat]
