"""Which conversations people read: drawn without choosing, and shared out so that everybody has equally many."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How conversations are drawn."""

    ALL = "all"
    SHARE = "share"  # so many of a hundred
    COUNT = "count"
    AGENT = "agent"  # so many of each account
    RISK = "risk"  # the riskiest first


@dataclass(frozen=True, order=True)
class Drawn:
    """A conversation: a local day, account and buyer."""

    day: str
    agent: str
    buyer: str


@dataclass(frozen=True)
class Share:
    """A conversation that somebody reads; of several who read one, the judgement of one `counts`."""

    drawn: Drawn
    reader: int
    counts: bool


def drawn(conversations: Sequence[Drawn], way: Way, number: int, *, seed: str) -> list[Drawn]:
    """Return the conversations drawn; the same ones for the same seed, whatever the order in which they come.

    By share at least one. By risk they must come in the order of risk. Else the order drawn is the order to read.
    """
    if way is Way.RISK:
        return list(conversations[:number])
    ordered = sorted(conversations, key=lambda one: (_lot(seed, one), one))
    if way is Way.ALL:
        return ordered
    if way is Way.SHARE:
        return ordered[: -(-len(ordered) * number // 100)]
    if way is Way.COUNT:
        return ordered[:number]
    taken: dict[str, int] = {}
    chosen = []
    for one in ordered:
        if taken.get(one.agent, 0) < number:
            taken[one.agent] = taken.get(one.agent, 0) + 1
            chosen.append(one)
    return chosen


def shared_out(
    conversations: Sequence[Drawn], readers: Sequence[int], *, each: int = 1, own: Callable[[int, Drawn], bool]
) -> list[Share]:
    """Return who reads what: each conversation by `each` readers, everybody as many as the others, give or take one.

    Nobody reads what is their own; where too few are left, fewer read it, and what nobody may read is left out.
    """
    load, counting = dict.fromkeys(readers, 0), dict.fromkeys(readers, 0)
    shares = []
    for one in conversations:
        may = sorted((reader for reader in readers if not own(reader, one)), key=lambda reader: (load[reader], reader))
        chosen = may[:each]
        first = min(chosen, key=lambda reader: (counting[reader], reader), default=None)
        for reader in chosen:
            load[reader] += 1
            counting[reader] += reader == first
            shares.append(Share(one, reader, reader == first))
    return shares


def _lot(seed: str, one: Drawn) -> str:
    return hashlib.sha256("\0".join((seed, one.day, one.agent, one.buyer)).encode()).hexdigest()
