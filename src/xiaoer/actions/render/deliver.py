"""A page to the screen or into a file, whole or not at all."""

import os
import tempfile
from pathlib import Path

from xiaoer.actions.render.book import Book
from xiaoer.actions.render.formats import FORMATS
from xiaoer.actions.render.page import Page, Screen
from xiaoer.base.errors import ReportableError
from xiaoer.base.near_names import near_names


def format_for(name: str | None, output: Path | None) -> str:
    """Return the format asked for, else that of the file's suffix, else a table; a ReportableError for none.

    A format that the file's suffix contradicts, and a file in a folder that does not exist, are refused.
    """
    if output is not None:
        _folder_exists(output)
    told = None if output is None else _format_of(output)
    if name is None:
        if output is not None and told is None:
            raise ReportableError.of("cli.unknown_suffix", values={"file": output.name, "known": ", ".join(FORMATS)})
        return told or "table"
    if name not in FORMATS:
        near = ", ".join(near_names(name, FORMATS) or FORMATS)
        raise ReportableError.of("cli.unknown_format", values={"name": name[:40], "near": near})
    if not FORMATS[name].shown and output is None:
        raise ReportableError.of("cli.needs_file", values={"format": name})
    if output is not None and told not in (None, name):
        values = {"format": name, "file": output.name, "suffix": FORMATS[name].suffixes[0]}
        raise ReportableError.of("cli.format_contradicts", values=values)
    return name


def _format_of(output: Path) -> str | None:
    suffix = output.suffix.lower()
    return next((known for known, format_ in FORMATS.items() if suffix in format_.suffixes), None)


def _folder_exists(output: Path) -> None:
    if not output.parent.is_dir():
        values = {"file": output.name, "folder": str(output.parent)}
        raise ReportableError.of("cli.no_output_folder", values=values)


def rendered(page: Page | Book, format_name: str, screen: Screen) -> bytes:
    """Return the bytes of a page or a book in a format."""
    format_ = FORMATS[format_name]
    if isinstance(page, Page):
        return format_.render(page, screen)
    assert format_.render_book is not None, "must_hold_several comes first"
    return format_.render_book(page, screen)


def holds_several(format_name: str) -> bool:
    """Return whether a format holds several pages."""
    return FORMATS[format_name].render_book is not None


def must_hold_several(format_name: str) -> None:
    """Do nothing for a format that holds several pages; else a ReportableError says which do."""
    if not holds_several(format_name):
        raise ReportableError.of("view.several", values={"format": format_name})


def write_whole(content: bytes, output: Path) -> None:
    """Put the content in place of the file in one move; a ReportableError says why a file can not be written."""
    _folder_exists(output)
    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o644)
            Path(name).replace(output)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ReportableError.of(
            "cli.not_writable", values={"file": str(output), "problem": error.strerror or ""}
        ) from None
