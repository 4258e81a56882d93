"""A comparison as cells: one for readers; for sheets one each for the other value, the difference, the verdict."""

from fractions import Fraction

from xiaoer.actions.figure_column import kind_of
from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.page import Cell, Column, For, Kind, Value
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.metrics import UNIT_WORDS, Compared, Comparison, Metric, Unit, Verdict, in_unit, rounded

SHARE_POINTS = 100


def comparison_columns(comparison: Comparison, metric: Metric, language: Language) -> tuple[Column, ...]:
    """Return the columns of one comparison beside a metric's: one for readers, three for sheets."""
    kind, label = kind_of(metric), metric.label.in_language(language)
    unit = _unit(metric, language)
    spelled = kind in (Kind.SECONDS, Kind.YUAN)
    against, difference, verdict = (
        word(f"{part}_{comparison.value}", language) for part in ("against", "difference", "verdict")
    )
    name = f"{metric.name}.{comparison.value}"
    told = word(f"compared_{comparison.value}", language)
    changed = Kind.POINTS if kind is Kind.SHARE else Kind.CHANGE
    own_unit = "" if kind is Kind.SHARE else UNIT_WORDS[metric.unit].in_language(language)
    return (
        Column(name, difference, Kind.NUMBER, "" if spelled else unit, told, shown=For.READING, beside=True),
        Column(f"{name}.other", f"{label} · {against}", kind, own_unit, told, shown=For.SHEETS, beside=True),
        Column(f"{name}.difference", f"{label} · {difference}", changed, unit, told, shown=For.SHEETS, beside=True),
        Column(f"{name}.verdict", f"{label} · {verdict}", Kind.TEXT, help=told, shown=For.SHEETS, beside=True),
    )


def comparison_cells(comparison: Comparison, metric: Metric, result: Compared, language: Language) -> tuple[Cell, ...]:
    """Return the cells of one comparison; where there is nothing to compare with, the reason stands in its place."""
    kind = kind_of(metric)
    other = None if result.other is None else in_unit(metric, result.other)
    other_text = cell_text(kind, other, language)
    if result.difference is None:
        reason = "" if result.unknown is None else word(f"unknown_{result.unknown.value}", language)
        return (Cell(None, reason), Cell(other, other_text), Cell(None, ""), Cell(reason, reason))
    verdict = _verdict(comparison, result, language)
    shown_as = word("verdict_is_same", language) if reads_alike(metric, result.difference) else verdict
    change, changed = _change(metric, result.difference), _changed(metric, result.difference, language)
    worse = result.verdict is Verdict.WORSE
    shown = " ".join(part for part in (other_text, changed, shown_as) if part)
    return (
        Cell(change, shown, worse=worse and shown_as == verdict, few=result.few),
        Cell(other, other_text),
        Cell(change, changed, worse=worse),
        Cell(verdict, verdict, worse=worse),
    )


def _verdict(comparison: Comparison, result: Compared, language: Language) -> str:
    if result.verdict is None:
        return ""
    of_load = comparison is Comparison.LOAD_ADJUSTED and result.verdict is not Verdict.SAME
    return word(f"{'load' if of_load else 'verdict'}_is_{result.verdict.value}", language)


def _unit(metric: Metric, language: Language) -> str:
    return word("points", language) if metric.unit is Unit.SHARE else UNIT_WORDS[metric.unit].in_language(language)


def _change(metric: Metric, difference: Fraction) -> Value:
    """Return a difference as sheets have it; shares differ in percentage points."""
    exact = difference * SHARE_POINTS if metric.unit is Unit.SHARE else difference
    return int(exact) if exact.denominator == 1 else exact.numerator / exact.denominator


def _changed(metric: Metric, difference: Fraction, language: Language) -> str:
    """Return a difference as readers see it: an arrow for its way, its size in the figure's own unit."""
    size = abs(difference)
    if metric.unit is Unit.SHARE:
        text = f"{rounded(float(size) * SHARE_POINTS, 1)}"
    else:
        text = cell_text(kind_of(metric), in_unit(metric, size), language)
    if reads_alike(metric, difference):
        return "≈" if difference else "="
    return ("↑" if difference > 0 else "↓") + text


def reads_alike(metric: Metric, difference: Fraction) -> bool:
    """Return whether a difference is too small to be seen at the places that are shown."""
    least = Fraction(1, 2000 if metric.unit is Unit.SHARE else 20 if metric.unit is Unit.SECONDS else 200)
    return abs(difference) < least
