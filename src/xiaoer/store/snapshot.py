"""A snapshot: what was visible and set at one number of the change log. The same number gives the same figures."""

from dataclasses import dataclass
from functools import cached_property

from xiaoer.base.corrections import Correction
from xiaoer.base.settings import ShopSettings
from xiaoer.store.manifest import BatchFile, Export


@dataclass(frozen=True)
class Snapshot:
    """Files, settings and corrections in force at `seq`; `imports` are the visible ones by number."""

    seq: int
    files: tuple[BatchFile, ...]
    imports: dict[int, Export]
    settings: dict[str, ShopSettings]
    corrections: tuple[Correction, ...] = ()

    @cached_property
    def shops(self) -> tuple[str, ...]:
        """Return the shops that have data, names ascending."""
        return tuple(sorted({shop for file in self.files for shop in file.shops}))

    def settings_of(self, shop: str) -> ShopSettings:
        """Return a shop's settings; defaults where nothing was set."""
        return self.settings.get(shop, ShopSettings())

    def corrections_of(self, shop: str) -> tuple[Correction, ...]:
        """Return the corrections in force of a shop."""
        return tuple(one for one in self.corrections if one.shop == shop)
