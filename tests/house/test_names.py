"""A file is named after its topic: nothing is called utils, common or helpers."""

import re

from tests.house.project import project_files

NAMELESS = re.compile(r"(^|/)_?(utils?|common|helpers?|misc|stuff)(\.\w+)?(/|$)")


def nameless(paths: list[str]) -> list[str]:
    """Return the paths that have a name saying nothing."""
    return [path for path in paths if NAMELESS.search(path)]


def test_a_topic_passes_and_a_drawer_does_not() -> None:
    assert nameless(["src/xiaoer/base/money.py", "src/xiaoer/intake/utility_bills.py"]) == []
    bad = ["src/xiaoer/utils/__init__.py", "src/xiaoer/facts/helpers.py", "tests/common.py", "src/xiaoer/_util.py"]
    assert nameless(bad) == bad


def test_the_project() -> None:
    assert nameless(list(project_files())) == []
