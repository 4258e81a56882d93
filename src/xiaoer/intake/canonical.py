"""The forms of the platform `canonical`: one per canonical table, headed exactly as it is."""

from functools import cache

from xiaoer.base.tables import Table, canonical_tables
from xiaoer.intake.platform import ColumnMap, Layout, TableMap

SHOP = "shop"  # told with the import; a file may tell it too


@cache
def canonical_layouts() -> tuple[Layout, ...]:
    """Return the form of each canonical table, names ascending."""
    return tuple(_layout(name, table) for name, table in sorted(canonical_tables().items()))


def _layout(name: str, table: Table) -> Layout:
    columns = {column.name: ColumnMap.model_validate({"from": column.name}) for column in table.columns}
    return Layout(
        name=name,
        must=tuple(column for column in table.required if column != SHOP),
        file_names=(rf"(?:^|[^a-z_]){name}(?:[^a-z_][^/]*)?\.[a-z]+$",),
        ignored=("source_row",),
        tables=(TableMap(table=name, columns=columns),),
    )
