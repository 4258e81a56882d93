"""The lines of a text of any encoding, one at a time."""

from collections.abc import Iterator

from xiaoer.base.errors import ReportableError
from xiaoer.intake.encoding import utf8_chunks
from xiaoer.intake.raw import Source


def text_lines(source: Source) -> Iterator[tuple[int, str]]:
    """Yield (number, line) without its end; a ReportableError when a line is longer than the limit."""
    number, rest = 0, b""
    for chunk in utf8_chunks(source):
        text = rest + chunk
        open_end = b"\r" if text.endswith(b"\r") else b""  # a line feed may follow in the next chunk
        lines = text.removesuffix(b"\r").replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        rest = lines.pop() + open_end
        for line in lines:
            number += 1
            yield number, line.decode("utf-8", "replace")
        if len(rest) > source.limits.line_bytes:
            raise ReportableError.of(
                "chat.line_too_long",
                place=source.place(line=number + 1),
                values={"most": source.limits.line_bytes // 1024**2},
            )
    if rest := rest.removesuffix(b"\r"):
        yield number + 1, rest.decode("utf-8", "replace")
