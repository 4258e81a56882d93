"""An import killed at any step on its way to a bucket counts wholly or not at all, and once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.object_storage.computer import Computer

pytestmark = pytest.mark.xdist_group("object_storage")
KILLED = -9


def test_a_kill_at_each_step_changes_nothing(here: Computer, files: Path, tmp_path: Path) -> None:
    script = Path(__file__).with_name("killed_writers.py")
    done = subprocess.run(
        [sys.executable, str(script), here.url, str(tmp_path), str(files / "orders.csv")],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        ["batches sent", KILLED, 0, "imported", 1],
        ["manifest sent", KILLED, 0, "imported", 1],
        ["it counts", KILLED, 1, "already", 1],
    ]
