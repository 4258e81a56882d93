"""A month of appraisal as a table: everybody with their scheme, score, grade, every line of pay and the total."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from xiaoer.actions.appraise_kept_month import KeptPages, Result
from xiaoer.actions.appraise_run import Run
from xiaoer.actions.render.cell_text import NOTHING, cell_of, cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.wording import word
from xiaoer.appraisal.exact import plain_number
from xiaoer.appraisal.restate import ADJUSTMENT
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.language import say
from xiaoer.base.near_names import near_names

ABOUT = ("agent", "scheme", "score", "grade")
TOTAL = "total"


def month_page(month: KeptPages, *, made: Run | None = None, columns: Sequence[str] = ()) -> Page:
    """Return the table of a kept month, of a run just made with its remarks; of payroll with chosen columns."""
    language = month.language
    all_columns = list(_columns(month))
    chosen = _chosen(all_columns, columns)
    rows = tuple(tuple(_cell(column, row, month) for column in chosen) for row in month.results)
    state = word(f"appraise_{month.entry.what}", language)
    shop = month.kept.shop
    return Page(
        name="appraise",
        title=word("appraise_title", language, shop=shop, month=month.kept.month, state=state),
        columns=tuple(chosen),
        rows=rows,
        language=language,
        data=month_json(month),
        total=_total(chosen, month),
        notes=tuple(_notes(month, made)),
    )


def month_json(month: KeptPages) -> dict[str, object]:
    """Return the month for scripts: its state, what it was computed from, and every result whole."""
    kept, entry = month.kept, month.entry
    return {
        "shop": kept.shop, "month": kept.month, "state": entry.what, "document": entry.document, "at": entry.at,
        "author": entry.author, "despite": list(entry.despite), "reason": entry.reason, "snapshot": kept.snapshot,
        "policy": kept.policy, "schemes": sorted(kept.schemes), "results": [dict(row) for row in month.results],
    }  # fmt: skip


def _columns(month: KeptPages) -> Iterable[Column]:
    language = month.language
    for name in ABOUT:
        kind = Kind.NUMBER if name == "score" else Kind.TEXT
        yield Column(name, word(f"appraise_{name}", language), kind, fixed=name == "agent")
    seen: dict[str, str] = {}
    for scheme, version in month.versions.items():
        if scheme in month.kept.assigned.values():
            for line in version.spec.lines:
                seen.setdefault(line.name, line.label.in_language(language))
    for name, label in seen.items():
        yield Column(name, label, Kind.YUAN)
    if any(line["kind"] == ADJUSTMENT for row in month.results for line in row["lines"]):
        yield Column(ADJUSTMENT, word("appraise_adjustment", language), Kind.YUAN)
    yield Column(TOTAL, word("appraise_total", language), Kind.YUAN)


def _chosen(columns: Sequence[Column], names: Sequence[str]) -> list[Column]:
    if not names:
        return list(columns)
    known = {name: column for column in columns for name in (column.name, column.label)}
    unknown = [name for name in names if name not in known]
    if unknown:
        near = ", ".join(near_names(unknown[0], known) or [column.name for column in columns])
        raise ReportableError.of("appraisal.unknown_column", values={"name": unknown[0][:40], "near": near})
    return [known[name] for name in names]


def _cell(column: Column, row: Result, month: KeptPages) -> Cell:
    if column.name == "agent":
        return Cell(row["agent"], month.shown(row["agent"]))
    if column.name == "scheme":
        label = month.scheme_label(row["scheme"])
        return Cell(row["scheme"], label)
    if column.name == "grade":
        return Cell(row["grade"], row["grade"] or NOTHING)
    if column.name == "score":
        score = None if row["score"] is None else Decimal(row["score"])
        return Cell(score, NOTHING if score is None else plain_number(score, places=2))
    amount = _amount(column.name, row)
    few = any(line["limited_by"] for line in row["lines"] if line["name"] == column.name)
    hint = word("appraise_limited", month.language) if few else ""
    return Cell(amount, cell_text(Kind.YUAN, amount, month.language), worse=few, hint=hint)


def _amount(name: str, row: Result) -> Decimal | None:
    if row["unknown"]:
        return None
    if name == TOTAL:
        return Decimal(row["total"])
    amounts = [Decimal(line["amount"]) for line in row["lines"] if line["name"] == name]
    return sum(amounts, Decimal(0)) if amounts else None


def _total(columns: Sequence[Column], month: KeptPages) -> tuple[Cell, ...]:
    cells = []
    for column in columns:
        if column.kind is not Kind.YUAN:
            first = column is columns[0]
            cells.append(Cell(None, word("total", month.language) if first else ""))
            continue
        amounts = [amount for row in month.results if (amount := _amount(column.name, row)) is not None]
        whole = sum(amounts, Decimal(0)) if amounts else None  # of nobody computed there is no sum
        cells.append(cell_of(Kind.YUAN, whole, month.language))
    return tuple(cells)


def _notes(month: KeptPages, made: Run | None) -> Iterable[str]:
    language = month.language
    separator = "、" if language == "zh" else ", "
    missing: dict[str, list[str]] = {}
    for row in month.results:
        if row["unknown"]:
            names = separator.join(month.words(row["scheme"]).label(name) for name in row["unknown"])
            missing.setdefault(names, []).append(month.shown(row["agent"]))
    for names, agents in missing.items():
        values = {"agents": separator.join(agents), "names": names}
        yield say(Issue("appraisal.unknown_values", Severity.NOTE, values=values), language)
    if made is not None:
        yield from _remarks(month, made)
    if month.entry.despite:
        checks = ", ".join(word(f"check_{name}", language) for name in month.entry.despite)
        yield word("appraise_despite", language, checks=checks, reason=month.entry.reason, author=month.entry.author)
    name = month.entry.document[:12]
    yield word("appraise_document", language, document=name, snapshot=month.kept.snapshot)


def _remarks(month: KeptPages, made: Run) -> Iterable[str]:
    language, data = month.language, made.data
    separator = "、" if language == "zh" else ", "
    for metric, day in sorted(data.immature.items()):
        label = month.metrics[metric].label.in_language(language)
        yield word("appraise_immature", language, metric=label, day=day)
    if data.days_without_data:
        yield word("appraise_no_data", language, days=len(data.days_without_data), first=data.days_without_data[0])
    if made.nobody:
        yield word("appraise_nobody", language, agents=separator.join(map(month.shown, made.nobody)))
    if data.unbound:
        yield word("appraise_unbound", language, agents=separator.join(map(month.shown, data.unbound)))
    few: Mapping[str, int] = {}
    for metric, _ in data.few:
        few = {**few, metric: few.get(metric, 0) + 1}
    for metric, people in sorted(few.items()):
        label = month.metrics[metric].label.in_language(language)
        yield word("appraise_few", language, metric=label, people=people)
