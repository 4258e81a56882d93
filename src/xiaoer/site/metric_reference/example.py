"""A worked example of a metric as tables: the rows that go in, and the figures that come out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xiaoer.base.language import Language
from xiaoer.base.tables import canonical_tables


@dataclass(frozen=True)
class SmallTable:
    """A small table of texts."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ExampleShown:
    """One example: what goes in, which settings it is computed with, of which days, what comes out."""

    title: str
    inputs: tuple[SmallTable, ...]
    settings: tuple[tuple[str, str], ...]
    days: str
    result: SmallTable


def example_shown(example: Mapping[str, Any], language: Language) -> ExampleShown:
    """Return an example as its page shows it."""
    tables = canonical_tables()
    asked = example["report"]
    first, last = str(asked["from"]), str(asked["to"])
    return ExampleShown(
        example["title"][language],
        tuple(
            small_table(tables[name].label.in_language(language) if name in tables else name, text)
            for name, text in example["tables"].items()
        ),
        tuple(example["settings"].items()),
        first if first == last else f"{first} – {last}",
        small_table("", example["rows"]),
    )


def small_table(title: str, text: str) -> SmallTable:
    """Return a table written with bars; rows that are shorter than the head are filled."""
    lines = [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]
    head, *rows = lines
    return SmallTable(title, head, tuple((*row, *[""] * (len(head) - len(row))) for row in rows))
