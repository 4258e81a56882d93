"""A report as a page: the title says what it is, each figure shows its state, the notes say what is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xiaoer.actions.figure_column import figure_column
from xiaoer.actions.render.cell_text import NOTHING, cell_text
from xiaoer.actions.render.page import IMMATURE_MARK, MISSED_MARK, Cell, Column, Kind, Page, Value
from xiaoer.actions.shop_data import ShopData, short_name
from xiaoer.actions.wording import word
from xiaoer.base.days import DAY
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.language import Language, say
from xiaoer.base.settings import TARGET_PREFIX, declared_settings
from xiaoer.base.tables import canonical_tables
from xiaoer.metrics import Dimension, Direction, Immature, Maturity, Metric, Report, Request, Row


@dataclass(frozen=True)
class Context:
    """Where a report comes from and how it was asked for."""

    data: ShopData
    request: Request
    counts: Mapping[str, int]
    asked_for: bool = False

    @property
    def metrics(self) -> list[Metric]:
        """Return the metrics to show: all that were asked for; of the usual ones, those that there is data for."""
        metrics = [self.data.metrics[name] for name in self.request.metrics]
        known = [metric for metric in metrics if self.data.tables.issuperset(metric.needs)]
        return metrics if self.asked_for or not known else known


def report_page(report: Report, context: Context, language: Language) -> Page:
    """Return the page of a report."""
    metrics = context.metrics
    return Page(
        name="report",
        title=_title(report, context, language),
        columns=(
            *(_dimension_column(dimension, language) for dimension in context.request.by),
            *(figure_column(metric, language) for metric in metrics),
        ),
        rows=tuple(_cells(row, report, context, language) for row in report.rows),
        total=_total(report, context, language) if report.rows and context.request.by else None,
        language=language,
        data=report.to_json(),
        notes=tuple(_notes(report, context, language)),
        about=tuple(_about(report, context, language)),
    )


def _dimension_column(dimension: Dimension, language: Language) -> Column:
    kind = Kind.DAY if dimension in (Dimension.DAY, Dimension.WEEK, Dimension.MONTH) else Kind.TEXT
    return Column(dimension.value, word(f"by_{dimension.value}", language), kind, fixed=True)


def _cells(row: Row, report: Report, context: Context, language: Language) -> tuple[Cell, ...]:
    placed = tuple(_place(Dimension(name), value, context, language) for name, value in row.dimensions.items())
    return (*placed, *_figures(row, report, context, language))


def _place(dimension: Dimension, value: Value, context: Context, language: Language) -> Cell:
    if value is None:
        return Cell(None, word("nowhere", language))
    if dimension is Dimension.AGENT:
        return Cell(value, _account_text(str(value), context))
    if dimension is Dimension.HOUR:
        return Cell(f"{value:02}:00", f"{value:02}:00")
    if dimension is Dimension.MONTH:
        return Cell(value, str(value)[:7])
    return Cell(value, str(value))


def _account_text(account: str, context: Context) -> str:
    """Return the part after the colon when all the shop's accounts start alike; the whole name otherwise."""
    before = account.replace("：", ":").partition(":")[0]
    return short_name(account) if len(context.data.shops) == 1 and before == context.data.shop else account


def _figures(row: Row, report: Report, context: Context, language: Language) -> tuple[Cell, ...]:
    targets = context.data.settings.targets(context.request.period.last)
    cells = []
    for metric in context.metrics:
        value = row.figures[metric.name]
        column = figure_column(metric, language)
        cells.append(
            Cell(
                value,
                cell_text(column.kind, value, language),
                missed=_missed(metric, value, targets.get(metric.name)),
                immature=value is not None and any(_counts_in(one, metric, row) for one in report.immature),
            )
        )
    return tuple(cells)


def _missed(metric: Metric, value: Value, target: str | None) -> bool:
    if target is None or not isinstance(value, int | float | Decimal) or metric.direction is Direction.NONE:
        return False
    wanted = Decimal(target)
    return value > wanted if metric.direction is Direction.DOWN else value < wanted


def _counts_in(one: Immature, metric: Metric, row: Row) -> bool:
    """Return whether an immature day's figure is part of this row."""
    if one.metric != metric.name:
        return False
    for name, value in row.dimensions.items():
        if isinstance(value, date) and not _spans(Dimension(name), value, one.day):
            return False
    return True


