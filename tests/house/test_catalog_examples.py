"""Every metric and platform has at least two worked examples, one of them with missing data."""

import re

import pytest

from tests.house.project import CATALOG, named
from xiaoer.base.text_yaml import Text, read_yaml

MISSING = re.compile(r"\b(missing|without|no|not|nobody|nothing|never|none|empty|unknown|masked)\b", re.IGNORECASE)


def faults(content: Text | None) -> list[str]:
    """Return what is wrong with the examples of one declared thing."""
    examples = content.get("examples") if isinstance(content, dict) else None
    if not isinstance(examples, list) or len(examples) < 2:
        return ["fewer than two examples"]
    return [] if any(says_missing(example) for example in examples) else ["no example with missing data"]


def says_missing(example: Text) -> bool:
    """Return whether an example's name or English title says that something is missing in it."""
    if not isinstance(example, dict):
        return False
    title = example.get("title")
    said = [example.get("name"), title.get("en") if isinstance(title, dict) else title]
    return any(isinstance(words, str) and MISSING.search(words.replace("_", " ")) for words in said)


def test_two_with_one_missing_pass_and_fewer_do_not() -> None:
    assert faults({"examples": [{"name": "plain"}, {"title": {"en": "An order without a buyer"}}]}) == []
    assert faults({"examples": [{"name": "a"}]}) == ["fewer than two examples"]
    assert faults({"examples": [{"name": "a"}, {"name": "b"}]}) == ["no example with missing data"]


@pytest.mark.parametrize("kind", ["metrics", "platforms", "schemes"])
def test_the_catalog(kind: str) -> None:
    files = sorted((CATALOG / kind).rglob("*.yaml"))
    assert files, f"no {kind} in the catalog"
    found = {named(path): faults(read_yaml(path)[0]) for path in files}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
