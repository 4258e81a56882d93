"""Bands around a forecast: how far days of the past lay from what was forecast of them, as quantiles."""

from dataclasses import dataclass

import numpy as np

from xiaoer.planning.forecast.history import Numbers

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
LOW, HIGH = 0.1, 0.9
LEAST_ERRORS = 40  # below, bands are guessed
GUESSED_SPREAD = 0.25
_NORMAL = {
    0.1: -1.2815515655446004,
    0.25: -0.6744897501960817,
    0.5: 0.0,
    0.75: 0.6744897501960817,
    0.9: 1.2815515655446004,
}


@dataclass(frozen=True)
class Bands:
    """How forecasts scatter: with mean f, variance f + spread²·f², and where quantiles lie in units of its root."""

    spread: float
    units: tuple[float, ...]
    guessed: bool = False

    def around(self, told: Numbers) -> Numbers:
        """Return the quantiles of QUANTILES around a forecast, as the first axis; never below 0."""
        width = np.sqrt(told + (self.spread * told) ** 2)
        return np.asarray(np.maximum(told[None] + np.multiply.outer(np.array(self.units), width), 0.0))


GUESSED = Bands(GUESSED_SPREAD, tuple(_NORMAL[one] for one in QUANTILES), guessed=True)


def bands_of(came: Numbers, told: Numbers) -> Bands:
    """Return the bands that past forecasts call for: Poisson scatter and a spread of their own, empirical quantiles.

    What is unknown (NaN), or was closed and stayed so, counts for nothing.
    """
    counts = ~np.isnan(came) & ((told > 0) | (came > 0))
    real, mean = came[counts], told[counts]
    if len(real) < LEAST_ERRORS:
        return GUESSED
    beyond = float(((real - mean) ** 2 - mean).sum() / max((mean**2).sum(), 1e-9))
    spread = float(np.sqrt(max(beyond, 0.0)))
    width = np.sqrt(np.maximum(mean + (spread * mean) ** 2, 1e-9))
    units = np.quantile((real - mean) / width, QUANTILES)
    return Bands(spread, tuple(float(one) for one in units))
