"""The reader's language and the texts of catalog/messages: an issue in, one plain sentence out."""

from collections.abc import Iterable
from functools import cache
from typing import Literal

from xiaoer.base.catalog import Catalog, Declared, load_file
from xiaoer.base.door import on_pages
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place

Language = Literal["zh", "en"]
NONE_NEAR = "–"


class Said(Declared):
    """What went wrong, which near names may have been meant, and what the reader can do next.

    `page` is what to do next where the reader is on a page, if that is something else than at a command line.
    """

    reason: str
    next: str
    near: str = ""  # said only when a near name is known
    page: str = ""


class Message(Declared):
    """One message in both languages."""

    zh: Said
    en: Said


class _MessageFile(Declared):
    messages: dict[str, Message]


@cache
def messages() -> dict[str, Message]:
    """Return every message by its code (`<file>.<name>` of catalog/messages)."""
    found: dict[str, Message] = {}
    for room, path in Catalog().files("messages").items():
        content, issues = load_file(path, _MessageFile)
        if content is None or issues:
            raise ReportableError(issues)
        found |= {f"{room}.{name}": message for name, message in content.messages.items()}
    return found


def say(issue: Issue, language: Language) -> str:
    """Return the issue as place, reason and next step in the reader's language."""
    message = messages()[issue.code]
    said = message.en if language == "en" else message.zh
    place = say_place(issue.place, language)
    values = {name: str(value) for name, value in issue.values.items()}
    near = said.near if values.get("near", NONE_NEAR) not in ("", NONE_NEAR) else ""
    step = said.page if said.page and on_pages() else said.next
    sentences = [part.format_map(values) for part in (said.reason, near, step) if part]
    if language == "en":
        return f"{place}{': ' if place else ''}{' '.join(sentences)}"
    return f"{place}{'：' if place else ''}{''.join(sentences)}"


def say_issues(issues: Iterable[Issue], language: Language) -> str:
    """Return several issues, a line each."""
    return "\n".join(say(issue, language) for issue in issues)


def say_reason(issue: Issue, language: Language) -> str:
    """Return only what is wrong; for pages that offer the next step themselves."""
    message = messages()[issue.code]
    said = message.en if language == "en" else message.zh
    return said.reason.format_map({name: str(value) for name, value in issue.values.items()})


def say_place(place: Place, language: Language) -> str:
    """Return where, as in "orders.csv, line 7, column amount_paid"; empty for nowhere."""
    zh = language != "en"
    parts = [
        place.file,
        place.sheet and (f"工作表“{place.sheet}”" if zh else f"sheet “{place.sheet}”"),
        place.line and (f"第 {place.line} 行" if zh else f"line {place.line}"),
        place.column and (f"“{place.column}”列" if zh else f"column “{place.column}”"),
    ]
    return (" " if zh else ", ").join(part for part in parts if part)
