"""Several views as one book: the pages that say something, and the names of those that do not."""

from collections.abc import Sequence
from dataclasses import replace

from xiaoer.actions.render.book import Book
from xiaoer.actions.render.page import Page
from xiaoer.actions.report_wanted import Wanted
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.language import say
from xiaoer.metrics import View


def book_of_pages(title: str, pages: Sequence[Page], wanted: Sequence[Wanted], empty: Sequence[View]) -> Book:
    """Return the book of these pages; views without data or rows are left out, unless nothing else is there."""
    language = pages[0].language
    full = [page for page in pages if page.rows] or list(pages[:1])
    shared = [note for note in full[0].notes if len(full) > 1 and all(note in page.notes for page in full)]
    none = [one.view for one, page in zip(wanted, pages, strict=True) if page not in full and one.view]
    left_out = [*none, *empty]
    mark = "、" if language != "en" else ", "
    names = mark.join(view.label.in_language(language) for view in left_out)
    issue = Issue("view.left_out", Severity.NOTE, values={"views": names})
    return Book(
        title=title,
        pages=tuple(replace(page, notes=tuple(n for n in page.notes if n not in shared)) for page in full),
        language=language,
        data={"views": [page.data for page in full], "left_out": [view.name for view in left_out]},
        notes=(*shared, *([say(issue, language)] if left_out else [])),
    )
