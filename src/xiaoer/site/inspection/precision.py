"""How sure an item is: of its findings that people judged, how many stood; and how that went month by month."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xiaoer.actions.inspect_decisions import Verdict
from xiaoer.site.inspection.decisions import decisions_of
from xiaoer.site.models import Shop

FEWEST = 5  # judged findings, before anything is said of an item
NOISY = 0.8


@dataclass(frozen=True)
class Precision:
    """Of `judged` findings `stood` were right."""

    judged: int
    stood: int

    @property
    def share(self) -> float:
        """Return the share that stood."""
        return self.stood / self.judged

    @property
    def noisy(self) -> bool:
        """Return whether so many do not stand that the item should be mended."""
        return self.judged >= FEWEST and self.share < NOISY


def precision_of(shop: Shop, *, first: date, last: date) -> Mapping[str, Precision]:
    """Return for each item how its findings of these days fared; each finding once, by what holds of it."""
    return {item: known for (item, _month), known in _counted(shop, first, last, months=False).items()}


def precision_by_month(shop: Shop, *, first: date, last: date) -> Mapping[tuple[str, str], Precision]:
    """Return the same by item and month of the conversation, as 2024-09."""
    return _counted(shop, first, last, months=True)


def _counted(shop: Shop, first: date, last: date, *, months: bool) -> dict[tuple[str, str], Precision]:
    """Count what people decided, but not what they added: there no machine could be right or wrong."""
    judged: Counter[tuple[str, str]] = Counter()
    stood: Counter[tuple[str, str]] = Counter()
    for id_, decision in decisions_of(shop, day__range=(first, last)).items():
        if decision.verdict is not Verdict.ADDED:
            key = (id_.item, id_.day[:7] if months else "")
            judged[key] += 1
            stood[key] += decision.verdict is not Verdict.REFUSED
    return {key: Precision(number, stood[key]) for key, number in sorted(judged.items())}
