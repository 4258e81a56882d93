"""The reference pages are what docs/generate.py makes of the catalog and the commands today."""

from pathlib import Path

import pytest

from reference_pages import PAGES
from tests.house.project import ROOT, text_of

REFERENCE = ROOT / "docs/reference"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_page_is_current(name: str, language: str) -> None:
    page = REFERENCE / f"{name}.{language}.md"
    assert page.exists(), "run `make docs`"
    assert text_of(page) == PAGES[name](language), "run `make docs`"


def test_nothing_else_lies_there() -> None:
    made = {f"{name}.{language}.md" for name in PAGES for language in ("zh", "en")}
    assert {path.name for path in REFERENCE.iterdir()} == made


def test_a_changed_page_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "settings.zh.md"
    page.write_text(PAGES["settings"]("zh") + "手改的一行。\n", encoding="utf-8")
    assert text_of(page) != PAGES["settings"]("zh")