def _spans(dimension: Dimension, value: date, day: date) -> bool:
    if dimension is Dimension.MONTH:
        return (value.year, value.month) == (day.year, day.month)
    return value <= day < value + (7 if dimension is Dimension.WEEK else 1) * DAY


def _total(report: Report, context: Context, language: Language) -> tuple[Cell, ...]:
    empty = [Cell("", "") for _ in context.request.by[1:]]
    label = word("total", language)
    return (Cell(label, label), *empty, *_figures(report.total, report, context, language))


def _title(report: Report, context: Context, language: Language) -> str:
    request = context.request
    parts = [
        " + ".join(context.data.shops),
        word("period", language, first=request.period.first, last=request.period.last),
    ]
    if Dimension.AGENT in request.by and report.rows:
        agents = {row.dimensions["agent"] for row in report.rows}
        parts.append(word("agents", language, number=len(agents)))
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


def say_day(day: date, language: str) -> str:
    """Return a day as it is said: 9 月 26 日, 26 Sep."""
    return f"{day.month} 月 {day.day} 日" if language != "en" else f"{day.day} {day:%b}"


def _notes(report: Report, context: Context, language: Language) -> list[str]:
    if not report.rows:
        return [say(_nothing(context, language), language)]
    notes = [*_marks(report, context, language)]
    used = word("data_used", language, imports=context.data.imports_used(), snapshot=context.data.snapshot.seq)
    issues = []
    if context.counts["filtered"]:
        issues.append(Issue("cli.filtered_contacts", Severity.NOTE, values={"number": context.counts["filtered"]}))
    if context.counts["unmatched"]:
        issues.append(Issue("cli.unmatched_orders", Severity.NOTE, values={"number": context.counts["unmatched"]}))
    if report.meta["corrections"]:
        number = str(report.meta["corrections"])
        issues.append(Issue("correction.in_force", Severity.NOTE, values={"number": number}))
    left_out = _left_out(context, language)
    if left_out:
        issues.append(Issue("cli.columns_left_out", Severity.NOTE, values={"tables": left_out}))
    return [*notes, used, *(say(issue, language) for issue in issues)]


def _marks(report: Report, context: Context, language: Language) -> list[str]:
    rows = [*report.rows, report.total]
    cells = [cell for row in rows for cell in _figures(row, report, context, language)]
    found = []
    if any(cell.immature for cell in cells):
        found.append(_when_mature(report, context, language))
    if any(cell.missed for cell in cells):
        found.append(word("note_missed", language, mark=MISSED_MARK))
    return found


def _when_mature(report: Report, context: Context, language: Language) -> str:
    refunds = {metric.name for metric in context.metrics if metric.maturity is Maturity.REFUND}
    others = {metric.name for metric in context.metrics} - refunds
    said = []
    for name, metrics in (("immature_orders", others), ("immature_refunds", refunds)):
        days = [one.mature_on for one in report.immature if one.metric in metrics]
        said += [word(name, language, day=say_day(max(days), language))] if days else []
    return word("note_immature", language, mark=IMMATURE_MARK, when=("，" if language != "en" else ", ").join(said))


def _left_out(context: Context, language: Language) -> str:
    shown = {metric.name for metric in context.metrics}
    left = [context.data.metrics[name] for name in context.request.metrics if name not in shown]
    missing = sorted({table for metric in left for table in metric.needs} - context.data.tables)
    mark = "、" if language != "en" else ", "
    return mark.join(canonical_tables()[table].label.in_language(language) for table in missing)


def _nothing(context: Context, language: Language) -> Issue:
    runs = context.data.days_with_data()
    shown = [
        str(run.first) if run.first == run.last else word("period", language, first=run.first, last=run.last)
        for run in runs[-3:]
    ]
    days = ("… " if len(runs) > 3 else "") + ("、" if language != "en" else ", ").join(shown)
    values = {"days": days or NOTHING, "shop": context.data.shop or "S"}
    return Issue("cli.no_data_then", Severity.NOTE, values=values)


def _about(report: Report, context: Context, language: Language) -> list[tuple[str, str]]:
    request, data = context.request, context.data
    pairs = [
        (word("about_shop", language), " + ".join(data.shops)),
        (
            word("about_period", language),
            word("period", language, first=request.period.first, last=request.period.last),
        ),
        (word("about_policy", language), word(f"policy_{request.policy}", language)),
        (word("about_snapshot", language), str(data.snapshot.seq)),
        *((word("about_note", language), note) for note in _notes(report, context, language)),
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
