"""What people say in planning: logs in the data folder, one line for each word; nothing is ever changed or removed."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from xiaoer.store.home import Home

Line = TypeVar("Line")


def say_line(home: Path, log: str, line: Any) -> None:  # noqa: ANN401 -- any dataclass of plain values
    """Add a line to a log; it is on the disk when this returns."""
    folder = Home(home)
    with folder.writing():
        folder.planning.mkdir(exist_ok=True)
        with (folder.planning / f"{log}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())


def said_lines(home: Path, log: str, form: type[Line]) -> list[Line]:
    """Return the lines of a log, the oldest first."""
    path = Home(home).planning / f"{log}.jsonl"
    found = []
    for line in path.read_text("utf-8").splitlines() if path.is_file() else []:
        try:
            found.append(form(**json.loads(line)))
        except (ValueError, TypeError):
            continue  # the end of a line that a killed process was writing
    return found
