"""Every platform of the catalog: labelled, explained, and its worked examples come out as written."""

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Clock, Period
from xiaoer.base.tables import canonical_tables
from xiaoer.intake import Piece, ReadOptions, Rejected, Rows, read_file
from xiaoer.intake.platform import Example, Platform
from xiaoer.intake.readers import READERS
from xiaoer.intake.rules import RULES
from xiaoer.intake.vocabulary import platforms

PLATFORMS = platforms(Catalog())
EXAMPLES = [
    pytest.param(name, example, id=f"{name}-{example.name}")
    for name, platform in PLATFORMS.items()
    for example in platform.examples
]


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_platform_is_explained_and_has_two_examples(name: str) -> None:
    platform = PLATFORMS[name]
    words = [platform.label.zh, platform.label.en, platform.why.zh, platform.why.en]
    assert all(text.strip() for text in words)
    assert len(platform.examples) >= 2
    assert len({example.name for example in platform.examples}) == len(platform.examples)
    assert any("missing" in example.name for example in platform.examples)


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_platform_names_only_what_there_is(name: str) -> None:
    for layout in PLATFORMS[name].layouts:
        assert set(layout.readers) <= {"table", *READERS}
        for target in layout.tables:
            table = canonical_tables()[target.table]
            assert set(target.columns) <= {column.name for column in table.columns}
            assert set(table.required) - {"shop"} <= set(target.columns), layout.name
            assert {how.rule for how in target.columns.values() if how.rule} <= set(RULES)
            for column, how in target.columns.items():
                choices = table.column(column).choices
                if choices:
                    given = {*how.values.values(), *how.contains.values(), *filter(None, [how.constant])}
                    assert given <= set(choices), (layout.name, column)


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_comes_out_as_written(name: str, example: Example, tmp_path: Path) -> None:
    path = written(example, tmp_path)

    period = Period(*example.period) if example.period else None
    reading = read_file(path, ReadOptions(example.shop, clock=Clock(ZoneInfo(example.zone)), period=period))
    pieces = list(reading.pieces)

    assert reading.platform == name
    assert rows_of(pieces) == {table: [dict(row) for row in rows] for table, rows in expected(example).items()}
    assert [issue.code for piece in pieces if isinstance(piece, Rejected) for issue in piece.issues] == list(
        example.rejected
    )
    said = {piece.code for piece in pieces if not isinstance(piece, Rows | Rejected) and hasattr(piece, "code")}
    assert set(example.issues) <= said


def test_a_wrong_example_would_be_noticed(tmp_path: Path) -> None:
    platform: Platform = PLATFORMS["canonical"]
    example = next(example for example in platform.examples if example.name == "messages_csv")
    pieces = list(read_file(written(example, tmp_path), ReadOptions(example.shop)).pieces)
    wrong = expected(example)["messages"]
    wrong[0]["text"] = "另一句"
    assert rows_of(pieces) != {"messages": wrong}


def written(example: Example, folder: Path) -> Path:
    """Return the file of the example."""
    path = folder / example.file_name
    if example.content is not None:
        path.write_text(example.content, encoding="utf-8")
        return path
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([example.header, *example.rows])
    return path


def expected(example: Example) -> dict[str, list[dict[str, object]]]:
    """Return the rows that the example gives, with numbers compared as numbers."""
    return {
        table: [{name: comparable(value) for name, value in row.items()} for row in rows]
        for table, rows in example.gives.items()
    }


def rows_of(pieces: list[Piece]) -> dict[str, list[dict[str, object]]]:
    """Return the canonical rows by table, without empty values, the shop and the row number."""
    found: dict[str, list[dict[str, object]]] = {}
    for piece in pieces:
        if isinstance(piece, Rows):
            for row in piece.batch.to_pylist():
                kept = {name: value for name, value in row.items() if value is not None}
                kept = {name: comparable(value) for name, value in kept.items() if name not in ("shop", "source_row")}
                found.setdefault(piece.table, []).append(kept)
    return found


def comparable(value: object) -> object:
    """Return the value as an example writes it, numbers as numbers."""
    if isinstance(value, datetime):
        return value.isoformat() + "Z"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    try:
        return Decimal(text).normalize()
    except ArithmeticError:
        return text
