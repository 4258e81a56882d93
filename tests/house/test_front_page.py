"""README and CONTRIBUTING: in both languages, linked to each other, short, every link leading somewhere."""

import re

from tests.house.project import ROOT, project_files, text_of

LONGEST = 80
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|(?:src|href)=\"([^\"#]+)\"")


def dead_links(text: str, known: set[str]) -> list[str]:
    """Return the links of a page at the root that lead to no file or folder of the project."""
    links = [first or second for first, second in LINK.findall(text)]
    inside = [link for link in links if not link.startswith(("http://", "https://", "mailto:"))]
    return [
        link
        for link in inside
        if link.rstrip("/") not in known and not any(name.startswith(link.rstrip("/") + "/") for name in known)
    ]


def test_a_link_that_leads_nowhere_is_named() -> None:
    known = {"README.md", "docs/start/first-report.en.md"}
    assert dead_links("[a](README.md#top) [b](docs/start/) [c](https://example.com)", known) == []
    assert dead_links('[a](LICENSE) <img src="docs/none.svg">', known) == ["LICENSE", "docs/none.svg"]


def test_the_project() -> None:
    known = set(project_files())
    for stem in ("README", "CONTRIBUTING"):
        english, chinese = f"{stem}.md", f"{stem}.zh-CN.md"
        for page, twin in ((english, chinese), (chinese, english)):
            text = text_of(ROOT / page)
            assert f"]({twin})" in text, f"{page} does not link to {twin}"
            assert len(text.splitlines()) <= LONGEST, page
            assert dead_links(text, known) == [], page
