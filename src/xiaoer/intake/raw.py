"""Raw tables: what every reader gives, whatever the container; and the source it reads from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from xiaoer.base.issues import Issue, Place
from xiaoer.intake.reading import ReadOptions

HEAD_BYTES = 256 * 1024


@dataclass(frozen=True)
class Limits:
    """What is read at most, so that no file can take the machine down."""

    cell_characters: int = 100_000
    line_bytes: int = 4 * 1024 * 1024
    unpacked_bytes: int = 20 * 1024**3
    unpacked_ratio: int = 200  # a deflated text of real rows hardly passes 50
    workbook_bytes: int = 4 * 1024**3
    members: int = 10_000


@dataclass(frozen=True)
class Source:
    """One thing to read: a file on disk, or one member of a zip. `name` is how messages call it (sanitised)."""

    name: str
    opener: Callable[[], BinaryIO] = field(repr=False)
    path: Path
    member: str | None = None
    limits: Limits = Limits()
    called: str | None = None

    def open(self) -> BinaryIO:
        """Return a new binary stream at the start of the content."""
        return self.opener()

    @cached_property
    def head(self) -> bytes:
        """Return the first HEAD_BYTES of the content."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    @property
    def file_name(self) -> str:
        """Return the file's own name, without folder or archive."""
        return (self.member or self.whole_name).replace("\\", "/").rsplit("/", 1)[-1]

    @property
    def whole_name(self) -> str:
        """Return the name of the file or its archive, as its owner called it."""
        return self.called or self.path.name

    def place(self, *, line: int | None = None, sheet: str | None = None, column: str | None = None) -> Place:
        """Return a place in this source."""
        return Place(self.name, sheet=sheet, line=line, column=column)


@dataclass(frozen=True)
class RawBatch:
    """Consecutive rows: one array per header cell (strings, or typed where the container is), null where empty."""

    columns: tuple[pa.Array, ...]
    lines: pa.Array  # int64: the line (or sheet row) each row starts on, from 1


@dataclass(frozen=True)
class BadRow:
    """A row that is no row of the table (cut short, unreadable bytes …): it becomes a Rejected."""

    line: int | None
    cells: tuple[str, ...]
    issues: tuple[Issue, ...]


RawPiece = RawBatch | BadRow | Issue


@dataclass(frozen=True)
class RawTable:
    """One table of a source: its header is known, its rows are still to come (to be walked once)."""

    reader: str  # name in READERS
    source: Source
    sheet: str | None
    header: tuple[str, ...]
    header_line: int
    batches: Iterator[RawPiece]
    issues: tuple[Issue, ...] = ()  # said about the table as a whole
    above: tuple[str, ...] = ()  # what stands in the rows above the header: titles, periods
    exported_at: str | None = None  # when the source says it was exported, as it writes it


@dataclass(frozen=True)
class Reader:
    """A container: whether the content is one (from `source.head`), and its raw tables.

    `read` raises ReportableError when nothing of the source can be used.
    """

    recognises: Callable[[Source], bool]
    read: Callable[[Source, ReadOptions], Iterator[RawTable]]
