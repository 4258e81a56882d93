"""The lines of a text of any encoding, one at a time."""

from collections.abc import Iterator

from xiaoer.base.errors import ReportableError
from xiaoer.intake.encoding import utf8_chunks
from xiaoer.intake.raw import Source


def text_lines(source: Source) -> Iterator[tuple[int, str]]:
    """Yield (number, line) without its end; a ReportableError when a line is longer than the limit."""
    number, rest = 0, b""
    for chunk in utf8_chunks(source):
        lines = (rest + chunk).replace(b"\r\n", b"\n").split(b"\n")
        rest = lines.pop()
        for line in lines:
            number += 1
            yield number, line.removesuffix(b"\r").decode("utf-8", "replace")
        if len(rest) > source.limits.line_bytes:
            raise ReportableError.of(
                "chat.line_too_long",
                place=source.place(line=number + 1),
                values={"most": source.limits.line_bytes // 1024**2},
            )
    if rest:
        yield number + 1, rest.decode("utf-8", "replace")
