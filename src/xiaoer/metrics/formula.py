"""A metric's formula in words, with the real numbers put in."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from xiaoer.base.catalog import Words
from xiaoer.metrics.figure import Figure, rounded_yuan, scale_of
from xiaoer.metrics.measure import Measure, Part
from xiaoer.metrics.metric import Metric, Unit
from xiaoer.metrics.relations import Holds
from xiaoer.metrics.wording import say_figure, say_value

_SIGN = {Part.DENOMINATOR: " ÷ ", Part.MINUS: " − "}


def formula_with_numbers(
    metric: Metric, measures: Mapping[Part, Measure], parts: Mapping[Part, Fraction | None], figure: Figure | None
) -> Words:
    """Return the formula and its sum in both languages; parts are what the rows add up to, in the figure's unit."""

    def words(language: str) -> str:
        result = say_figure(metric, figure, language)
        said = [
            _SIGN.get(part, "") + _say_part(metric, measures[part], part, value, language)
            for part, value in parts.items()
            if value is not None
        ]
        equation = f"{''.join(said)} = {result}" if len(said) == len(measures) > 1 else result
        return metric.formula.in_language(language) + (": " if language == "en" else "：") + equation

    return Words(zh=words("zh"), en=words("en"))


def _say_part(metric: Metric, measure: Measure, part: Part, value: Fraction, language: str) -> str:
    if part is Part.MINUS:
        value = -value  # its rows carry the sign that the formula shows
    if measure.holds is Holds.MONEY:
        return say_value(Unit.YUAN, rounded_yuan(value), language)
    if measure.holds is Holds.MICROS:
        stored = value * (1 if part is Part.DENOMINATOR else scale_of(metric, measure.holds))
        return say_value(Unit.SECONDS, float(stored / 1_000_000), language)
    return f"{int(value):,}" if value.denominator == 1 else f"{Decimal(float(value)):,.2f}"
