"""One number of an appraisal and how it came about; nodes name each other, so together they are the tree."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

Fact = Decimal | str | None


class Node(NamedTuple):
    """A value, the word that says what was done, the numbers it was done with, the names of the values it uses.

    `grade` is the name of a band, where bands have names; an unknown value is None.
    """

    value: Decimal | None
    how: str
    facts: Mapping[str, Fact] = {}
    uses: tuple[str, ...] = ()
    grade: str | None = None


def unknown(uses: tuple[str, ...]) -> Node:
    """Return the node of a value that can not be known, since one that it uses is not."""
    return Node(None, "unknown", {}, uses)
