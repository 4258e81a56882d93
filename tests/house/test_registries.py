"""Every reader of the registry is tried somewhere by name, and every platform has a made-up sample."""

import re

from tests.house.project import CATALOG, ROOT, files_under, text_of
from xiaoer.intake.readers import READERS


def untried(names: list[str], texts: list[str]) -> list[str]:
    """Return the names that no text holds as a word."""
    return [name for name in names if not any(re.search(rf"\b{name}\b", text) for text in texts)]


def test_a_reader_that_nobody_tries_is_named() -> None:
    assert untried(["html", "json_records"], ['reader = READERS["json_records"]']) == ["html"]


def test_every_reader_is_tried() -> None:
    kinds = ("unit", "spec", "generative", "functional")
    tests = [text_of(path) for kind in kinds for path in files_under(f"tests/{kind}", ".py")]
    platforms = [text_of(path) for path in sorted((CATALOG / "platforms").rglob("*.yaml"))]
    assert untried(list(READERS), tests + platforms) == []


def test_every_platform_has_a_sample() -> None:
    platforms = sorted(path.stem for path in (CATALOG / "platforms").rglob("*.yaml"))
    assert platforms
    samples = ROOT / "tests/samples"
    assert [name for name in platforms if not any((samples / name).glob("*"))] == []
