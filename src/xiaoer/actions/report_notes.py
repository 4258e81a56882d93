"""The notes of a report: what its marks mean, what it was made of, what is not in it."""

from collections.abc import Iterable

from xiaoer.actions.render.cell_text import NOTHING
from xiaoer.actions.render.page import CORRECTED_MARK, FEW_MARK, IMMATURE_MARK, MISSED_MARK, Cell, states_of
from xiaoer.actions.report_context import Context, Counts
from xiaoer.actions.say_days import say_day, say_days
from xiaoer.actions.wording import word
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.language import Language, say
from xiaoer.base.tables import canonical_tables
from xiaoer.metrics import Comparison, Level, Maturity, Metric, Report
from xiaoer.metrics.measure import measures_of
from xiaoer.metrics.relations import Holds
from xiaoer.metrics.request import AGENT_DIMENSIONS


def report_notes(report: Report, context: Context, cells: Iterable[Cell], language: Language) -> list[str]:
    """Return the notes of a report whose figures are shown in these cells."""
    counts, remarks = context.counts, context.data.remarks(language)
    if not report.rows and counts.orders and AGENT_DIMENSIONS & set(context.request.by):
        issue = _matched(counts)
        nobody = say(Issue("cli.no_agents_then", Severity.NOTE), language)
        return [*([say(issue, language)] if counts.unmatched else []), nobody, *remarks]
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
        *_ranked(context, language),
        *_compared(context, language),
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


def _ranked(context: Context, language: Language) -> list[str]:
    """Return what decided the order of rows, and which can not be told from the first."""
    ranking = context.ranking
    if ranking is None:
        return []
    label = context.data.metrics[ranking.metric].label.in_language(language)
    notes = [word(f"note_sorted_{ranking.by.value}", language, metric=label)]
    if ranking.like_first:
        names = (
            " ".join(
                context.agents.get(str(value), str(value)) if name == "agent" else str(value)
                for name, value in row.dimensions.items()
            )
            for row in (ranking.rows[0], *ranking.like_first)
        )
        said = ("、" if language != "en" else ", ").join(names)
        notes.append(word("note_like_first", language, rows=said))
    return notes


def _compared(context: Context, language: Language) -> list[str]:
    """Return what figures were compared with, and what the arrows mean."""
    notes = []
    for comparison in context.comparisons.found:
        what, days = word(f"difference_{comparison.value}", language), context.comparisons.periods.get(comparison)
        if days is None or days.first == days.last:
            said = word(f"compared_{comparison.value}", language)
            notes.append(word("note_compared", language, what=what, said=said))
        else:
            notes.append(word("note_compared_days", language, what=what, first=days.first, last=days.last))
        left_out = _never_compared(comparison, context, language)
        notes += [word("note_never_compared", language, what=what, metrics=left_out)] if left_out else []
    return [*notes, word("note_arrows", language)] if notes else []


def _never_compared(comparison: Comparison, context: Context, language: Language) -> str:
    """Return the metrics that can not be compared so, each with why."""
    reasons = [(metric, context.comparisons.never(comparison, metric.name)) for metric in context.metrics]
    said = (
        word(
            "metric_and_why", language, metric=metric.label.in_language(language),
            why=word(f"unknown_{reason.value}", language),
        )
        for metric, reason in reasons
        if reason is not None
    )  # fmt: skip
    return ("、" if language != "en" else ", ").join(said)


def _marks(report: Report, context: Context, cells: Iterable[Cell], language: Language) -> list[str]:
    states = {name for cell in cells for name, _ in states_of(cell)}
    found = [_when_mature(report, context, language)] if "immature" in states else []
    if "missed" in states:
        found.append(word("note_missed", language, mark=MISSED_MARK))
    if "corrected" in states:
        found.append(word("note_corrected", language, mark=CORRECTED_MARK))
    if "few" in states:
        found.append(word("note_few", language, mark=FEW_MARK, number=context.standings.few_below))
    return found


def _when_mature(report: Report, context: Context, language: Language) -> str:
    refunds = {metric.name for metric in context.metrics if metric.maturity is Maturity.REFUND}
    others = {metric.name for metric in context.metrics} - refunds
    said = []
    for name, metrics in (("immature_orders", others), ("immature_refunds", refunds)):
        found = [one for one in report.immature if one.metric in metrics]
        if found:
            days = say_days((one.day for one in found), language)
            until = say_day(max(one.mature_on for one in found), language)
            said.append(word(name, language, days=days, day=until))
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
