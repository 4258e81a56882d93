"""Issues kept with an import: as plain values, put into words only when they are read, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.language import Language, say


def plain_issue(issue: Issue) -> dict[str, Any]:
    """Return an issue as values that JSON can hold."""
    place = {
        "file": issue.place.file,
        "sheet": issue.place.sheet,
        "line": issue.place.line,
        "column": issue.place.column,
    }
    return {"code": issue.code, "severity": issue.severity.value, "place": place, "values": dict(issue.values)}


def say_plain(kept: Mapping[str, Any], language: Language) -> str:
    """Return a kept issue in words."""
    return say(Issue(kept["code"], Severity(kept["severity"]), Place(**kept["place"]), kept["values"]), language)
