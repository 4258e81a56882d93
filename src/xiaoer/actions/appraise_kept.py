"""Months of appraisal in the data folder: documents named by content, written once, and a log of what holds."""

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from xiaoer.actions.home import must_have_data
from xiaoer.appraisal.kept import KeptMonth, name_of, read_document
from xiaoer.base.errors import ReportableError
from xiaoer.store.home import Home

DRAFT, REVIEW, CLOSED = "draft", "review", "closed"


@dataclass(frozen=True)
class Entry:
    """One line of the log: which month of a shop became what, when, by whom, and why against which checks."""

    at: str
    what: str
    shop: str
    month: str
    document: str
    author: str
    despite: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Months:
    """The months of a shop that are kept: closed ones, and those that are drafts or under review."""

    folder: Path
    entries: dict[str, Entry]
    history: dict[str, list[Entry]] = field(default_factory=dict)  # every line of each month, the first first

    def document(self, month: str) -> bytes:
        """Return the document of a month; a ReportableError when it was changed or lost."""
        entry = self.entries[month]
        try:
            content = (self.folder / f"{entry.document}.json").read_bytes()
        except OSError:
            raise ReportableError.of("appraisal.document_lost", values={"month": month}) from None
        if name_of(content) != entry.document:
            raise ReportableError.of("appraisal.document_changed", values={"month": month})
        return content

    def kept(self, month: str) -> KeptMonth:
        """Return a kept month."""
        return read_document(self.document(month))

    def is_closed(self, month: str) -> bool:
        """Return whether a month is closed."""
        return month in self.entries and self.entries[month].what == CLOSED

    @property
    def closed(self) -> list[str]:
        """Return the closed months, ascending."""
        return sorted(month for month in self.entries if self.is_closed(month))


def months_of(home: Path, shop: str) -> Months:
    """Return the kept months of a shop; the latest entry of a month holds, and nothing comes after a closed one."""
    folder = Home(home).appraisal
    entries: dict[str, Entry] = {}
    history: dict[str, list[Entry]] = {}
    for entry in _log(folder):
        before = entries.get(entry.month)
        if entry.shop == shop and (before is None or before.what != CLOSED):
            entries[entry.month] = entry
            history.setdefault(entry.month, []).append(entry)
    return Months(folder, entries, history)


def _log(folder: Path) -> list[Entry]:
    try:
        lines = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            row = json.loads(line)
        except ValueError:
            continue  # a line cut short by a crash: what it announced was never said to be done
        found.append(Entry(**{**row, "despite": tuple(row["despite"])}))
    return found


def keep(home: Path, entry: Entry, document: bytes) -> Entry:
    """Write a document and its line of the log; a ReportableError when the month was closed meanwhile."""
    must_have_data(home)
    place = Home(home)
    with place.writing():
        if months_of(home, entry.shop).is_closed(entry.month):
            raise ReportableError.of("appraisal.closed_already", values={"month": entry.month})
        folder = place.appraisal
        folder.mkdir(exist_ok=True)
        file = folder / f"{name_of(document)}.json"
        if not file.exists():
            _write(file, document)
        line = json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True)
        with (folder / "log.jsonl").open("ab") as log:
            ended = log.tell() == 0 or _last_byte(folder / "log.jsonl") == b"\n"
            log.write((b"" if ended else b"\n") + line.encode() + b"\n")
            log.flush()
            os.fsync(log.fileno())
    return entry


def _last_byte(file: Path) -> bytes:
    with file.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read(1)


def _write(file: Path, content: bytes) -> None:
    under_way = file.with_suffix(".part")
    with under_way.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    under_way.replace(file)


def entry_of(what: str, kept: KeptMonth, document: bytes, *, author: str) -> Entry:
    """Return the line of the log for a document, as of now."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return Entry(at, what, kept.shop, kept.month, name_of(document), author)
