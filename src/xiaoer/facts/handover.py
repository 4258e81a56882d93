"""Who was handed a buyer by a colleague, and who handed one on: read from the transfer lines of the buyer's day."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from xiaoer.facts.lines import Coded
from xiaoer.facts.walked import Flags, Ints

AT_NO_TIME = np.int64(2**62)


@dataclass(frozen=True)
class Handover:
    """For each contact: when a transfer line first named its account (AT_NO_TIME: never), whether it handed on."""

    received_at: Ints
    handed_over: Flags


def handovers(messages: pa.Table, coded: Coded, contacts: dict[str, Ints]) -> Handover:
    """Return what the transfer lines say of each contact.

    Accounts are told apart by the part after the colon, for a transfer line may leave the shop's own part out.
    """
    rows = np.flatnonzero(coded.lines.transfer)
    if len(rows) == 0:
        nobody = len(contacts["line"])
        return Handover(np.full(nobody, AT_NO_TIME), np.zeros(nobody, np.bool_))
    short = {name: place for place, name in enumerate(dict.fromkeys(map(_short, coded.agents.to_pylist())))}
    of_agent = np.array([short[_short(name)] for name in coded.agents.to_pylist()] or [0], np.int64)
    named = messages["transfer_to"].take(pa.array(rows)).cast(pa.string()).to_pylist()
    target = np.array([-1 if name is None else short.get(_short(name), -1) for name in named], np.int64)
    unit, sent_at, account = coded.lines.unit[rows], coded.lines.sent_at[rows], coded.lines.agent[rows]
    line = contacts["line"]
    place = coded.lines.unit[line] * (len(short) + 1) + of_agent[coded.lines.agent[line]]
    known = target >= 0
    received_at = _earliest(unit[known] * (len(short) + 1) + target[known], sent_at[known], wanted=place)
    onward = target != of_agent[account]
    agents = len(coded.agents) + 1
    gone = unit[onward] * agents + account[onward]
    return Handover(received_at, np.isin(coded.lines.unit[line] * agents + coded.lines.agent[line], gone))


def _short(account: str) -> str:
    return account.rpartition(":")[2]


def _earliest(keys: Ints, at: Ints, *, wanted: Ints) -> Ints:
    """Return for each wanted key the earliest time of that key, AT_NO_TIME where there is none."""
    found: npt.NDArray[np.int64] = np.full(len(wanted), AT_NO_TIME, np.int64)
    if len(keys) == 0:
        return found
    unique, inverse = np.unique(keys, return_inverse=True)
    first = np.full(len(unique), AT_NO_TIME, np.int64)
    np.minimum.at(first, inverse, at)
    position = np.minimum(np.searchsorted(unique, wanted), len(unique) - 1)
    hit = unique[position] == wanted
    found[hit] = first[position[hit]]
    return found
