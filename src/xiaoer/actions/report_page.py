"""A report as a page: the title says what it is, each figure shows its state, the notes say what is left out."""

from collections.abc import Iterable
from itertools import chain

from xiaoer.actions.figure_cells import figure_cells, figure_columns
from xiaoer.actions.render.chart import Chart
from xiaoer.actions.render.lazy_data import LazyData
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.report_charts import report_charts
from xiaoer.actions.report_context import Context
from xiaoer.actions.report_json import report_json
from xiaoer.actions.report_notes import report_notes
from xiaoer.actions.role_said import role_said
from xiaoer.actions.say_days import say_day
from xiaoer.actions.wording import word
from xiaoer.base.days import DAY
from xiaoer.base.language import Language
from xiaoer.base.settings import TARGET_PREFIX, declared_settings
from xiaoer.metrics import Dimension, Maturity, Metric, Report, Row


def report_page(report: Report, context: Context, language: Language) -> Page:
    """Return the page of a report."""
    rows = tuple(_cells(row, context, language) for row in report.rows)
    total = _total(report, context, language)
    notes = tuple(report_notes(report, context, chain(*rows, total), language))
    return Page(
        name="report",
        title=_title(report, context, language),
        columns=(
            *(_dimension_column(dimension, language) for dimension in context.request.by),
            *chain.from_iterable(figure_columns(metric, context, language) for metric in context.metrics),
        ),
        rows=rows,
        total=total if rows and context.request.by else None,
        language=language,
        data=LazyData(lambda: _data(report, context)),
        lead=_lead(context, language),
        notes=notes,
        about=tuple(_about(context, notes, language)),
        label=context.view.label.in_language(language) if context.named and context.view else "",
        charts=_charts(context, language) if rows else (),
    )


def _data(report: Report, context: Context) -> dict[str, object]:
    data = report_json(report, context)
    if context.named and context.view:
        data["meta"] = {**report.meta, "view": context.view.name}
    return data


def _lead(context: Context, language: Language) -> tuple[str, ...]:
    why = context.view.why if context.named and context.view else None
    return (why.in_language(language),) if why else ()


def _charts(context: Context, language: Language) -> tuple[Chart, ...]:
    if context.view is None:
        return ()
    metrics = {metric.name: metric for metric in context.metrics}
    return report_charts(context.view, context.request.by, metrics, context.targets, language)


def _dimension_column(dimension: Dimension, language: Language) -> Column:
    kind = Kind.DAY if dimension in (Dimension.DAY, Dimension.WEEK, Dimension.MONTH) else Kind.TEXT
    return Column(dimension.value, word(f"by_{dimension.value}", language), kind, fixed=True)


def _cells(row: Row, context: Context, language: Language) -> tuple[Cell, ...]:
    placed = tuple(_place(Dimension(name), value, context, language) for name, value in row.dimensions.items())
    return (*placed, *_figures(row, context, language))


def _place(dimension: Dimension, value: Value, context: Context, language: Language) -> Cell:
    if value is None:
        return Cell(None, word("nowhere", language))
    if dimension is Dimension.AGENT:
        shown = context.agents.get(str(value), str(value))
        return Cell(shown, shown)
    if dimension is Dimension.WEEKDAY:
        return Cell(said := word(f"weekday_{value}", language), said)
    if dimension is Dimension.ROLE:
        return Cell(value, role_said(str(value), language))
    if dimension is Dimension.HOUR:
        return Cell(f"{value:02}:00", f"{value:02}:00")
    if dimension is Dimension.MONTH:
        return Cell(value, str(value)[:7])
    return Cell(value, str(value))


def _figures(row: Row, context: Context, language: Language) -> tuple[Cell, ...]:
    return tuple(chain.from_iterable(figure_cells(row, metric, context, language) for metric in context.metrics))


def _total(report: Report, context: Context, language: Language) -> tuple[Cell, ...]:
    empty = [Cell("", "") for _ in context.request.by[1:]]
    label = word("total", language)
    return (Cell(label, label), *empty, *_figures(report.total, context, language))


def _title(report: Report, context: Context, language: Language) -> str:
    request = context.request
    parts = [
        " + ".join(context.data.shops),
        *([context.view.label.in_language(language)] if context.named and context.view else []),
        word("period", language, first=request.period.first, last=request.period.last),
    ]
    if Dimension.AGENT in request.by and report.rows:
        agents = {row.dimensions["agent"] for row in report.rows}
        parts.append(word("agents", language, number=f"{len(agents):,}"))
    parts.append(word(f"policy_{request.policy}", language))
    return " · ".join([*parts, *_maturity(report, context, language)])


def _maturity(report: Report, context: Context, language: Language) -> list[str]:
    """Return up to which day orders and payments have had their time; refunds take longer and are in the notes."""
    decided = {metric.name for metric in context.metrics if metric.maturity in (Maturity.NEXT_DAY, Maturity.FINAL)}
    if not report.rows or not decided:
        return []
    immature = [one for one in report.immature if one.metric in decided]
    if not immature:
        return [word("all_mature", language)]
    last = min(one.day for one in immature) - DAY
    if last < context.request.period.first:
        return [word("not_mature", language)]
    return [word("mature_to", language, day=say_day(last, language))]


def _about(context: Context, notes: Iterable[str], language: Language) -> list[tuple[str, str]]:
    request, data = context.request, context.data
    pairs = [
        (word("about_shop", language), " + ".join(data.shops)),
        (
            word("about_period", language),
            word("period", language, first=request.period.first, last=request.period.last),
        ),
        (word("about_policy", language), word(f"policy_{request.policy}", language)),
        (word("about_snapshot", language), str(data.snapshot.seq)),
        *((word("about_note", language), note) for note in notes),
    ]
    pairs += [(metric.label.in_language(language), "\n".join(_said(metric, language))) for metric in context.metrics]
    for name, value in request.last_settings.values.items():
        setting = declared_settings().get(name)
        if setting is not None:
            pairs.append((f"{name} = {value}", setting.help.in_language(language)))
        elif name.startswith(TARGET_PREFIX) and value:
            pairs.append((f"{name} = {value}", word("about_target", language)))
    return pairs


def _said(metric: Metric, language: Language) -> tuple[str, str]:
    return metric.formula.in_language(language), metric.why.in_language(language)
