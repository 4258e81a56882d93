"""Whose rows they are, and on whose clock."""

from dataclasses import dataclass

from xiaoer.base.days import Clock


@dataclass(frozen=True)
class Place:
    """A shop and its clock."""

    shop: str
    clock: Clock
