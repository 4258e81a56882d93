"""The rows that were left out, one CSV per source header, each with its line and reason: to be fixed and imported."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

REJECTED_LINE, REJECTED_REASON = "xiaoer_line", "xiaoer_reason"  # the two columns a rejected file has more


class RejectedRows:
    """Writes rejected rows into a folder; nothing is made while there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[tuple[str, ...], TextIO] = {}
        self.count = 0

    def add(self, header: Sequence[str], cells: Sequence[str], *, line: int | None, reason: str) -> None:
        """Append one row to the file of its header."""
        known = tuple(header)
        file = self._open.get(known)
        if file is None:
            path = self._folder / f"rejected-{len(self._open) + 1}.csv"
            file = self._open[known] = path.open("w", encoding="utf-8-sig", newline="")
            csv.writer(file).writerow([*known, REJECTED_LINE, REJECTED_REASON])
        csv.writer(file).writerow([*cells, *[""] * (len(known) - len(cells)), str(line or ""), reason])
        self.count += 1

    def close(self) -> list[Path]:
        """Finish the files and return them, in the order they were begun."""
        paths = [Path(file.name) for file in self._open.values()]
        for file in self._open.values():
            file.close()
        return paths
