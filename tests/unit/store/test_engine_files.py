"""An engine that sorts many imports reads files that get other content under the same name."""

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from xiaoer.store.engine import Engine, parquet_scan


def _write(file: Path, *, left: int, right: int) -> None:
    """Write texts of these lengths; the same sum gives a file of the same size, whose columns lie elsewhere."""
    texts = pa.table({"left": ["x" * left] * 50, "right": ["y" * right] * 50})
    pq.write_table(texts, file, compression=None, use_dictionary=False, write_statistics=False)
    os.utime(file, (1_700_000_000, 1_700_000_000))


def test_a_file_of_the_same_size_and_time_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "run-0.parquet"
    sizes = set()
    with Engine() as engine:
        for left, right in ((100, 5), (5, 100), (60, 45)):
            _write(file, left=left, right=right)
            sizes.add(file.stat().st_size)
            read = f'SELECT MAX(LENGTH("left")), MAX(LENGTH("right")) FROM {parquet_scan([file])}'
            assert engine.execute(read) == [(left, right)]
    assert len(sizes) == 1
