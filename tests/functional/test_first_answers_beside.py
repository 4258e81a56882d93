"""After a change figures are made in a process beside the server, which ends with it."""

import subprocess
import sys
from pathlib import Path

from tests.unit.store.rows import message, put
from xiaoer.store.store import Store


def test_the_process_makes_them_and_ends(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Store(home) as store:
        put(store, "one", messages=[message("甲", "a", "2024-09-15 10:00", "buyer")])
    with started(home) as process:
        assert process.wait(timeout=300) == 0
    assert list((home / "facts" / "sessions").glob("*/answer-*"))  # sums are made for shops that talk more


def test_the_process_ends_with_the_server(tmp_path: Path) -> None:
    with started(tmp_path) as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def started(home: Path) -> subprocess.Popen[bytes]:
    """Return the process; when it is left it is over."""
    return subprocess.Popen([sys.executable, "-m", "xiaoer.site.first_answers", str(home), "zh"], stdin=subprocess.PIPE)
