"""Many small shops as one: canonical tables and settings of all of them, under names of their own."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from xiaoer.base.settings import ShopSettings
from xiaoer.base.tables import canonical_tables


@dataclass
class ManyShops:
    """Shops put together; each is told apart by the name it gets here."""

    settings: dict[str, ShopSettings] = field(default_factory=dict)
    _parts: dict[str, list[pa.Table]] = field(default_factory=lambda: defaultdict(list))

    def add(self, tables: Mapping[str, pa.Table], settings: ShopSettings) -> None:
        """Add a shop's tables; whatever it was called there, here it is numbered."""
        name = f"店{len(self.settings):03d}"
        self.settings[name] = settings
        for table, rows in tables.items():
            kind = rows.schema.field("shop").type
            place = rows.column_names.index("shop")
            self._parts[table].append(rows.set_column(place, "shop", pa.array([name] * len(rows), kind)))

    @property
    def tables(self) -> dict[str, pa.Table]:
        """Return the canonical tables of all shops."""
        return {
            name: pa.concat_tables([table.schema.empty_table(), *self._parts[name]])
            for name, table in canonical_tables().items()
        }
