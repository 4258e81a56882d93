"""Largest remainder: an amount handed out in whole steps, so that the parts make exactly the whole."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from xiaoer.appraisal.exact import EXACT, settled


def largest_remainder(
    total: Decimal, exact: Sequence[Decimal], *, step: Decimal, order: Sequence[int | tuple[object, ...]]
) -> list[Decimal]:
    """Return each part in whole steps, together the total; what is left goes to the largest remainders.

    Equal remainders are served by `order`, smallest first. The exact parts must make the total.
    """
    parts = [settled(part) for part in exact]
    floors = [(part / step).to_integral_value(ROUND_FLOOR) * step for part in parts]
    left = int(((total - sum(floors)) / step).to_integral_value(context=EXACT))
    rests = sorted(range(len(parts)), key=lambda place: (floors[place] - parts[place], order[place]))
    for place in rests[:left]:
        floors[place] += step
    return floors
