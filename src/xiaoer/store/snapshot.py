"""A snapshot: what was visible and set at one number of the change log. The same number gives the same figures."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from xiaoer.base.corrections import Correction
from xiaoer.base.settings import ShopSettings
from xiaoer.store.manifest import BatchFile, Manifest


@dataclass(frozen=True)
class Snapshot:
    """Settings and corrections in force at `seq`; files are asked of the manifest, for there are as many as imports."""

    seq: int
    settings: dict[str, ShopSettings]
    corrections: tuple[Correction, ...] = ()
    manifest: Manifest = field(kw_only=True, repr=False, compare=False)

    @cached_property
    def shops(self) -> tuple[str, ...]:
        """Return the shops that have data, names ascending."""
        return tuple(sorted(self.manifest.shops(self.seq)))

    def files(self, shops: Iterable[str], *, table: str | None = None) -> list[BatchFile]:
        """Return the files with rows of these shops (of a table), in the order of imports."""
        return self.manifest.files(self.seq, tuple(shops), table=table)

    def settings_of(self, shop: str) -> ShopSettings:
        """Return a shop's settings; defaults where nothing was set."""
        return self.settings.get(shop, ShopSettings())

    def corrections_of(self, shop: str) -> tuple[Correction, ...]:
        """Return the corrections in force of a shop."""
        return tuple(one for one in self.corrections if one.shop == shop)
