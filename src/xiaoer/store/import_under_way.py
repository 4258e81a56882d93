"""One import under way: nothing of it counts until `commit`, and then all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xiaoer.base.days import Clock
from xiaoer.store.engine import Engine
from xiaoer.store.home import Home
from xiaoer.store.import_writer import ImportWriter
from xiaoer.store.manifest import Manifest
from xiaoer.store.rejected_rows import RejectedRows


@dataclass(frozen=True)
class Committed:
    """The number of an import and the report kept with it."""

    number: int
    report: dict[str, Any]


class ImportUnderWay:
    """Add rows to `writer` and rejected rows to `rejected`, then `commit`; leaving without it changes nothing."""

    def __init__(self, home: Home, manifest: Manifest, clock: Clock, sorter: Engine) -> None:
        self._home = home
        self._manifest = manifest
        self.writer = ImportWriter(home, clock, sorter)
        self.rejected = RejectedRows(home.staging)

    def commit(self, *, file: Mapping[str, object], report: Mapping[str, Any]) -> Committed:
        """Make everything visible in one transaction."""
        files, slices = self.writer.finish()
        prefix = str(file["file_hash"])[:16]
        rejected = [place.replace(self._home.rejected / f"{prefix}-{place.name}") for place in self.rejected.close()]
        days = [part.day.isoformat() for part in slices]
        whole = {
            **report,
            "rows": dict(sorted(self.writer.rows_by_table.items())),
            "repeated": {table: count for table, count in self.writer.repeated_by_table.items() if count},
            "rejected": self.rejected.count,
            "rejected_files": [place.name for place in rejected],
            "shops": sorted({shop for placed in files for shop in placed.shops}),
            "message_days": [min(days), max(days)] if days else [],
        }
        if self._home.origin is not None:
            batches = [self._home.batch_file(one.table, one.hash) for one in files]
            self._home.origin.send(batches=batches, rejected=rejected)
        return Committed(self._manifest.add_import(file=file, report=whole, files=files, slices=slices), whole)
