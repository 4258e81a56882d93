"""Values written into SQL so that every engine reads the same one."""

import re
from datetime import date

# Engines differ in what a quote or a backslash inside a text means, so these two are written by their number.
_NUMBERED = re.compile(r"(['\\])")

NO_TEXT = "CASE WHEN 1 = 0 THEN '' END"
NO_NUMBER = "CASE WHEN 1 = 0 THEN 0 END"


def sql_literal(value: str | int | date) -> str:
    """Return a text, whole number or day as a portable SQL value."""
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, int):
        return str(value)
    parts = [f"CHR({ord(part)})" if part in ("'", "\\") else f"'{part}'" for part in _NUMBERED.split(value) if part]
    return " || ".join(parts) or "''"
