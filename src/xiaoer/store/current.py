"""Current rows of the keyed tables: of all exports visible, one row per natural key."""

from collections.abc import Sequence

import pyarrow as pa

from xiaoer.base.tables import canonical_tables
from xiaoer.store.engine import Engine, parquet_scan, sql_list, sql_name, sql_text
from xiaoer.store.home import Home
from xiaoer.store.import_writer import key_columns
from xiaoer.store.snapshot import Snapshot


def current_rows(home: Home, snapshot: Snapshot, table: str, *, shops: Sequence[str]) -> pa.Table:
    """Return one row per natural key of the shops, in the canonical schema.

    The row whose latest time is later wins (an export only adds times), then the later export, then the later import.
    """
    schema = canonical_tables()[table].schema
    files = [file for file in snapshot.files if file.table == table and set(file.shops) & set(shops)]
    if not files:
        return schema.empty_table()
    columns = ", ".join(sql_name(name) for name in schema.names)
    key = ", ".join(sql_name(name) for name in key_columns(table))
    scans = []
    for file in files:
        made = snapshot.imports[file.import_id]
        path = home.batches / table / f"{file.hash}.parquet"
        scans.append(
            f"SELECT *, {sql_text(made.exported_at or made.at)} AS exported_at, {file.import_id} AS import_id "
            f"FROM {parquet_scan([path])} WHERE shop IN {sql_list(shops)}"
        )
    one_per_key = (
        f"QUALIFY ROW_NUMBER() OVER (PARTITION BY {key} "
        "ORDER BY latest_at DESC NULLS LAST, exported_at DESC, import_id DESC) = 1"
    )
    with Engine() as engine:
        found = engine.fetch(f"SELECT {columns} FROM ({' UNION ALL '.join(scans)}) {one_per_key} ORDER BY {key}")
    return found.cast(schema)
