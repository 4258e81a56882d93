"""A page to the screen or into a file, whole or not at all."""

import os
import tempfile
from pathlib import Path

from xiaoer.actions.render.formats import FORMATS
from xiaoer.actions.render.page import Page, Screen
from xiaoer.base.errors import ReportableError
from xiaoer.base.near_names import near_names


def format_for(name: str | None, output: Path | None) -> str:
    """Return the format asked for, else that of the file's suffix, else a table; a ReportableError for none."""
    if name is not None:
        if name not in FORMATS:
            near = ", ".join(near_names(name, FORMATS) or FORMATS)
            raise ReportableError.of("cli.unknown_format", values={"name": name[:40], "near": near})
        if not FORMATS[name].shown and output is None:
            raise ReportableError.of("cli.needs_file", values={"format": name})
        return name
    if output is None:
        return "table"
    for known, format_ in FORMATS.items():
        if output.suffix.lower() in format_.suffixes:
            return known
    raise ReportableError.of("cli.unknown_suffix", values={"file": output.name, "known": ", ".join(FORMATS)})


def rendered(page: Page, format_name: str, screen: Screen) -> bytes:
    """Return the page's bytes in a format."""
    return FORMATS[format_name].render(page, screen)


def write_whole(content: bytes, output: Path) -> None:
    """Put the content in place of the file in one move; a ReportableError says why a file can not be written."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
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
