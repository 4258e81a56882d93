"""What a set of causes promises, foretold from what each does alone: it says which sets to compute first, no more."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from xiaoer.reconcile.amount import Amount
from xiaoer.reconcile.cause import Variant
from xiaoer.reconcile.cell import Cell

Floats = npt.NDArray[np.float64]
Amounts = Mapping[int, Amount | None]
SLACK = 1e-9  # floats stand for exact figures here


class Promise:
    """Foretells figures as those of now plus what each cause moves alone, parts of a ratio apart."""

    def __init__(self, cells: Sequence[Cell], base: Amounts, alone: Mapping[Variant, Amounts]) -> None:
        self._theirs = np.array([float(cell.theirs) for cell in cells])
        self._tolerance = np.array([float(cell.tolerance) for cell in cells])
        self._cells = cells
        self._base = self._parts(base)
        self._ratio = np.array([(one := base[cell.number]) is not None and one.is_ratio for cell in cells])
        self._moves = {variant: self._moved(amounts) for variant, amounts in alone.items()}

    def of(self, chosen: Sequence[Variant]) -> tuple[int, float]:
        """Return how many figures would be unequal and how far off they would be; less is more promising."""
        over, under, figure = (
            base + sum(self._moves[variant][part] for variant in chosen) for part, base in enumerate(self._base)
        )
        foretold = self._foretold(over, under, figure, chosen)
        off = np.abs(foretold - self._theirs)
        unequal = ~(off <= self._tolerance + SLACK * (1 + np.abs(self._theirs)))
        far = np.minimum(1.0, np.nan_to_num(off / (np.abs(self._theirs) + 1), nan=1.0))
        return int(unequal.sum()), float(far[unequal].sum())

    def _foretold(self, over: Floats, under: Floats, figure: Floats, chosen: Sequence[Variant]) -> Floats:
        by_parts = self._ratio & ~np.logical_or.reduce([self._moves[variant][3] > 0 for variant in chosen])
        with np.errstate(divide="ignore", invalid="ignore"):
            quotient = over / under
        return np.where(by_parts, quotient, figure)

    def _parts(self, amounts: Amounts) -> tuple[Floats, Floats, Floats]:
        each = [amounts[cell.number] for cell in self._cells]
        return (
            np.array([_float(one.over if one is not None else None) for one in each]),
            np.array([_float(one.under if one is not None else None) for one in each]),
            np.array([_float(one.figure if one is not None else None) for one in each]),
        )

    def _moved(self, amounts: Amounts) -> tuple[Floats, Floats, Floats, Floats]:
        """Return what a cause moves of each part, and where it makes a ratio another kind of figure."""
        over, under, figure = (new - old for new, old in zip(self._parts(amounts), self._base, strict=True))
        ratio = np.array([(one := amounts[cell.number]) is not None and one.is_ratio for cell in self._cells])
        return over, under, figure, (ratio != self._ratio).astype(np.float64)


def _float(value: object) -> float:
    return float("nan") if value is None else float(value)  # type: ignore[arg-type]  # a Fraction or None
