"""Cursors: where the next part of a list begins, as a text that nobody needs to understand."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import TypeVar

from xiaoer.base.errors import ReportableError

Item = TypeVar("Item")


def cursor_of(*numbers: int) -> str:
    """Return the cursor for some numbers."""
    return base64.urlsafe_b64encode(json.dumps(numbers).encode()).decode().rstrip("=")


def numbers_of(cursor: str, *, count: int) -> list[int]:
    """Return the numbers of a cursor; a ReportableError for one that we did not make."""
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        found = None
    if not isinstance(found, list) or len(found) != count or not all(type(one) is int and one >= 0 for one in found):
        raise ReportableError.of("api.bad_cursor")
    return found


def part(items: Sequence[Item], start: int, limit: int) -> tuple[list[Item], int | None]:
    """Return a part of a list, and where the next one starts; None after the last."""
    end = start + limit
    return list(items[start:end]), end if end < len(items) else None
