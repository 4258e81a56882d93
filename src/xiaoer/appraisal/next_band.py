"""What somebody would need for the next band: the edge, how far it is, and what the month would then pay."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from xiaoer.appraisal.appraise import Appraised
from xiaoer.appraisal.exact import GRAIN, settled
from xiaoer.appraisal.scheme import SchemeVersion
from xiaoer.appraisal.steps.bands import Band, Bands
from xiaoer.appraisal.steps.commission import Commission
from xiaoer.appraisal.steps.step import Step

Again = Callable[[str, str, Decimal], Decimal | None]  # agent, input, its other value → the total then


@dataclass(frozen=True)
class NextBand:
    """The step, the value it looks at, its edge (`strict`: to be passed, not just reached), what it gives.

    `total` is what the month would pay with just this input at the edge; None where it is no input or unknown.
    """

    step: str
    of: str
    value: Decimal
    edge: Decimal
    strict: bool
    up: bool
    gives: Decimal
    total: Decimal | None = None


def next_bands(version: SchemeVersion, one: Appraised, again: Again) -> list[NextBand]:
    """Return the next better band of each step that has one, in the order of steps."""
    found = []
    for step in version.steps:
        made = _next(step, one.values)
        if made is not None:
            found.append(_with_total(made, version, one, again))
    return found


def _next(step: Step, values: Mapping[str, Decimal | None]) -> NextBand | None:
    if isinstance(step, Bands):
        value = values.get(step.of.strip())
        better = [] if value is None else _better_bands(step, settled(value))
        if value is not None and better:
            band = better[-1]
            return NextBand(
                step.name, step.of.strip(), value, band.edge, band.sign in ("over", "under"), band.up, band.gives
            )
    if isinstance(step, Commission):
        name = (step.by or step.of).strip()
        value = values.get(name)
        tiers = [tier for tier in step.tiers if value is not None and not tier.holds(settled(value))]
        if value is not None and tiers:
            return NextBand(step.name, name, value, tiers[0].edge, tiers[0].over is not None, True, tiers[0].rate)
    return None


def _better_bands(step: Bands, value: Decimal) -> list[Band]:
    """Return the bands above the one that a value reaches, the nearest last."""
    found = []
    for band in step.bands:
        if band.holds(value):
            break
        found.append(band)
    return found


def _with_total(made: NextBand, version: SchemeVersion, one: Appraised, again: Again) -> NextBand:
    if made.of not in version.spec.inputs:
        return made
    beyond = GRAIN if made.strict else Decimal(0)
    total = again(one.agent, made.of, made.edge + (beyond if made.up else -beyond))
    return NextBand(made.step, made.of, made.value, made.edge, made.strict, made.up, made.gives, total)
