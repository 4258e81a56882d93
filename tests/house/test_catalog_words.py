"""Everything declared speaks both languages: where there is zh there is en, neither is empty, labels are there."""

from pathlib import Path

from tests.house.project import CATALOG, named
from xiaoer.base.text_yaml import Text, read_yaml

LABELLED = ("metrics", "platforms", "tables", "schemes", "law")


def half_said(content: Text | None, place: str = "") -> list[str]:
    """Return the places where one language is missing or empty, or the English one holds Chinese characters."""
    if isinstance(content, list):
        return [found for position, part in enumerate(content) for found in half_said(part, f"{place}[{position}]")]
    if not isinstance(content, dict):
        return []
    found = [bad for key, part in content.items() for bad in half_said(part, f"{place}.{key}")]
    if {"zh", "en"} & set(content) and not (content.get("zh") and content.get("en")):
        found.append(place or ".")
    return found


def read(path: Path) -> Text | None:
    """Return a catalog file's content; it must have no issue."""
    content, issues = read_yaml(path)
    assert not issues, named(path)
    return content


def test_both_languages_pass_and_half_a_pair_does_not() -> None:
    assert (
        half_said({"label": {"zh": "店铺", "en": "Shop"}, "columns": [{"label": {"zh": "买家", "en": "Buyer"}}]}) == []
    )
    half: Text = {"label": {"zh": "店铺"}, "columns": [{"label": {"zh": "买家", "en": ""}}]}
    assert half_said(half) == [".label", ".columns[0].label"]


def test_the_catalog() -> None:
    found = {named(path): half_said(read(path)) for path in sorted(CATALOG.rglob("*.yaml"))}
    assert {name: places for name, places in found.items() if places} == {}


def test_every_thing_has_a_label() -> None:
    things = [path for kind in LABELLED for path in sorted((CATALOG / kind).rglob("*.yaml"))]
    contents = {named(path): read(path) for path in things}
    assert [name for name, content in contents.items() if not (isinstance(content, dict) and "label" in content)] == []
