"""JSON of flat records: a list of objects, an object that holds one, or one object per line (jsonl), if only one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.encoding import head_text, utf8_chunks
from xiaoer.intake.raw import BadRow, Limits, RawPiece, RawTable, Reader, Source
from xiaoer.intake.readers.blocks import Overlong
from xiaoer.intake.readers.delimited import batch_of
from xiaoer.intake.reading import ReadOptions

RECORDS_FOR_HEADER = 1_000
BATCH_ROWS = 16_384
LARGEST_DOCUMENT_BYTES = 256 * 1024**2
Item = tuple[int, dict[str, Any] | BadRow]


def recognises(source: Source) -> bool:
    """Tell whether the content begins like JSON."""
    return head_text(source).lstrip("\ufeff \r\n\t")[:1] in ("{", "[")


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the table of the records; a ReportableError when it is no JSON or holds no records."""
    items = _items(source)
    first = list(islice(items, RECORDS_FOR_HEADER))
    header = tuple(dict.fromkeys(key for _, item in first if isinstance(item, dict) for key in item))
    if not header:
        raise ReportableError.of("intake.no_records", place=source.place())
    yield RawTable("json_records", source, None, header, 1, _pieces(chain(first, items), header, source))


def _pieces(items: Iterator[Item], header: tuple[str, ...], source: Source) -> Iterator[RawPiece]:
    columns = {name: index for index, name in enumerate(header)}
    unseen: set[str] = set()
    while some := list(islice(items, BATCH_ROWS)):
        rows: list[list[str]] = []
        lines: list[int] = []
        for line, item in some:
            if isinstance(item, BadRow):
                yield item
                continue
            row = [""] * len(header)
            for name, value in item.items():
                if name in columns:
                    row[columns[name]] = _text(value)
                else:
                    unseen.add(name)
            rows.append(row)
            lines.append(line)
        if rows:
            yield batch_of(rows, lines)
    if unseen:
        yield Issue("intake.late_columns", Severity.WARNING, source.place(), {"count": len(unseen)})


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def _items(source: Source) -> Iterator[Item]:
    if _is_one_per_line(source):
        yield from _lines(source)
        return
    content = document(source)
    records = records_in(content) or _alone(content)
    for number, record in enumerate(records, start=1):
        if isinstance(record, dict):
            yield number, record
        else:
            yield number, BadRow(number, (_text(record)[:1000],), (_no_record(source, number),))


def _alone(content: object) -> list[object]:
    """Return the content as the one record where it is flat: a file of one object per line may have one line."""
    flat = isinstance(content, dict) and not any(isinstance(value, dict | list) for value in content.values())
    return [content] if flat and content else []


def _is_one_per_line(source: Source) -> bool:
    lines = head_text(source).lstrip("\ufeff \r\n\t").splitlines()
    if not lines or not lines[0].startswith("{"):
        return False
    return isinstance(parse(lines[0]), dict) and len([line for line in lines[:50] if line.strip()]) > 1


def _lines(source: Source) -> Iterator[Item]:
    for block in _blocks(source, source.limits):
        if isinstance(block, Overlong):
            issue = Issue("intake.line_too_long", Severity.REJECTED, source.place(line=block.line))
            yield block.line, BadRow(block.line, (block.start.decode("utf-8", "ignore"),), (issue,))
            continue
        for offset, line in enumerate(block.data.decode("utf-8").split("\n")[:-1]):
            number = block.first_line + offset
            if not line.strip("\ufeff \r\t"):
                continue
            record = parse(line.lstrip("\ufeff"))
            if isinstance(record, dict):
                yield number, record
            else:
                yield number, BadRow(number, (line[: source.limits.cell_characters],), (_no_record(source, number),))


@dataclass(frozen=True)
class _Lines:
    """Whole lines as UTF-8, and the number of the first."""

    data: bytes
    first_line: int


def _blocks(source: Source, limits: Limits) -> Iterator[_Lines | Overlong]:
    """Yield blocks of whole lines: quotes say nothing about line ends in JSON, so only newlines are looked at."""
    carry, line, skipping = b"", 1, False
    for chunk in utf8_chunks(source):
        data = carry + chunk
        if skipping:
            end = data.find(b"\n")
            if end < 0:
                continue
            data, skipping, line = data[end + 1 :], False, line + 1
        cut = data.rfind(b"\n") + 1
        if cut:
            yield _Lines(data[:cut], line)
            line += data.count(b"\n", 0, cut)
        carry = data[cut:]
        if len(carry) > limits.line_bytes:
            yield Overlong(carry[:4096], line)
            carry, skipping = b"", True
    if carry:
        yield _Lines(carry + b"\n", line)


def document(source: Source) -> object:
    """Return the content of a JSON document; a ReportableError when it is none, or too large to hold."""
    parts: list[bytes] = []
    size = 0
    for chunk in utf8_chunks(source):
        size += len(chunk)
        if size > LARGEST_DOCUMENT_BYTES:
            raise ReportableError.of("intake.json_too_large", place=source.place())
        parts.append(chunk)
    content = parse(b"".join(parts).decode("utf-8").lstrip("\ufeff"))
    if content is None:
        raise ReportableError.of("intake.not_json", place=source.place())
    return content


def parse(text: str) -> object:
    """Return the JSON value with numbers as they are written (ids stay whole), or None when it is no JSON."""
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=lambda _: "")
    except (ValueError, RecursionError):
        return None


def records_in(content: object, depth: int = 4) -> list[object]:
    """Return the content's list of records: itself, or the longest list of objects inside it."""
    if isinstance(content, list):
        return content if any(isinstance(item, dict) for item in content) else []
    if not isinstance(content, dict) or not depth:
        return []
    lists = [records_in(value, depth - 1) for value in content.values()]
    return max(lists, key=len, default=[])


def _no_record(source: Source, line: int) -> Issue:
    return Issue("intake.not_a_record", Severity.REJECTED, source.place(line=line))


JSON_RECORDS = Reader(recognises, read)
