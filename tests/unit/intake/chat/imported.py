"""A made file read from the door of intake: its rows, its rejected rows and what was said of it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from xiaoer.base.errors import ReportableError
from xiaoer.intake import ReadOptions, Rejected, Rows, Totals, read_file

SHOP = "向阳小铺"
XIAOHE = "向阳小铺:小禾"


@dataclass
class Imported:
    """What came out."""

    platform: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[tuple[int | None, list[str]]] = field(default_factory=list)  # line, codes
    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def column(self, name: str) -> list[Any]:
        """Return one column of the rows."""
        return [row[name] for row in self.rows]


def imported(folder: Path, content: str | bytes, *, name: str = "file.txt", shop: str = SHOP) -> Imported:
    """Return the reading of a file with the content; a refusal gives its codes."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = Imported()
    try:
        reading = read_file(path, ReadOptions(shop))
        found.platform = reading.platform
        for piece in reading.pieces:
            if isinstance(piece, Rows):
                found.rows += piece.batch.to_pylist()
            elif isinstance(piece, Rejected):
                found.rejected.append((piece.place.line, [issue.code for issue in piece.issues]))
            elif not isinstance(piece, Totals):
                found.said[piece.code] = dict(piece.values)
    except ReportableError as refusal:
        found.refused = [issue.code for issue in refusal.issues]
    return found


def stored(*parts: int) -> datetime:
    """Return an instant as canonical rows hold it: UTC without an offset."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc, arg-type]
