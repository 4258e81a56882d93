"""The plain rows that a page keeps for scripts, for pages that need more than their texts."""

from collections.abc import Mapping
from typing import Any

from xiaoer.actions.render.page import Page


def data_rows(page: Page, name: str) -> list[Mapping[str, Any]]:
    """Return the list of that name."""
    rows = page.data[name]
    assert isinstance(rows, list)
    return rows
