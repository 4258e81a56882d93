"""How well something was forecast: WAPE, bias, pinball loss, coverage of the 80 % band."""

from dataclasses import dataclass

import numpy as np

from xiaoer.planning.forecast.bands import HIGH, LOW, QUANTILES
from xiaoer.planning.forecast.history import Numbers


@dataclass(frozen=True)
class Score:
    """Over intervals that were open. None where nothing came in at all, or there were no bands.

    wape = Σ|came − told| ÷ Σ came; bias = Σ(told − came) ÷ Σ came; pinball = the mean loss of the quantiles, in
    contacts; coverage = the share of intervals within the 80 % band.
    """

    days: int
    wape: float | None
    bias: float | None
    pinball: float | None = None
    coverage: float | None = None


def score(came: Numbers, told: Numbers, quantiles: Numbers | None = None) -> Score:
    """Return how well days (rows) of intervals were told; what is unknown counts for nothing."""
    counts = ~np.isnan(came) & ((told > 0) | (came > 0))
    real, mean = came[counts], told[counts]
    total, days = float(real.sum()), int(counts.any(axis=1).sum())
    wape = float(np.abs(real - mean).sum()) / total if total else None
    bias = float((mean - real).sum()) / total if total else None
    if quantiles is None or not len(real):
        return Score(days, wape, bias)
    losses = [
        np.maximum(level * (real - told_at[counts]), (level - 1) * (real - told_at[counts])).mean()
        for level, told_at in zip(QUANTILES, quantiles, strict=True)
    ]
    low, high = (quantiles[QUANTILES.index(level)][counts] for level in (LOW, HIGH))
    return Score(days, wape, bias, float(np.mean(losses)), float(((low <= real) & (real <= high)).mean()))
