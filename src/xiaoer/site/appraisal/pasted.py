"""Tables as people paste them out of a spreadsheet, as files that the engine reads."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from xiaoer.actions.appraise_given import Wanted

AGENT, REASON, AUTHOR = "客服", ("原因", "理由", "reason"), ("填写人", "批准人", "author")
LONGEST = 200
_BLANK = re.compile(r"\n[ \t,，]*\n+")


def write_tables(text: str, folder: Path, *, author: str) -> list[Path]:
    """Return the tables of a text as CSV files, one for each block between empty lines.

    A table of sums with reasons and nobody's name is signed by whoever pasted it.
    """
    files = []
    blocks = [block for block in _BLANK.split(text.replace("\r\n", "\n").strip()) if block.strip()]
    for number, block in enumerate(blocks, start=1):
        rows = [_cells(line) for line in block.splitlines()]
        header = [cell.strip() for cell in rows[0]]
        if set(REASON) & set(header) and not set(AUTHOR) & set(header):
            rows = [[*_padded(row, len(header)), AUTHOR[0] if row is rows[0] else author] for row in rows]
        file = folder / f"{number}.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
        files.append(file)
    return files


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return line.split("\t")
    try:
        return next(csv.reader([line.replace("，", ",")]), [])
    except csv.Error:  # a cell as long as a book: no table has one
        return [line[:LONGEST]]


def _padded(row: list[str], width: int) -> list[str]:
    return (row + [""] * width)[:width]


def empty_tables(wanted: Sequence[Wanted], agents: Sequence[str]) -> str:
    """Return a text to fill in: a row for each agent and a column for each value; empty where nothing is asked for."""
    columns = [one.label for one in wanted if not one.by_hand]
    if not columns:
        return ""
    return "\n".join(
        "\t".join(row) for row in ([AGENT, *columns], *([agent, *[""] * len(columns)] for agent in agents))
    )
