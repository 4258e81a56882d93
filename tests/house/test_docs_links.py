"""Every link between pages of the docs leads to a page."""

import re
from pathlib import Path

from tests.house.project import files_under, named, text_of

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def dead_links(page: Path, text: str) -> list[str]:
    """Return the relative links of a page that lead to nothing."""
    links = [link for link in LINK.findall(text) if "://" not in link]
    return [link for link in links if not (page.parent / link).exists()]


def test_a_dead_link_is_named(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("", encoding="utf-8")
    assert dead_links(tmp_path / "page.md", "[a](there.md#part) [b](https://example.com/x)") == []
    assert dead_links(tmp_path / "page.md", "[a](gone.md)") == ["gone.md"]


def test_the_docs() -> None:
    found = {named(page): dead_links(page, text_of(page)) for page in files_under("docs", ".md")}
    assert {page: links for page, links in found.items() if links} == {}
