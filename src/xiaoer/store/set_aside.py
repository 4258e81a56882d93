"""Batches that are wanted again later: held in memory, and beyond a size in one file."""

from collections.abc import Collection
from pathlib import Path

import pyarrow as pa

MOST_HELD_BYTES = 256 * 1024 * 1024


class SetAside:
    """Batches by number, in the order they came; memory stays bounded whatever there is of them."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._held: dict[int, pa.RecordBatch] = {}
        self._held_bytes = 0
        self._lie_at: list[int] = []  # where in the file the first batches lie, by number

    def add(self, batch: pa.RecordBatch) -> int:
        """Take a batch and return its number, counted from 0."""
        number = len(self._lie_at) + len(self._held)
        self._held[number] = batch
        self._held_bytes += batch.nbytes
        if self._held_bytes >= MOST_HELD_BYTES:
            self._write()
        return number

    def batches(self, numbers: Collection[int]) -> dict[int, pa.RecordBatch]:
        """Return batches by number. What is read of the file leaves memory with the last of them that is let go."""
        found = {number: self._held[number] for number in numbers if number in self._held}
        written = [number for number in numbers if number not in found]
        if written:
            whole = pa.memory_map(str(self._file)).read_buffer()
            for number in written:
                found[number] = pa.ipc.open_stream(whole.slice(self._lie_at[number])).read_next_batch()
        return found

    def close(self) -> None:
        """Let go of everything."""
        self._held.clear()
        self._file.unlink(missing_ok=True)

    def _write(self) -> None:
        with pa.OSFile(str(self._file), "ab") as sink:
            for batch in self._held.values():
                self._lie_at.append(sink.tell())
                with pa.ipc.new_stream(sink, batch.schema) as stream:
                    stream.write_batch(batch)
        self._held.clear()
        self._held_bytes = 0
