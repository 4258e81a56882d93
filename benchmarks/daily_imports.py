"""A home whose files were imported a year at a time, told in the manifest as if each day had been imported and packed.

That is what the manifest of shops that import every day comes to: to really import as often would take hours.
"""

import hashlib
import json
import sqlite3
from pathlib import Path

_TABLES = ("places", "slices", "files", "imports", "changes")


def tell_daily(home: Path) -> int:
    """Write the manifest anew and return how many imports it then tells of: one of each slice of messages."""
    with sqlite3.connect(home / "manifest.sqlite") as manifest:
        manifest.row_factory = sqlite3.Row
        slices = manifest.execute(
            "SELECT slices.*, first_at, shops, imports.shop AS named, platform, report FROM slices "
            "JOIN files USING (import_id, hash) JOIN imports ON imports.id = import_id ORDER BY slices.day, slices.shop"
        ).fetchall()
        for table in _TABLES:
            manifest.execute(f"DELETE FROM {table}")
        packed = len(slices) + 1
        manifest.execute("INSERT INTO changes VALUES (?, ?, 'pack')", (packed, "2020-01-01T00:00:00+00:00"))
        for number, one in enumerate(slices, start=1):
            _tell(manifest, number, one, packed)
    return len(slices)


def _tell(manifest: sqlite3.Connection, number: int, one: sqlite3.Row, packed: int) -> None:
    """Tell of one day's import, its file, and where in the year's file its rows lie."""
    name = hashlib.sha256(f"{one['hash']} {one['day']}".encode()).hexdigest()
    told = json.loads(one["report"]) | {"rows": {"messages": one["rows"]}, "message_days": [one["day"], one["day"]]}
    manifest.execute("INSERT INTO changes VALUES (?, ?, 'import')", (number, f"{one['day']}T22:00:00+00:00"))
    manifest.execute(
        "INSERT INTO imports VALUES (?, ?, ?, ?, 4000, ?, ?, NULL, NULL, ?)",
        (number, number, f"{one['day']}.csv", name, one["named"], one["platform"], json.dumps(told)),
    )
    file = name[:32]
    manifest.execute(
        "INSERT INTO files VALUES (?, 'messages', ?, ?, ?, ?)",
        (number, file, one["rows"], one["first_at"], one["shops"]),
    )
    manifest.execute(
        "INSERT INTO slices VALUES (?, ?, ?, ?, 0, ?, ?)",
        (number, file, one["shop"], one["day"], one["rows"], one["accounts"]),
    )
    manifest.execute(
        "INSERT INTO places VALUES ('messages', ?, ?, ?, ?)", (file, one["hash"], one["first_row"], packed)
    )
