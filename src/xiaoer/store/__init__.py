"""Immutable batches, one manifest, snapshots; the only room that speaks to a database engine."""

from xiaoer.store.engine import Engine
from xiaoer.store.manifest import Import, Slice
from xiaoer.store.snapshot import Snapshot
from xiaoer.store.store import Store, file_hash

__all__ = ["Engine", "Import", "Slice", "Snapshot", "Store", "file_hash"]
