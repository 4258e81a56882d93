"""The notes of a report: what its marks mean, what it was made of, what is not in it."""

from collections.abc import Iterable
from datetime import date

from xiaoer.actions.render.cell_text import NOTHING
from xiaoer.actions.render.page import IMMATURE_MARK, MISSED_MARK, Cell
from xiaoer.actions.report_context import Context, Counts
from xiaoer.actions.wording import word
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.language import Language, say
from xiaoer.base.tables import canonical_tables
from xiaoer.metrics import Level, Maturity, Metric, Report
from xiaoer.metrics.measure import measures_of
from xiaoer.metrics.relations import Holds
from xiaoer.metrics.request import AGENT_DIMENSIONS


def report_notes(report: Report, context: Context, cells: Iterable[Cell], language: Language) -> list[str]:
    """Return the notes of a report whose figures are shown in these cells."""
    counts, remarks = context.counts, context.data.remarks(language)
    if not report.rows and counts.orders and AGENT_DIMENSIONS & set(context.request.by):
        issue = _matched(counts)
        return [*([say(issue, language)] if counts.unmatched else []), word("note_no_agents", language), *remarks]
    if not report.rows:
        return [say(_nothing(context, language), language), *remarks]
    beyond, left_out = _beyond_rows(report, context, language), _left_out(context, language)
    filtered = Issue("cli.filtered_contacts", Severity.NOTE, values={"number": f"{counts.filtered:,}"})
    columns = Issue("cli.columns_left_out", Severity.NOTE, values={"tables": left_out})
    corrected = Issue("correction.in_force", Severity.NOTE, values={"number": str(report.meta["corrections"])})
    notes = (
        (filtered, counts.filtered), (_found(counts), counts.by_order_id + counts.by_masked_nick),
        (_matched(counts), counts.unmatched),
        (corrected, report.meta["corrections"]), (columns, left_out),
    )  # fmt: skip
    used = word("data_used", language, imports=f"{context.data.imports_used():,}", snapshot=context.data.snapshot.seq)
    rest = [word("note_beyond_rows", language, figures=beyond)] if beyond else []
    return [
        *_marks(report, context, cells, language),
        *rest,
        used,
        *(say(issue, language) for issue, holds in notes if holds),
        *remarks,
    ]


def _found(counts: Counts) -> Issue:
    """Return what is said of how buyers are known: by the orders themselves, by ids in chats, by masked nicks."""
    values = {
        "given": f"{counts.given:,}",
        "order_id": f"{counts.by_order_id:,}",
        "masked_nick": f"{counts.by_masked_nick:,}",
        "none": f"{counts.unmatched:,}",
    }
    return Issue("cli.buyers_found", Severity.NOTE, values=values)


def _matched(counts: Counts) -> Issue:
    """Return what is said of orders without a buyer's name: of some, or plainly that it is all of them."""
    code = "cli.unmatched_orders" if counts.unmatched < counts.orders else "cli.no_order_matched"
    return Issue(code, Severity.NOTE, values={"number": f"{counts.unmatched:,}"})


def _marks(report: Report, context: Context, cells: Iterable[Cell], language: Language) -> list[str]:
    found, states = [], {(cell.immature, cell.missed) for cell in cells}
    if any(immature for immature, _ in states):
        found.append(_when_mature(report, context, language))
    if any(missed for _, missed in states):
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


def _beyond_rows(report: Report, context: Context, language: Language) -> str:
    """Return what the total counts and no row does, as rounds that robots held: each metric with how much it is."""
    if not AGENT_DIMENSIONS & set(context.request.by):
        return ""
    said = []
    for metric in context.metrics:
        total = report.total.figures[metric.name]
        rows = [row.figures[metric.name] for row in report.rows]
        if not _adds_up(metric, context) or not isinstance(total, int):
            continue
        rest = total - sum(value for value in rows if isinstance(value, int))
        if rest > 0:
            said.append(f"{metric.label.in_language(language)} {rest:,}")
    return ("、" if language != "en" else ", ").join(said)


def _adds_up(metric: Metric, context: Context) -> bool:
    """Return whether the metric counts things of which each belongs to one row at most."""
    measures = measures_of(metric, context.data.metrics)
    return metric.ratio is None and all(
        measure.level is Level.AGENT
        and measure.aggregate.kind in ("count", "sum")
        and measure.aggregate.by_day_window is None
        and measure.holds is Holds.COUNT
        for measure in measures.values()
    )


def say_day(day: date, language: str) -> str:
    """Return a day as it is said: 9 月 26 日, 26 Sep."""
    return f"{day.month} 月 {day.day} 日" if language != "en" else f"{day.day} {day:%b}"
