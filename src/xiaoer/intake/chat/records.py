"""Records inside JSON documents, wherever they are nested, and what the objects around them say."""

from collections.abc import Iterator, Mapping
from typing import Any

from xiaoer.intake.chat.json_documents import text_of

Record = dict[str, Any]


def records(document: object, *wanted: str) -> Iterator[tuple[Record, tuple[Record, ...]]]:
    """Yield every object with all the keys wanted, in the order written, and the objects around it, nearest first."""
    stack: list[tuple[object, tuple[Record, ...]]] = [(document, ())]
    while stack:
        value, around = stack.pop()
        inside: list[object] = []
        if isinstance(value, dict):
            if all(key in value for key in wanted):
                yield value, around
            inside, around = list(value.values()), (value, *around)
        elif isinstance(value, list):
            inside = value
        stack += [(inner, around) for inner in reversed(inside) if isinstance(inner, dict | list)]


def first_text(record: Mapping[str, Any], *names: str) -> str | None:
    """Return the first of the fields that is there and not empty, as text."""
    for name in names:
        if text := text_of(record.get(name)):
            return text
    return None


def text_around(around: tuple[Record, ...], *names: str) -> str | None:
    """Return the field from the nearest object around, or from one beside it such as the request of a response."""
    for record in around:
        beside = [value for value in record.values() if isinstance(value, dict)]
        for place in (record, *beside):
            if text := first_text(place, *names):
                return text
    return None
