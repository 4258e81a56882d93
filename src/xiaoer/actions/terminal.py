"""The terminal: pages on the output stream, everything said beside them on the error stream, both UTF-8."""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

from xiaoer.actions.wording import word

if TYPE_CHECKING:  # pages bring the engine with them, which a help text should not wait for
    from xiaoer.actions.import_files import Advance
    from xiaoer.actions.render.book import Book
    from xiaoer.actions.render.page import Page
    from xiaoer.base.language import Language

SHOWN_ROWS = 30
LISTINGS = (
    "explain",
    "filtered",
    "calls_check",
    "reconcile",
    "plan_activities",
)  # pages that can be very long, cut on the screen only
SECONDS_BETWEEN = 0.1


@dataclass(frozen=True)
class Where:
    """Where a page goes: a format by name, a file, or both left open."""

    format: str | None = None
    output: Path | None = None
    json: bool = False


def show(page: "Page | Book", where: Where) -> None:
    """Show a page or book on the terminal, or write it into the file asked for and say so."""
    from xiaoer.actions.render.deliver import rendered, write_whole
    from xiaoer.actions.render.page import Screen

    name = "json" if where.json else where.format or "table"
    if where.output is not None:
        write_whole(rendered(page, name, Screen()), where.output)
        complain(word("written", page.language, file=where.output))
        return
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else None
    cut = SHOWN_ROWS if getattr(page, "name", "") in LISTINGS else None
    _write(rendered(page, name, Screen(width=width, color=terminal, most_rows=cut)))


def json_line(content: object) -> str:
    """Return a plain thing as one line of JSON."""
    return json.dumps(content, ensure_ascii=False)


def tell(text: str) -> None:
    """Write a text on the output stream."""
    _write(f"{text}\n".encode())


def _write(content: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def complain(text: str) -> None:
    """Write a text on the error stream."""
    sys.stderr.flush()
    sys.stderr.buffer.write(f"{text}\n".encode())
    sys.stderr.buffer.flush()


class Progress:
    """Progress on the error stream: each stage a line, and on a terminal the file under way on the line below."""

    def __init__(self, language: "Language") -> None:
        """Nothing is said yet."""
        self._language = language
        self._terminal = sys.stderr.isatty()
        self._open = False
        self._last = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def line(self, text: str) -> None:
        """Say one line."""
        self._end()
        complain(text)

    def advance(self, at: "Advance") -> None:
        """Say how far an import is, at most ten times a second."""
        now = monotonic()
        if not self._terminal or now - self._last < SECONDS_BETWEEN:
            return
        self._last, self._open = now, True
        text = word("reading", self._language, number=at.number, files=at.files, file=at.file, rows=f"{at.rows:,}")
        sys.stderr.write(f"\r\x1b[2K{text}")
        sys.stderr.flush()

    def _end(self) -> None:
        if self._open:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
            self._open = False


def called_as() -> str:
    """Return how this run was called, where the bare name would not find the program."""
    started = Path(sys.argv[0])
    return str(started) if started.name == "xiaoer" and shutil.which("xiaoer") is None else "xiaoer"
