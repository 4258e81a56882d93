"""The documents of a JSON file, or of a file with one document per line; numbers stay as they are written."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.chat.text_lines import text_lines
from xiaoer.intake.encoding import encoding_of, head_text, is_text
from xiaoer.intake.raw import BadRow, Source

MOST_BYTES = 64 * 1024**2  # parsed, a document takes about ten times its size in memory
MOST_DEPTH = 60
_KEY = re.compile(r'"((?:[^"\\]|\\.){1,64})"\s*:')


def json_head(source: Source) -> frozenset[str]:
    """Return the keys seen in the first part of a JSON text; empty when it is none."""
    return _keys(source.head)


@lru_cache(maxsize=4)  # every JSON reader asks about the same head in turn
def _keys(head: bytes) -> frozenset[str]:
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1] not in (b"{", b"[") or not is_text(head):
        return frozenset()
    encoding, skip = encoding_of(head)
    return frozenset(_KEY.findall(head[skip:].decode(encoding, "replace")))


def documents(source: Source) -> Iterator[tuple[int, Any] | BadRow]:
    """Yield (line, document): the whole file, the members of a list at its top, or each line of a file of documents.

    A ReportableError when the file is no whole JSON, nests too deeply or is too large to hold;
    one broken line of many is a BadRow.
    """
    if _one_per_line(source):
        yield from _line_by_line(source)
        return
    with source.open() as stream:
        size = len(stream.read(MOST_BYTES + 1))
    if size > MOST_BYTES:
        values = {"most": MOST_BYTES // 1024**2}
        raise ReportableError.of("chat.json_too_large", place=source.place(), values=values)
    document = _parsed("\n".join(line for _, line in text_lines(source)), source, line=1)
    if isinstance(document, list):
        yield from ((1, member) for member in document)
    else:
        yield 1, document


def text_of(value: object) -> str | None:
    """Return a JSON value as text, numbers as written; null for null, lists and objects."""
    if value is None or isinstance(value, dict | list):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _one_per_line(source: Source) -> bool:
    lines = head_text(source).lstrip("\ufeff").split("\n", 2)
    if len(lines) < 2 or not lines[1].lstrip().startswith(("{", "[")):
        return False
    try:
        return isinstance(json.loads(lines[0]), dict)
    except (ValueError, RecursionError):
        return False


def _line_by_line(source: Source) -> Iterator[tuple[int, Any] | BadRow]:
    for number, line in text_lines(source):
        if not line.strip("\ufeff \t"):
            continue
        try:
            yield number, _parsed(line, source, line=number)
        except ReportableError as error:
            issues = tuple(Issue(issue.code, Severity.REJECTED, issue.place, issue.values) for issue in error.issues)
            yield BadRow(number, (line[: source.limits.cell_characters],), issues)


def _parsed(text: str, source: Source, *, line: int) -> Any:  # noqa: ANN401 -- a document can be anything
    try:
        document = json.loads(text.lstrip("\ufeff"), parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        at = line + error.lineno - 1
        raise ReportableError.of("chat.json_broken", place=source.place(line=at)) from None
    except RecursionError:
        raise ReportableError.of("chat.json_too_deep", place=source.place(line=line)) from None
    if _deeper(document, MOST_DEPTH):
        raise ReportableError.of("chat.json_too_deep", place=source.place(line=line))
    return document


def _deeper(document: object, most: int) -> bool:
    level = [document]
    for _ in range(most):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True
