"""Current rows of the keyed tables: of all exports visible, one row per natural key."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from xiaoer.base.tables import canonical_tables
from xiaoer.store.engine import Engine, sql_list, sql_name, sql_text
from xiaoer.store.file_rows import Run, place_of, rows_in_files, scan_of_files, together
from xiaoer.store.footers import Span, lie_apart, span_of
from xiaoer.store.home import Home
from xiaoer.store.import_writer import key_columns
from xiaoer.store.manifest import BatchFile
from xiaoer.store.snapshot import Snapshot


def current_rows(home: Home, snapshot: Snapshot, table: str, *, shops: Sequence[str], engine: Engine) -> pa.Table:
    """Return one row per natural key of the shops, in the canonical schema.

    The row whose latest time is later wins (an export only adds times), then the later export, then the later import.
    """
    schema = canonical_tables()[table].schema
    files = snapshot.files(shops, table=table)
    if not files:
        return schema.empty_table()
    columns = ", ".join(sql_name(name) for name in schema.names)
    key = ", ".join(sql_name(name) for name in key_columns(table))
    paths = home.batch_files(table, (file.lies_in for file in files))
    places = [place_of(path, file) for path, file in zip(paths, files, strict=True)]
    in_order = _in_order_of_keys(places, table) if _are_of_one_shop(files) else None
    if in_order is not None:
        return pa.concat_tables(_rows_of(*run, schema) for run in together(in_order))
    one_per_key = (
        f"QUALIFY ROW_NUMBER() OVER (PARTITION BY {key} "
        "ORDER BY latest_at DESC NULLS LAST, exported_at DESC, import_id DESC) = 1"
    )
    engine.add_table("known_file", pa.table(rows_in_files(paths, files) | {
        "exported_at": [file.exported_at for file in files],
        "import_id": [file.import_id for file in files],
    }))  # fmt: skip
    found = engine.fetch(
        f"SELECT {columns} FROM {scan_of_files(paths, 'known_file')} "
        f"WHERE s.shop IN {sql_list(shops)} {one_per_key} ORDER BY {key}"
    )
    return found.cast(schema)


def _in_order_of_keys(places: Sequence[Run], table: str) -> list[Run] | None:
    """Return where files lie in the order of their keys where no key is in two of them; None where one may be.

    Each file has a key once, in order. Monthly exports of one shop lie apart, and sorting all of them again is most of
    the time that reading them takes.
    """
    _, first, *_ = key_columns(table)
    packed: dict[Path, pa.ChunkedArray] = {}
    spans = {place: _span_in(place, first, packed) for place in places}
    known = {place: span for place, span in spans.items() if span is not None}
    return (
        sorted(known, key=lambda place: known[place])
        if len(known) == len(spans) and lie_apart(known.values())
        else None
    )


def _span_in(place: Run, column: str, packed: dict[Path, pa.ChunkedArray]) -> Span | None:
    """Return within which values a column lies in a file's rows; None where that is not known of some of them.

    The column of a pack is read once, and put among those that were.
    """
    path, start, stop = place
    if stop - start == pq.read_metadata(path).num_rows:
        return span_of(path, column, unknown_too=False)
    if path not in packed:
        packed[path] = pq.read_table(path, columns=[column])[column]
    values = packed[path].slice(start, stop - start)
    ends = pc.min_max(values).as_py()
    return None if values.null_count or ends["min"] is None else (ends["min"], ends["max"])


def _rows_of(path: Path, start: int, stop: int, schema: pa.Schema) -> pa.Table:
    """Return rows of a file in a schema; columns that were not known when it was written are empty."""
    file = pq.ParquetFile(path)
    known = set(file.schema_arrow.names)
    read = file.read(columns=[name for name in schema.names if name in known]).slice(start, stop - start)
    columns = [read[name] if name in known else pa.nulls(len(read)) for name in schema.names]
    return pa.table(columns, names=schema.names).cast(schema)


def _are_of_one_shop(files: Sequence[BatchFile]) -> bool:
    return len(files[0].shops) == 1 and len({file.shops for file in files}) == 1


def latest_instant_of(
    home: Home, snapshot: Snapshot, table: str, columns: Sequence[str], *, shop: str, engine: Engine
) -> datetime | None:
    """Return the latest instant of these columns in a shop's current rows, without putting them together.

    Of one key the row with the latest time is current, so the latest of all exports is it.
    """
    files = snapshot.files([shop], table=table)
    if not files:
        return None
    # Of a file of its own, and of nobody else, the footer tells it.
    one_shop = _are_of_one_shop(files)
    alone = [file for file in files if one_shop and not file.pack]
    paths = home.batch_files(table, (file.hash for file in alone))
    ends = [span[1] for path in paths for name in columns if (span := span_of(path, name)) is not None]
    others = [file for file in files if file.pack or not one_shop]
    return max([*ends, *_latest_of(home, others, columns, shop=shop, engine=engine)], default=None)


def _latest_of(
    home: Home, files: Sequence[BatchFile], columns: Sequence[str], *, shop: str, engine: Engine
) -> Iterator[datetime]:
    """Yield the latest instant that any of these columns has in a shop's rows of files, if there is one."""
    if not files:
        return
    paths = home.batch_files(files[0].table, (file.lies_in for file in files))
    engine.add_table("known_file", pa.table(rows_in_files(paths, files)))
    latest = ", ".join(f"max({sql_name(name)})" for name in columns)
    ((at,),) = engine.execute(
        f"SELECT greatest({latest}) FROM {scan_of_files(paths, 'known_file')} WHERE shop = {sql_text(shop)}"
    )
    if at is not None:
        assert isinstance(at, datetime)
        yield at
