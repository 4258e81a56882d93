"""The search for causes: the fewest that make the most figures equal, each tried by computing anew."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from xiaoer.reconcile.amount import Amount
from xiaoer.reconcile.cause import Variant, go_together
from xiaoer.reconcile.cell import Cell
from xiaoer.reconcile.promise import Promise

PAIRS_TRIED = 12
FURTHER_TRIED = 6
MOST_CAUSES = 5
MANY = 10  # figures that one cause explains, all of them: enough to look no further
LEAST_GAIN = 2  # one more cause explains at least so many figures more, or all that are left

Chosen = tuple[Variant, ...]
Amounts = Callable[[Chosen], Mapping[int, Amount | None]]
Tried = Callable[[int], None]


@dataclass(frozen=True)
class Answer:
    """The causes found, each figure's own among them, and other sets as large that explain exactly the same figures."""

    chosen: Chosen
    by_cell: Mapping[int, Chosen]
    alike: tuple[Chosen, ...] = ()


@dataclass
class Search:
    """One search over cells; `amounts` computes them under chosen causes, `tried` hears how many sets were computed."""

    cells: Sequence[Cell]
    amounts: Amounts
    tried: Tried = lambda number: None
    _unequal: dict[Chosen, frozenset[int]] = field(default_factory=dict)

    def answer(self, variants: Sequence[Variant]) -> Answer:
        """Return what explains the unequal figures; nothing chosen where nothing differs or no cause helps."""
        if not self.unequal(()):
            return Answer((), {})
        singles = self._singles(variants)
        best = self._best([(), *singles])
        if self.unequal(best):
            promise = Promise(self.cells, self.amounts(()), {one[0]: self.amounts(one) for one in singles})
            pair = self._best([best, *_likeliest(self._pairs(singles), promise, PAIRS_TRIED)])
            best = pair if self._is_worth(pair, best) else best
            best = self._needed(self._extended(best, singles, promise))
        return Answer(best, self._by_cell(best), self._alike(best))

    def _singles(self, variants: Sequence[Variant]) -> list[Chosen]:
        """Return each cause that moves any figure; the rest is not tried once one explains all of many figures."""
        moving: list[Chosen] = []
        for variant in variants:
            one = (variant,)
            unequal = self.unequal(one)
            if self.amounts(one) != self.amounts(()):
                moving.append(one)
            if not unequal and len(self.unequal(())) >= MANY:
                break
        return moving

    def unequal(self, chosen: Chosen) -> frozenset[int]:
        """Return the numbers of the cells that are not equal under the chosen causes."""
        if chosen not in self._unequal:
            amounts = self.amounts(chosen)
            self._unequal[chosen] = frozenset(
                cell.number for cell in self.cells if not cell.is_equal(_figure(amounts[cell.number]))
            )
            self.tried(len(self._unequal))
        return self._unequal[chosen]

    def _best(self, sets: Iterable[Chosen]) -> Chosen:
        return min(sets, key=lambda one: (len(self.unequal(one)), len(one), _places(one)))

    def _is_worth(self, more: Chosen, less: Chosen) -> bool:
        gain = len(self.unequal(less)) - len(self.unequal(more))
        return gain >= LEAST_GAIN or (gain > 0 and not self.unequal(more))

    def _pairs(self, singles: Sequence[Chosen]) -> list[Chosen]:
        return [_in_order((*one, *other)) for one, other in combinations(singles, 2) if go_together(one[0], other[0])]

    def _extended(self, chosen: Chosen, singles: Sequence[Chosen], promise: Promise) -> Chosen:
        """Return the set with further causes, one at a time, while each is worth it."""
        while chosen and self.unequal(chosen) and len(chosen) < MOST_CAUSES:
            more = [
                _in_order((*chosen, *one)) for one in singles if all(go_together(one[0], other) for other in chosen)
            ]
            best = self._best([chosen, *_likeliest(more, promise, FURTHER_TRIED)])
            if not self._is_worth(best, chosen):
                break
            chosen = best
        return chosen

    def _needed(self, chosen: Chosen) -> Chosen:
        """Return the set without causes that it explains as much without."""
        for variant in reversed(chosen):
            rest = tuple(one for one in chosen if one != variant)
            if rest and len(self.unequal(rest)) <= len(self.unequal(chosen)):
                return self._needed(rest)
        return chosen

    def _by_cell(self, chosen: Chosen) -> dict[int, Chosen]:
        """Return for each figure that the chosen causes explain the fewest of them that do, the first in order."""
        explained = self.unequal(()) - self.unequal(chosen)
        subsets = [part for size in range(1, len(chosen) + 1) for part in combinations(chosen, size)]
        return {
            number: next(part for part in subsets if number not in self.unequal(part)) for number in sorted(explained)
        }

    def _alike(self, chosen: Chosen) -> tuple[Chosen, ...]:
        found = [
            other
            for other, unequal in self._unequal.items()
            if other != chosen and len(other) == len(chosen) and unequal == self.unequal(chosen)
        ]
        return tuple(sorted(found, key=_places)) if chosen else ()


def _likeliest(sets: Sequence[Chosen], promise: Promise, most: int) -> list[Chosen]:
    """Return the sets that promise most if their causes do not mind each other; only the order rests on that."""
    return sorted(sets, key=lambda one: (*promise.of(one), _places(one)))[:most]


def _figure(amount: Amount | None) -> Fraction | None:
    return amount.figure if amount is not None else None


def _in_order(chosen: Iterable[Variant]) -> Chosen:
    return tuple(sorted(chosen, key=lambda variant: variant.place))


def _places(chosen: Chosen) -> tuple[int, ...]:
    return tuple(variant.place for variant in chosen)
