"""A file's reading as plain JSON: what golden files hold."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from xiaoer.base.days import Period
from xiaoer.intake import ReadOptions, Rejected, Rows, Totals, read_file


def golden_reading(path: Path, *, shop: str, period: Period | None = None) -> dict[str, Any]:
    """Return platform, export time, canonical rows without empty values, rejected rows, totals and codes of issues."""
    reading = read_file(path, ReadOptions(shop, period=period))
    exported = reading.exported_at
    found: dict[str, Any] = {
        "platform": reading.platform,
        "exported_at": _plain(exported.astimezone(UTC).replace(tzinfo=None)) if exported else None,
        "tables": {},
        "rejected": [],
        "totals": {},
        "issues": {},
    }
    for piece in reading.pieces:
        if isinstance(piece, Rows):
            rows = [_without_empty(row) for row in piece.batch.to_pylist()]
            found["tables"].setdefault(piece.table, []).extend(rows)
        elif isinstance(piece, Rejected):
            codes = [issue.code for issue in piece.issues]
            found["rejected"].append({"line": piece.place.line, "cells": list(piece.cells), "codes": codes})
        elif isinstance(piece, Totals):
            found["totals"][piece.table] = {name: str(total) for name, total in sorted(piece.sums.items())}
        else:
            found["issues"][piece.code] = {name: str(value) for name, value in piece.values.items()}
    return found


def _without_empty(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items() if value is not None and name != "shop"}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat() + "Z"
    return str(value) if isinstance(value, Decimal | date) else value
