"""Through which door somebody is answered: what to do next is told in that door's own terms."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ON_PAGES: ContextVar[bool] = ContextVar("on_pages", default=False)


def on_pages() -> bool:
    """Return whether the answer is read on a page, where nobody can type the options of a command."""
    return _ON_PAGES.get()


@contextmanager
def answering_on_pages() -> Iterator[None]:
    """Let all that is said meanwhile name what pages have; without it, what the command line has."""
    before = _ON_PAGES.set(True)
    try:
        yield
    finally:
        _ON_PAGES.reset(before)
