"""When a file was exported, as its name tells."""

import re
from datetime import UTC, datetime

from xiaoer.base.days import Clock

_DIGITS = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:\d{3})?(?!\d)")
_PARTED = re.compile(r"(?<!\d)(20\d{2})-?(\d{2})-?(\d{2})[ _T-](\d{2})[-_:.]?(\d{2})(?:[-_:.]?(\d{2}))?(?!\d)")


def exported_at(file_name: str, clock: Clock) -> datetime | None:
    """Return the aware UTC instant in a name such as ExportOrderList202009171230.csv; None without a time of day."""
    for pattern in (_DIGITS, _PARTED):
        for match in pattern.finditer(file_name):
            try:
                parts = [int(part or 0) for part in match.groups()]
                return datetime(*parts, tzinfo=clock.zone).astimezone(UTC)  # type: ignore[arg-type, misc]
            except ValueError:
                continue
    return None
