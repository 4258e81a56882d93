"""Issues are values: every problem found, where it is, and what the reader can do next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much an issue takes away."""

    ERROR = "error"  # nothing of the file (or request) could be used
    REJECTED = "rejected"  # one row was left out; it is kept in the rejected file
    WARNING = "warning"  # used, but the reader should know
    NOTE = "note"  # said for completeness


@dataclass(frozen=True)
class Place:
    """Where an issue was found; every part may be unknown. Lines count from 1, as an editor shows them."""

    file: str | None = None
    sheet: str | None = None
    line: int | None = None
    column: str | None = None


NOWHERE = Place()


@dataclass(frozen=True)
class Issue:
    """One problem: its code names a text of catalog/messages, its values fill that text in.

    Values must never hold what a customer said, is called or can be reached at: see mask.py for what may be shown.
    """

    code: str
    severity: Severity = Severity.ERROR
    place: Place = NOWHERE
    values: Mapping[str, str | int] = field(default_factory=dict)
