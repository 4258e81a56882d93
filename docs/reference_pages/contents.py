"""The page that lists every page: read from the pages' own first lines."""

from pathlib import Path

from reference_pages.markdown import opening, page
from xiaoer.base.catalog import Words

DOCS = Path(__file__).resolve().parents[1]
TITLE = Words(zh="目录", en="Contents")
LEAD = Words(zh="所有的页，按您想做的事来分。", en="Every page, by what you want to do.")
ROOMS = {
    "start": Words(zh="入门", en="Start"),
    "howto": Words(zh="怎么做", en="How to"),
    "explain": Words(zh="为什么", en="Understand"),
    "reference": Words(zh="查阅", en="Look up"),
    "develop": Words(zh="参与开发", en="Develop"),
}
DECISIONS = Words(zh="决定", en="Decisions")
SUMMARY = "中文摘要："


def contents_page(language: str) -> str:
    """Return links to every page of one language by room, and to the decisions."""
    lines = opening(TITLE, LEAD, language)
    for room, words in ROOMS.items():
        lines += [f"## {words.in_language(language)}", ""]
        lines += [_line(file, _title(file)) for file in _pages(room, language)] + [""]
    lines += [f"## {DECISIONS.in_language(language)}", ""]
    lines += [_line(file, _decision(file, language)) for file in sorted((DOCS / "decisions").glob("*.md"))]
    return page(lines)


def _pages(room: str, language: str) -> list[Path]:
    return [one for one in sorted((DOCS / room).glob(f"*.{language}.md")) if one.stem != f"contents.{language}"]


def _line(file: Path, title: str) -> str:
    return f"- [{title}](../{file.relative_to(DOCS)})"


def _title(file: Path) -> str:
    return file.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ").strip()


def _decision(file: Path, language: str) -> str:
    """Return what was decided: decisions are written in English and begin with a summary in Chinese."""
    if language == "en":
        return _title(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((one.removeprefix(SUMMARY) for one in lines if one.startswith(SUMMARY)), _title(file))
