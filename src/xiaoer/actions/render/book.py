"""A book: several pages of one report, each a sheet or a section of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from xiaoer.actions.render.page import Page
from xiaoer.base.language import Language


@dataclass(frozen=True)
class Book:
    """Pages in order under one title; `notes` are those of the whole, `data` is what scripts get as JSON."""

    title: str
    pages: tuple[Page, ...]
    language: Language
    data: Mapping[str, object]
    notes: tuple[str, ...] = ()

    @property
    def about(self) -> tuple[tuple[str, str], ...]:
        """Return the explanatory pairs of all pages, what several pages say said once."""
        return tuple(dict.fromkeys(pair for page in self.pages for pair in page.about))


def book_of(page: Page) -> Book:
    """Return the book of one page alone."""
    return Book(page.title, (page,), page.language, page.data)
