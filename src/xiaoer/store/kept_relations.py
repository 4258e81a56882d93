"""Relations of whole sessions, kept as Parquet: the same question over the same data finds them made."""

import json
import re
import shutil
import time
from collections.abc import Collection
from pathlib import Path
from uuid import uuid4

from xiaoer.base.errors import ReportableError
from xiaoer.store.engine import Engine, sql_text
from xiaoer.store.home import Home

SWEEP_AFTER_SECONDS = 3600
INDEX = "views.json"
FACTS = "{facts}"  # stands for the folder, which may be moved


class KeptRelations:
    """A folder of sessions, each named by all that it was made from. It may be deleted at any time."""

    def __init__(self, home: Home) -> None:
        self._facts = home.facts
        self._folder = home.facts / "sessions"

    def has(self, key: str) -> bool:
        """Return whether relations of this key are kept."""
        return (self._folder / key / INDEX).exists()

    def open(self, key: str, engine: Engine) -> bool:
        """Make the kept relations of this key views of the engine and return True; False when there are none."""
        folder = self._folder / key
        try:
            kept = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        if not all((self._facts / file).exists() for file in kept["files"]):  # facts were swept or deleted since
            shutil.rmtree(folder, ignore_errors=True)
            return False
        there = sql_text(str(self._facts))[1:-1]
        engine.add_views_when_asked({name: sql.replace(FACTS, there) for name, sql in kept["views"].items()})
        (folder / INDEX).touch()
        engine.keep_answers_in(folder)
        return True

    def keep(self, key: str, engine: Engine, *, leave_out: Collection[str]) -> None:
        """Write the engine's tables beside its views under this key; whole, or not at all where there is no place."""
        making = self._folder / f"making-{uuid4().hex[:16]}"
        try:
            making.mkdir(parents=True)
            self._write(making, key, engine, leave_out)
            if not (self._folder / key / INDEX).exists():
                shutil.rmtree(self._folder / key, ignore_errors=True)
            making.replace(self._folder / key)
        except (OSError, ReportableError):  # a full disk, or another process kept the same
            shutil.rmtree(making, ignore_errors=True)
        if (self._folder / key).is_dir():
            engine.keep_answers_in(self._folder / key)

    def _write(self, making: Path, key: str, engine: Engine, leave_out: Collection[str]) -> None:
        here = sql_text(str(self._facts))[1:-1]
        views: dict[str, str] = {}  # tables first: views are read over them
        for name in engine.tables():
            if name not in leave_out:
                engine.execute(f"COPY {name} TO {sql_text(str(making / name))} (FORMAT parquet, COMPRESSION lz4)")
                views[name] = f"SELECT * FROM read_parquet('{FACTS}/sessions/{key}/{name}')"
        views |= {name: sql.replace(here, FACTS) for name, sql in engine.views().items() if name not in leave_out}
        files = sorted({file for sql in views.values() for file in re.findall(r"\{facts\}/([^']+)'", sql)})
        (making / INDEX).write_text(json.dumps({"views": views, "files": files}), encoding="utf-8")

    def sweep(self) -> None:
        """Remove what nobody has used for a while; what an import has made out of date is never asked for again."""
        for kept in self._folder.glob("*"):
            if _idle_seconds(kept) > SWEEP_AFTER_SECONDS:
                shutil.rmtree(kept, ignore_errors=True)


def _idle_seconds(kept: Path) -> float:
    used = kept / INDEX if (kept / INDEX).exists() else kept
    try:
        return time.time() - used.stat().st_mtime
    except FileNotFoundError:
        return 0.0
