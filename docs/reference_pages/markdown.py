"""Markdown of the reference pages: titles, tables, code."""

from collections.abc import Iterable, Sequence

from xiaoer.base.catalog import Words

MADE = Words(
    zh="本页由 `make docs` 根据目录数据生成，请勿手改。",
    en="`make docs` writes this page from the catalog; do not edit it by hand.",
)


def opening(title: Words, lead: Words, language: str) -> list[str]:
    """Return the first lines of a page: title, who made it, what it is for."""
    return [f"# {title.in_language(language)}", "", MADE.in_language(language), "", lead.in_language(language), ""]


def code(text: str) -> str:
    """Return a text as code, or nothing for an empty one."""
    return f"`{text}`" if text else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table, and an empty one after it."""
    lines = [_row(head), _row(["---"] * len(head))]
    return [*lines, *(_row(row) for row in rows), ""]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ").strip() for cell in cells) + " |"


def page(lines: Iterable[str]) -> str:
    """Return the page's text: no blanks at line ends, one newline at the end."""
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"
