"""How a delimited text is delimited: told from its first lines."""

import csv
from collections.abc import Set

from xiaoer.intake.header import find_header

DELIMITERS = (",", "\t", ";", "|", "，")


def delimiter_of(text: str, known: Set[str]) -> str | None:
    """Return the delimiter that gives the best known header, else the most even columns; None when there is none."""
    lines = [line for line in text.splitlines()[:40] if line.strip()]
    scores = {delimiter: _score(lines, delimiter, known) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > (0, 0, 0) else None


def _score(lines: list[str], delimiter: str, known: Set[str]) -> tuple[int, int, int]:
    rows = [row for row in _parsed(lines, delimiter) if len(row) > 1]
    if not rows:
        return (0, 0, 0)
    header = find_header(rows, known)
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=widths.count)
    return (header.known if header else 0, widths.count(usual), usual)


def _parsed(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return [line.split(delimiter) for line in lines]
