"""A hotline of five weeks for the pages of planning, with agents' online times of two days."""

from pathlib import Path

from tests.functional.cli.test_plan import PRESENCE, hotline
from tests.functional.cli.test_plan import SHOP as ELSEWHERE
from xiaoer.actions.import_files import import_files

SHOP = "晨光店"
LAST = "2024-08-04"  # a Sunday
NEXT = "from=2024-08-05&days=7&now=1"


def shop_calls(folder: Path) -> Path:
    """Write the hotline's calls as the shop's and return the file."""
    calls = hotline(folder)
    calls.write_text(calls.read_text(encoding="utf-8").replace(ELSEWHERE, SHOP), encoding="utf-8")
    return calls


def plan_home(folder: Path) -> Path:
    """Return a data folder with the hotline's calls and online times."""
    calls = shop_calls(folder)
    (folder / "presence.csv").write_text(PRESENCE, encoding="utf-8")
    for file in (calls, folder / "presence.csv"):
        assert import_files(folder / "home", [file], shop=SHOP).exit_code == 0
    return folder / "home"
