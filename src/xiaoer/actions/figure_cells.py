"""A figure as cells: the figure with its state, and beside it what a reader asked for: interval, comparisons."""

from decimal import Decimal
from itertools import chain

from xiaoer.actions.comparison_cells import comparison_cells, comparison_columns
from xiaoer.actions.figure_column import figure_column
from xiaoer.actions.render.cell_text import cell_text, share_text
from xiaoer.actions.render.page import Cell, Column, For, Kind, Value
from xiaoer.actions.report_context import Context
from xiaoer.actions.say_days import say_day, say_days
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.metrics import Comparison, Direction, Interval, Metric, Row, Standing, counts_a_part, interval_of


def figure_columns(metric: Metric, context: Context, language: Language) -> tuple[Column, ...]:
    """Return the metric's column and those beside it."""
    beside = (comparison_columns(one, metric, language) for one in _compared(metric, context))
    return (
        figure_column(metric, language),
        *_interval_columns(metric, context, language),
        *chain.from_iterable(beside),
    )


def figure_cells(row: Row, metric: Metric, context: Context, language: Language) -> tuple[Cell, ...]:
    """Return the cells of one figure, one per column."""
    value = row.figures[metric.name]
    standing = context.standings.of(row, metric.name)
    target = context.targets.get(metric.name)
    missed = misses(metric, value, target)
    interval = interval_of(row.parts[metric.name]) if _has_interval(metric, context) else None
    text = cell_text(figure_column(metric, language).kind, value, language)
    figure = Cell(
        value,
        text if interval is None else _with_interval(text, interval, language),
        missed=missed,
        immature=bool(standing.immature),
        corrected=standing.corrected,
        few=standing.few_cases is not None,
        hint=_said(standing, missed, language),
    )
    beside = (
        comparison_cells(one, metric, context.comparisons.of(one, row, metric.name), language)
        for one in _compared(metric, context)
    )
    return (figure, *_interval_cells(metric, interval, context), *chain.from_iterable(beside))


def _compared(metric: Metric, context: Context) -> list[Comparison]:
    """Return the comparisons that can say something of a metric."""
    return [one for one in context.comparisons.found if context.comparisons.never(one, metric.name) is None]


def misses(metric: Metric, value: Value, target: str | None) -> bool:
    """Return whether a figure is worse than its target."""
    if target is None or not isinstance(value, int | float | Decimal) or metric.direction is Direction.NONE:
        return False
    wanted = Decimal(target)
    return value > wanted if metric.direction is Direction.DOWN else value < wanted


def _said(standing: Standing, missed: bool, language: Language) -> str:
    """Return the state of a figure in words."""
    said = [word("state_missed", language)] if missed else []
    if standing.immature:
        days = say_days((one.day for one in standing.immature), language)
        until = say_day(max(one.mature_on for one in standing.immature), language)
        said.append(word("state_immature_days", language, days=days, until=until))
    if standing.corrected:
        said.append(word("state_corrected", language))
    if standing.few_cases is not None:
        said.append(word("state_few_cases", language, number=f"{standing.few_cases:,}"))
    return ("，" if language != "en" else ", ").join(said)


def _has_interval(metric: Metric, context: Context) -> bool:
    return context.intervals and counts_a_part(metric, context.data.metrics)


def _interval_columns(metric: Metric, context: Context, language: Language) -> tuple[Column, ...]:
    if not _has_interval(metric, context):
        return ()
    label = metric.label.in_language(language)
    return tuple(
        Column(f"{metric.name}.{end}", word(f"interval_{end}", language, metric=label), Kind.SHARE, shown=For.SHEETS)
        for end in ("low", "high")
    )


def _interval_cells(metric: Metric, interval: Interval | None, context: Context) -> tuple[Cell, ...]:
    if not _has_interval(metric, context):
        return ()
    ends = (None, None) if interval is None else (interval.low, interval.high)
    return tuple(Cell(end, share_text(end)) for end in ends)


def _with_interval(text: str, interval: Interval, language: Language) -> str:
    said = f"{share_text(interval.low).removesuffix('%')}–{share_text(interval.high)}"
    return f"{text}（{said}）" if language != "en" else f"{text} ({said})"
