"""Files stop at 400 lines and functions at 60, unless listed with a reason."""

import ast

from tests.house.project import ROOT, files_under, named, text_of
from xiaoer.base.text_yaml import read_yaml

LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def oversized(name: str, source: str) -> list[str]:
    """Return the name of the file when it is too long, and of each of its functions that is."""
    found = [name] if len(source.splitlines()) > LONGEST_FILE else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            last = node.end_lineno or node.lineno
            if last - node.lineno + 1 > LONGEST_FUNCTION:
                found.append(f"{name}:{node.name}")
    return found


def test_a_short_file_passes_and_long_ones_are_named() -> None:
    assert oversized("good.py", "def f():\n" + "    x = 1\n" * 59) == []
    assert oversized("bad.py", "def f():\n" + "    x = 1\n" * 60) == ["bad.py:f"]
    assert oversized("bad.py", "x = 1\n" * 401) == ["bad.py"]


def test_the_project() -> None:
    content, issues = read_yaml(ROOT / "tests/house/sizes_allowed.yaml")
    assert isinstance(content, dict)
    assert not issues
    allowed = content["allowed"]
    assert isinstance(allowed, dict)
    found = {
        item
        for folder in ("src", "tests", "docs", "benchmarks")
        for path in files_under(folder, ".py")
        for item in oversized(named(path), text_of(path))
    }
    assert sorted(found - set(allowed)) == []
    assert sorted(set(allowed) - found) == [], "listed but no longer too long"
    assert [item for item, reason in allowed.items() if len(str(reason)) < 20] == [], "a reason is a sentence"
