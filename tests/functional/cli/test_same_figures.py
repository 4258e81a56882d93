"""Every metric's figure is the same text on the terminal as a spreadsheet makes of its number and number format."""

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.functional.cli.door import xiaoer
from xiaoer.actions.render.page import Page, mark_of

ASKED = ("report", "--from", "2024-09-01", "--to", "2024-09-30", "--metrics", "all")
SPOKEN = re.compile(r"(?:(\d+) 小时 )?(?:(\d+) 分 )?([\d.]+) 秒")


def formatted(value: object, number_format: str) -> str:
    """Return what a spreadsheet shows: the part for negative numbers, decimals, thousands, percent, literals."""
    if value is None or isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        assert number_format == "yyyy-mm-dd hh:mm:ss"
        return value.strftime("%Y-%m-%d %H:%M:%S")
    parts = re.sub(r'" ?([^"]*)"', r"\1", number_format).split(";")
    number = Decimal(str(value))
    if number < 0 and len(parts) > 1:
        parts, number = [parts[1].replace("[Red]", "")], -number
    shape = re.search(r"[#,]*0(?:\.(0+))?(%?)", parts[0])
    assert shape is not None, number_format
    places, percent = len(shape[1] or ""), shape[2]
    shown = (number * (100 if percent else 1)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{shown:,}" if "," in shape[0] else str(shown)
    return parts[0].replace(shape[0], text + percent)


def in_seconds(text: str) -> Decimal | None:
    """Return a duration in words as seconds; None when it is no duration."""
    spoken = SPOKEN.fullmatch(text)
    return Decimal(int(spoken[1] or 0) * 3600 + int(spoken[2] or 0) * 60) + Decimal(spoken[3]) if spoken else None


@pytest.fixture
def shown(shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[list[str]], Path]:
    """Return the page's cells as texts, and the workbook of the same report."""
    pages: list[Page] = []
    with monkeypatch.context() as patched:
        patched.setattr("xiaoer.cli.program.show", lambda page, _: pages.append(page))
        assert xiaoer(shop, *ASKED).code == 0
    file = tmp_path / "all.xlsx"
    assert xiaoer(shop, *ASKED, "-o", file).code == 0
    return [[cell.text + mark_of(cell) for cell in row] for row in pages[0].all_rows], file


def test_every_figure(shown: tuple[list[list[str]], Path]) -> None:
    texts, file = shown
    sheet = load_workbook(file).worksheets[0]
    compared = 0
    for row, line in zip(texts, sheet.iter_rows(min_row=2), strict=True):
        for text, cell in zip(row[1:], line[1:], strict=True):
            label = str(sheet.cell(1, cell.column).value)
            wanted = formatted(cell.value, cell.number_format)
            spoken = in_seconds(text.rstrip("●◐✎◌"))
            if spoken is None:
                assert text == wanted, label
            else:
                assert abs(spoken - Decimal(str(cell.value))) <= Decimal("0.5"), label
            compared += text != "–"
    assert compared > 200, "the shop has figures to compare"
