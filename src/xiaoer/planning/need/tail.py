"""The waiting tail: J(t) = ∫ₜ^∞ exp(λ/θ·(1 − e^(−θx)) − c·x) dx, by which waits with impatience are told exactly.

λ arrivals, θ giving up, c finished contacts per second while everybody is busy. With s = c/θ and x₀ = λ/θ it is
J(t) = e^x₀ · x₀^(−s) · γ(s, x₀·e^(−θt)) / θ (Baccelli & Hebuterne 1981; Mandelbaum & Zeltyn 2007).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc, gammaln

Numbers = NDArray[np.float64]
_UNDERFLOW = 1e-290  # below this the library's γ has lost its digits; there the series converges fast
_PRECISE = 1e-17
_NODES, _PANELS = 16, 6


def log_tail(arrival: Numbers, served: Numbers, giving_up: float, seconds: float) -> Numbers:
    """Return ln J(seconds) for each pair of arrivals and finished contacts per second; inf where it diverges."""
    if giving_up == 0:
        spare = served - arrival
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(spare > 0, -spare * seconds - np.log(spare), np.inf)
    shape, start = served / giving_up, arrival / giving_up
    reached = start * np.exp(-giving_up * seconds)
    return np.asarray(start - shape * np.log(start) + _log_lower_gamma(shape, reached) - np.log(giving_up))


def _log_lower_gamma(shape: Numbers, upto: Numbers) -> Numbers:
    share: Numbers = gammainc(shape, upto)
    with np.errstate(divide="ignore"):
        found: Numbers = gammaln(shape) + np.log(share)
    lost = share < _UNDERFLOW
    if lost.any():
        found[lost] = _by_series(shape[lost], upto[lost])
    return found


def _by_series(shape: Numbers, upto: Numbers) -> Numbers:
    """Return ln γ(s, x) = s·ln x − x + ln Σ xᵏ / (s(s+1)…(s+k)), for x well below s."""
    term = 1 / shape
    total, step = term.copy(), 1
    while (term > _PRECISE * total).any():
        term = term * upto / (shape + step)
        total += term
        step += 1
    return np.asarray(shape * np.log(upto) - upto + np.log(total))


def mean_of_tail(arrival: Numbers, served: Numbers, giving_up: float, log_whole: Numbers) -> Numbers:
    """Return ∫ v·e^G(v) dv ÷ J(0), the mean wait of those who would wait on, by Gauss–Legendre on panels.

    G is concave; panels reach to where the integrand is below 1e-20 of its greatest: as far as e^(−(c−λ)v), or as a
    normal curve of width 1/√(θc) and a tail of e^(−cv), do.
    """
    if giving_up == 0:
        return np.asarray(1 / (served - arrival))
    spare = np.maximum(served - arrival, 1e-300)
    peak = np.log(np.maximum(arrival / served, 1)) / giving_up
    far = peak + np.minimum(46 / spare, 12 / np.sqrt(giving_up * served) + 130 / served)
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    total = np.zeros_like(arrival)
    for panel in range(_PANELS):
        for node, weight in zip(nodes, weights, strict=True):
            at = far * ((panel + (node + 1) / 2) / _PANELS)
            grown = arrival / giving_up * -np.expm1(-giving_up * at) - served * at
            total += at * np.exp(grown - log_whole) * weight
    return np.asarray(total * far / (2 * _PANELS))


def as_numbers(values: ArrayLike) -> Numbers:
    """Return values as a one-dimensional array of floats."""
    return np.atleast_1d(np.asarray(values, dtype=np.float64))
