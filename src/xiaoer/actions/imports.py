"""Imports that were made: list them, show one, undo one."""

from dataclasses import fields
from pathlib import Path
from typing import Any

from xiaoer.base.errors import ReportableError
from xiaoer.store.manifest import Import
from xiaoer.store.packs import Packed
from xiaoer.store.store import Store


def list_imports(home: Path, *, shop: str | None = None) -> list[dict[str, Any]]:
    """Return every import, the latest first, undone ones too; one plain dict each."""
    with Store(home) as store:
        made = store.manifest.imports() if shop is None else store.manifest.imports_of(shop)
        return [_plain(one) for one in reversed(made)]


def show_import(home: Path, number: int) -> dict[str, Any]:
    """Return one import with all that was noted about it; `rejected_files` are whole paths."""
    with Store(home) as store:
        made = next(iter(store.manifest.imports(number=number)), None)
        if made is None:
            raise ReportableError.of("store.no_such_import", values={"number": number})
        shown = _plain(made)
        shown["rejected_files"] = [
            str(file) for file in store.home.rejected_files(made.report.get("rejected_files", []))
        ]
        return shown


def undo_import(home: Path, number: int) -> dict[str, Any]:
    """Take an import out of every figure and return it. Its files stay, so earlier snapshots can be computed again."""
    with Store(home) as store:
        return _plain(store.undo(number))


def pack_imports(home: Path) -> Packed:
    """Put the small files of each shop into few and return how many; every import stays what it is."""
    with Store(home) as store:
        return store.pack()


def _plain(made: Import) -> dict[str, Any]:
    columns = {field.name: getattr(made, field.name) for field in fields(made) if field.name != "report"}
    return {**columns, "undone": made.undone_seq is not None, **made.report}
