"""Current rows of the keyed tables: of all exports visible, one row per natural key."""

from collections.abc import Sequence
from datetime import datetime

import pyarrow as pa

from xiaoer.base.tables import canonical_tables
from xiaoer.store.engine import Engine, parquet_scan, sql_list, sql_name, sql_text
from xiaoer.store.home import Home
from xiaoer.store.import_writer import key_columns
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
    paths = [home.batches / table / f"{file.hash}.parquet" for file in files]
    made = [snapshot.imports[file.import_id] for file in files]
    scan = parquet_scan(dict.fromkeys(paths), extra={"filename": "true"})
    one_per_key = (
        f"QUALIFY ROW_NUMBER() OVER (PARTITION BY {key} "
        "ORDER BY latest_at DESC NULLS LAST, exported_at DESC, import_id DESC) = 1"
    )
    engine.add_table("known_file", pa.table({
        "filename": [str(path) for path in paths],
        "exported_at": [one.exported_at or one.at for one in made],
        "import_id": [one.id for one in made],
    }))  # fmt: skip
    found = engine.fetch(
        f"SELECT {columns} FROM {scan} s JOIN known_file USING (filename) "
        f"WHERE s.shop IN {sql_list(shops)} {one_per_key} ORDER BY {key}"
    )
    return found.cast(schema)


def latest_instant_of(
    home: Home, snapshot: Snapshot, table: str, columns: Sequence[str], *, shop: str, engine: Engine
) -> datetime | None:
    """Return the latest instant of these columns in a shop's current rows, without putting them together.

    Of one key the row with the latest time is current, so the latest of all exports is it.
    """
    files = [file for file in snapshot.files if file.table == table and shop in file.shops]
    if not files:
        return None
    scan = parquet_scan(dict.fromkeys(home.batches / table / f"{file.hash}.parquet" for file in files))
    latest = ", ".join(f"max({sql_name(name)})" for name in columns)
    ((at,),) = engine.execute(f"SELECT greatest({latest}) FROM {scan} WHERE shop = {sql_text(shop)}")
    assert at is None or isinstance(at, datetime)
    return at
