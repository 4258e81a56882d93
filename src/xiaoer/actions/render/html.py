"""Pages as one self-contained file: no request leaves it, dark where the screen is, sorted by a click, prints."""

from html import escape

from xiaoer.actions.render.book import Book, book_of
from xiaoer.actions.render.charts_html import CHART_STYLE, charts_html
from xiaoer.actions.render.html_parts import SCRIPT, STYLE
from xiaoer.actions.render.html_table import table_html
from xiaoer.actions.render.page import Page, Screen
from xiaoer.actions.wording import word


def render_html(page: Page, screen: Screen) -> bytes:
    """Return the HTML of one page."""
    return render_html_book(book_of(page), screen)


def render_html_book(book: Book, screen: Screen) -> bytes:
    """Return the book's HTML, UTF-8; how wide a terminal is changes nothing."""
    language = "en" if book.language == "en" else "zh-CN"
    alone = len(book.pages) == 1
    lead = "".join(f"<p>{escape(line)}</p>" for line in (book.pages[0].lead if alone else ()))
    sections = "\n".join(_section(page, number, alone=alone) for number, page in enumerate(book.pages, start=1))
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(book.title)}</title>
<style>{STYLE}{CHART_STYLE}</style>
</head>
<body>
<header>{_title(book.pages[0].title if alone else book.title)}{lead}</header>
{"" if alone else _contents(book)}
{_notes(book.notes)}
<main>
{sections}
</main>
{_about(book)}
<script>{SCRIPT}</script>
</body>
</html>
""".encode()


def _title(title: str) -> str:
    """Return the title with its first part large and the others beside it."""
    first, *others = title.split(" · ")
    return f'<div class="title"><h1>{escape(first)}</h1><div>{_beside(others)}</div></div>'


def _beside(texts: list[str]) -> str:
    return "".join(f"<span>{escape(text)}</span>" for text in texts)


def _contents(book: Book) -> str:
    links = "".join(f'<a href="#v{n}">{escape(page.label)}</a>' for n, page in enumerate(book.pages, start=1))
    return f'<nav aria-label="{escape(word("contents", book.language))}">{links}</nav>'


def _section(page: Page, number: int, *, alone: bool) -> str:
    said = f"{table_html(page)}{_notes(page.notes)}{charts_html(page, f'v{number}')}"
    return said if alone else f'<section id="v{number}">{_heading(page)}{said}</section>'


def _heading(page: Page) -> str:
    """Return the view's name with what its title adds to the book's, and what it is for."""
    beside = page.title.partition(f" · {page.label} · ")[2].split(" · ")[1:]
    lead = "".join(f"<p>{escape(line)}</p>" for line in page.lead)
    title = f'<div class="title"><h2>{escape(page.label)}</h2><div>{_beside(beside)}</div></div>'
    return f'<div class="head">{title}{lead}</div>'


def _notes(notes: tuple[str, ...]) -> str:
    lines = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<ul class="notes">{lines}</ul>' if lines else ""


def _about(book: Book) -> str:
    if not book.about:
        return ""
    shown = {*book.notes, *(note for page in book.pages for note in page.notes)}  # these stand above already
    pairs = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(said)}</dd>" for label, said in book.about if said not in shown
    )
    return f'<section class="about"><h2>{escape(word("sheet_about", book.language))}</h2><dl>{pairs}</dl></section>'
