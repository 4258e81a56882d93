"""What came of the files of an import, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from xiaoer.actions.import_pages import rows_text
from xiaoer.actions.plain_issue import say_plain
from xiaoer.base.language import Language

STATUSES = {
    "imported": _("imported"),
    "already": _("counts already"),
    "refused": _("not imported"),
}
WORST_FIRST = ("error", "rejected", "warning", "note")
LINES_SHOWN = 5


@dataclass(frozen=True)
class Said:
    """One kind of issue: in words, how often, in which lines it was first met, and how bad it is."""

    text: str
    count: int
    severity: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class FileShown:
    """What came of one file."""

    name: str
    status: str
    said: str
    number: int | None
    rows: str
    rejected: int
    issues: tuple[Said, ...]


def files_shown(kept: Sequence[Mapping[str, Any]], language: Language) -> list[FileShown]:
    """Return what a job kept of each file, as its page shows it."""
    return [
        FileShown(
            one["file"], one["status"], str(STATUSES.get(one["status"], one["status"])), one["import"],
            rows_text(one["rows"], language) if one["rows"] else "", one["rejected"],
            issues_shown(one["issues"], language),
        )
        for one in kept
    ]  # fmt: skip


def issues_shown(kept: Sequence[Mapping[str, Any]], language: Language) -> tuple[Said, ...]:
    """Return issues in words, the worst first."""
    ordered = sorted(kept, key=lambda one: WORST_FIRST.index(one["severity"]) if one["severity"] in WORST_FIRST else 9)
    return tuple(
        Said(
            say_plain(one, language),
            one.get("count", 1),
            one["severity"],
            tuple(one["lines"][:LINES_SHOWN]) if one.get("count", 1) > 1 and one.get("lines") else (),
        )
        for one in ordered
    )
