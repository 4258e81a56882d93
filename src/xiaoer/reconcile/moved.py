"""The rows that move: what is counted in one tool and not in the other, or otherwise."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from xiaoer.metrics.explanation import ExplainedRow
from xiaoer.metrics.measure import Part


class Side(StrEnum):
    """Where a row counts."""

    THEIRS = "theirs"  # under the causes, so at the other tool only
    OURS = "ours"  # here only
    BOTH = "both"  # in both, with another amount


@dataclass(frozen=True)
class Moved:
    """One row that moves, with what it adds here and under the causes (None: it is not there)."""

    side: Side
    part: Part
    row: ExplainedRow
    ours: Fraction | None
    theirs: Fraction | None


def moved(ours: Sequence[ExplainedRow], theirs: Sequence[ExplainedRow]) -> tuple[Moved, ...]:
    """Return the rows that do not count alike, in the order of days and instants; equal rows cancel one by one."""
    here, there = _by_thing(ours), _by_thing(theirs)
    found: list[Moved] = []
    for thing in {**here, **there}:
        mine, other = _without_equal(here.get(thing, []), there.get(thing, []))
        pairs = min(len(mine), len(other))
        found += [
            Moved(Side.BOTH, one.part, one, one.adds, two.adds)
            for one, two in zip(mine[:pairs], other[:pairs], strict=True)
        ]
        found += [Moved(Side.OURS, one.part, one, one.adds, None) for one in mine[pairs:]]
        found += [Moved(Side.THEIRS, one.part, one, None, one.adds) for one in other[pairs:]]
    return tuple(sorted(found, key=_order))


_OF_INQUIRIES = frozenset({
    "converted", "credited_to_colleague", "not_paid_in_time", "ordered_silently", "after_sale", "not_ordered",
})  # fmt: skip
_Thing = tuple[Part, str, date, str | None, str | None, str | None, object]


def _by_thing(rows: Sequence[ExplainedRow]) -> dict[_Thing, list[ExplainedRow]]:
    things: dict[_Thing, list[ExplainedRow]] = defaultdict(list)
    for row in rows:
        # An order is one thing whenever it counts; a reception is one too, whichever order decides what became of it.
        named = row.reference if row.reason not in _OF_INQUIRIES else None
        start = None if named is not None else row.start_at
        things[row.part, row.shop, row.day, row.agent, row.buyer, named, start].append(row)
    return things


def _without_equal(
    mine: list[ExplainedRow], other: list[ExplainedRow]
) -> tuple[list[ExplainedRow], list[ExplainedRow]]:
    left = list(other)
    kept = []
    for row in mine:
        same = next((one for one in left if one.adds == row.adds), None)
        if same is None:
            kept.append(row)
        else:
            left.remove(same)
    return kept, left


def _order(one: Moved) -> tuple[str, ...]:
    row = one.row
    start = row.start_at.isoformat() if row.start_at else ""
    place = list(Part).index(one.part)
    return (str(place), str(row.day), start, row.agent or "", row.buyer or "", row.reference or "", one.side.value)
