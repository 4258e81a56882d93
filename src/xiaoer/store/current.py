"""Current rows of the keyed tables: of all exports visible, one row per natural key."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from xiaoer.base.tables import canonical_tables
from xiaoer.store.engine import Engine, sql_list, sql_name, sql_text
from xiaoer.store.file_rows import rows_in_files, scan_of_files
from xiaoer.store.footers import lie_apart, span_of
from xiaoer.store.home import Home
from xiaoer.store.import_writer import key_columns
from xiaoer.store.manifest import BatchFile
from xiaoer.store.snapshot import Snapshot


def current_rows(home: Home, snapshot: Snapshot, table: str, *, shops: Sequence[str], engine: Engine) -> pa.Table:
    """Return one row per natural key of the shops, in the canonical schema.

    The row whose latest time is later wins (an export only adds times), then the later export, then the later import.
    """
    schema = canonical_tables()[table].schema
    files = [file for file in snapshot.files if file.table == table and set(file.shops) & set(shops)]
    if not files:
        return schema.empty_table()
    columns = ", ".join(sql_name(name) for name in schema.names)
    key = ", ".join(sql_name(name) for name in key_columns(table))
    paths = home.batch_files(table, (file.lies_in for file in files))
    in_order = _in_order_of_keys(paths, table) if _are_of_one_shop(files) and not _packed(files) else None
    if in_order is not None:
        return pa.concat_tables(_rows_of(path, schema) for path in in_order)
    made = [snapshot.imports[file.import_id] for file in files]
    one_per_key = (
        f"QUALIFY ROW_NUMBER() OVER (PARTITION BY {key} "
        "ORDER BY latest_at DESC NULLS LAST, exported_at DESC, import_id DESC) = 1"
    )
    engine.add_table("known_file", pa.table(rows_in_files(paths, files) | {
        "exported_at": [one.exported_at or one.at for one in made],
        "import_id": [one.id for one in made],
    }))  # fmt: skip
    found = engine.fetch(
        f"SELECT {columns} FROM {scan_of_files(paths, 'known_file')} "
        f"WHERE s.shop IN {sql_list(shops)} {one_per_key} ORDER BY {key}"
    )
    return found.cast(schema)


def _in_order_of_keys(paths: Sequence[Path], table: str) -> list[Path] | None:
    """Return the files in the order of their keys where no key is in two of them; None where one may be.

    Each file has a key once, in order. Monthly exports of one shop lie apart, and sorting all of them again is most of
    the time that reading them takes.
    """
    _, first, *_ = key_columns(table)
    spans = {path: span_of(path, first, unknown_too=False) for path in paths}
    known = {path: span for path, span in spans.items() if span is not None}
    return (
        sorted(known, key=lambda path: known[path]) if len(known) == len(spans) and lie_apart(known.values()) else None
    )


def _rows_of(path: Path, schema: pa.Schema) -> pa.Table:
    """Return a file's rows in a schema; columns that were not known when it was written are empty."""
    file = pq.ParquetFile(path)
    known = set(file.schema_arrow.names)
    read = file.read(columns=[name for name in schema.names if name in known])
    columns = [read[name] if name in known else pa.nulls(len(read)) for name in schema.names]
    return pa.table(columns, names=schema.names).cast(schema)


def _are_of_one_shop(files: Sequence[BatchFile]) -> bool:
    return len(files[0].shops) == 1 and len({file.shops for file in files}) == 1


def _packed(files: Sequence[BatchFile]) -> bool:
    """Return whether some file lies with others in one, so that what a footer tells is not of it alone."""
    return any(file.pack for file in files)


def latest_instant_of(
    home: Home, snapshot: Snapshot, table: str, columns: Sequence[str], *, shop: str, engine: Engine
) -> datetime | None:
    """Return the latest instant of these columns in a shop's current rows, without putting them together.

    Of one key the row with the latest time is current, so the latest of all exports is it.
    """
    files = [file for file in snapshot.files if file.table == table and shop in file.shops]
    if not files:
        return None
    paths = home.batch_files(table, (file.lies_in for file in files))
    if _are_of_one_shop(files) and not _packed(files):
        ends = [span[1] for path in paths for name in columns if (span := span_of(path, name)) is not None]
        return max(ends, default=None)
    engine.add_table("known_file", pa.table(rows_in_files(paths, files)))
    latest = ", ".join(f"max({sql_name(name)})" for name in columns)
    ((at,),) = engine.execute(
        f"SELECT greatest({latest}) FROM {scan_of_files(paths, 'known_file')} WHERE shop = {sql_text(shop)}"
    )
    assert at is None or isinstance(at, datetime)
    return at
