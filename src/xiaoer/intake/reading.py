"""What reading a file is asked with, and what comes back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

import pyarrow as pa

from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Clock, Period
from xiaoer.base.issues import Issue, Place


@dataclass(frozen=True)
class ReadOptions:
    """Whose file it is and how local times in it are read; platform "auto" lets the file speak for itself."""

    shop: str
    platform: str = "auto"
    clock: Clock = field(default_factory=Clock)
    catalog: Catalog = field(default_factory=Catalog)
    period: Period | None = None  # the days of a report that does not say them itself
    called: str | None = None  # what its owner called a file that is kept under another name


@dataclass(frozen=True)
class Rows:
    """Canonical rows of one table: a batch in canonical_tables()[table].schema."""

    table: str
    batch: pa.RecordBatch


@dataclass(frozen=True)
class Rejected:
    """One row of the source that was left out: its cells as they were, and everything that is wrong with it."""

    table: str
    place: Place
    header: tuple[str, ...]
    cells: tuple[str, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class Totals:
    """Control totals of one source table over all its rows, accepted or not, by the source's own header."""

    table: str
    sums: Mapping[str, Decimal]


Piece = Rows | Rejected | Totals | Issue


@dataclass(frozen=True)
class Reading:
    """A file being read: what it was recognised as and why, when it was exported if known, and its pieces."""

    platform: str
    why: Issue
    exported_at: datetime | None
    pieces: Iterator[Piece]
