"""The one error that reaches the reader; anything else is a bug and shows a traceback."""

from collections.abc import Mapping, Sequence
from typing import Self

from xiaoer.base.issues import NOWHERE, Issue, Place, Severity


class ReportableError(Exception):
    """Shown plainly at the door (issues in the reader's language, no traceback), then exit code 1."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        """Keep the issues; at least one."""
        super().__init__("; ".join(issue.code for issue in issues))
        self.issues = tuple(issues)

    @classmethod
    def of(cls, code: str, *, place: Place = NOWHERE, values: Mapping[str, str | int] | None = None) -> Self:
        """Return the error for a single issue."""
        return cls([Issue(code, Severity.ERROR, place, values or {})])
