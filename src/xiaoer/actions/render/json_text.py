"""Data for scripts: as JSON, UTF-8 as it is, nothing else."""

import json

from xiaoer.actions.render.book import Book, book_of
from xiaoer.actions.render.page import Page, Screen


def render_json(page: Page, screen: Screen) -> bytes:
    """Return the page's data; how wide a screen is changes nothing."""
    return render_json_book(book_of(page), screen)


def render_json_book(book: Book, screen: Screen) -> bytes:
    """Return the book's data."""
    return (json.dumps(book.data, ensure_ascii=False, indent=1, default=dict) + "\n").encode()
