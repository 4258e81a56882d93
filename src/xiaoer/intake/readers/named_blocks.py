"""JSON of named blocks, each a list of records whose fields may be {"value": …}: a table for each block."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from xiaoer.base.errors import ReportableError
from xiaoer.intake.encoding import head_text
from xiaoer.intake.raw import RawTable, Reader, Source
from xiaoer.intake.readers.delimited import batch_of
from xiaoer.intake.readers.json_records import document
from xiaoer.intake.reading import ReadOptions

NAME = "blockKey"
MARKS = (f'"{NAME}"', '"sellerCS')
MOST_BLOCKS = 200


def recognises(source: Source) -> bool:
    """Tell whether the content is JSON that names its blocks."""
    text = head_text(source).lstrip("\ufeff \r\n\t")
    return text[:1] in ("{", "[") and any(mark in text for mark in MARKS)


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the table of each block that holds records; a ReportableError when there is none."""
    found = False
    for name, records in islice(_blocks(document(source), depth=4), MOST_BLOCKS):
        header = tuple(dict.fromkeys(str(key) for record in records for key in record))
        if not header:
            continue
        found = True
        rows = [[_text(record.get(key)) for key in header] for record in records]
        batches = iter([batch_of(rows, list(range(1, len(rows) + 1)))])
        yield RawTable("named_blocks", source, name, header, 1, batches)
    if not found:
        raise ReportableError.of("intake.no_records", place=source.place())


def _blocks(content: object, depth: int) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Yield the blocks: objects with a name and data, or lists and objects under a name of their own."""
    if not depth:
        return
    if isinstance(content, list):
        for item in content:
            yield from _blocks(item, depth - 1)
    elif isinstance(content, dict):
        if isinstance(name := content.get(NAME), str):
            yield name, _records(content.get("data"))
            return
        for key, value in content.items():
            if key.startswith("sellerCS"):
                yield key, _records(value)
            else:
                yield from _blocks(value, depth - 1)


def _records(data: object) -> list[Mapping[str, Any]]:
    if isinstance(data, dict):
        return _records(data["data"]) if isinstance(data.get("data"), list) else [data]
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def _text(value: object) -> str:
    if isinstance(value, dict):
        return _text(value.get("value"))
    if value is None or isinstance(value, list):
        return ""
    return value if isinstance(value, str) else json.dumps(value)


READER = Reader(recognises, read)
