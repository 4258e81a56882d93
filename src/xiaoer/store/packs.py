"""Many small files of one shop put into few. Only where rows lie changes: every file is still told apart in its pack.

So an import in a pack is undone, shown and counted as before, and an earlier snapshot is still what it was.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from xiaoer.store.engine import Engine, parquet_scan, sql_text
from xiaoer.store.home import Home
from xiaoer.store.import_writer import ROW_GROUP_ROWS, placed
from xiaoer.store.manifest import BatchFile, Manifest

SMALL_ROWS = 20_000  # what a file of its own is worth
PACK_ROWS = 200_000
MANY = 100  # so many small files of a shop and table are packed by the next import


@dataclass(frozen=True)
class Packed:
    """How many files were put into how many packs."""

    files: int = 0
    packs: int = 0


def pack_small_files(
    home: Home, manifest: Manifest, sorter: Engine, *, least: int, of_last_import: bool = False
) -> Packed:
    """Pack the small files of each shop and table of which there are at least so many; only who writes may ask.

    Packs are on the disk before the manifest names them, and what it was made of stays there for a while: for whoever
    reads at this moment, and for who is killed in between.
    """
    packs = [
        (_written(home, files, sorter), files)
        for files in _worth_packing(manifest.loose_files(SMALL_ROWS, least=least, of_last_import=of_last_import))
    ]
    if not packs:
        return Packed()
    if home.origin is not None:
        home.origin.send(batches=[home.batch_file(files[0].table, pack) for pack, files in packs], rejected=[])
    manifest.add_packs(packs)
    return Packed(sum(len(files) for _, files in packs), len(packs))


def _worth_packing(loose: Iterable[BatchFile]) -> Iterator[list[BatchFile]]:
    """Yield the files of each pack to be: of one table and shop, days that follow one another side by side."""
    of_one_shop = sorted((file for file in loose if len(file.shops) == 1), key=_place)
    for _, found in groupby(of_one_shop, key=lambda file: (file.table, file.shops)):
        yield from (pack for pack in _split(list(found)) if len(pack) > 1)


def _place(file: BatchFile) -> tuple[object, ...]:
    return (file.table, file.shops, file.first_at or 0, file.import_id, file.hash)


def _split(files: Sequence[BatchFile]) -> Iterator[list[BatchFile]]:
    pack: list[BatchFile] = []
    for file in files:
        if pack and sum(one.rows for one in pack) + file.rows > PACK_ROWS:
            yield pack
            pack = []
        pack.append(file)
    yield pack


def _written(home: Home, files: Sequence[BatchFile], sorter: Engine) -> str:
    """Write the rows of files one after the other, as they lie, and return the name of the pack."""
    table = files[0].table
    staged = home.staging / f"{table}.pack.parquet"
    paths = home.batch_files(table, (file.hash for file in files))
    sorter.execute(
        f"COPY (SELECT * FROM {parquet_scan(paths)}) TO {sql_text(str(staged))} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP_ROWS})"
    )
    return placed(staged, home.batches / table)
