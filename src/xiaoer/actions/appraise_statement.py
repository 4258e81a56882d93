"""One person's statement: the lines of pay with their sum, then each step written out, then what went in."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from xiaoer.actions.appraise_kept_month import KeptPages, Result, decimals, values_of
from xiaoer.actions.appraise_sums import said_sum, written_out
from xiaoer.actions.render.book import Book
from xiaoer.actions.render.cell_text import NOTHING, cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.wording import word
from xiaoer.appraisal.appraise import Appraised
from xiaoer.appraisal.exact import plain_number
from xiaoer.appraisal.month import days_of_month
from xiaoer.appraisal.next_band import NextBand, next_bands
from xiaoer.appraisal.restate import ADJUSTMENT

COLUMNS = ("part", "what", "how", "result")


def statement(month: KeptPages, agent: str, *, needs: bool = True) -> Page:
    """Return one person's statement; a ReportableError names near ones when there is none of this name."""
    row = month.result_of(agent)
    language = month.language
    state = word(f"appraise_{month.entry.what}", language)
    bands = _next(month, row) if needs else []
    rows = [*_lines(month, row), *_steps(month, row), *_inputs(month, row), *_needs(month, row, bands)]
    shown = month.shown(row["agent"])
    return Page(
        name="statement",
        title=word("statement_title", language, agent=shown, month=month.kept.month, state=state),
        columns=tuple(Column(name, word(f"statement_{name}", language), fixed=name == "part") for name in COLUMNS),
        rows=tuple(tuple(Cell(text, text) for text in cells) for cells in rows),
        language=language,
        data={"shop": month.kept.shop, "month": month.kept.month, "state": month.entry.what,
              "document": month.entry.document, "result": dict(row), "next_bands": [_band_json(one) for one in bands]},
        lead=(word("statement_scheme", language, scheme=month.scheme_label(row["scheme"]), shop=month.kept.shop),),
        notes=(word("statement_appeal", language),
               word("appraise_document", language, document=month.entry.document[:12], snapshot=month.kept.snapshot)),
        label=shown,
    )  # fmt: skip


def statements(month: KeptPages) -> Book:
    """Return everybody's statements, a page each."""
    pages = tuple(statement(month, row["agent"], needs=False) for row in month.results)
    title = word("statements_title", month.language, shop=month.kept.shop, month=month.kept.month)
    return Book(title, pages, month.language, {"statements": [page.data for page in pages]})


def _yuan(amount: Decimal | None, language: str) -> str:
    return cell_text(Kind.YUAN, amount, language)


def _lines(month: KeptPages, row: Result) -> Iterator[tuple[str, ...]]:
    language = month.language
    part = word("statement_part_lines", language)
    for line in row["lines"]:
        yield part, *said_line(month, row, line)
    total = None if row["total"] is None else Decimal(row["total"])
    how = _added([Decimal(line["amount"]) for line in row["lines"]], language)
    yield part, word("appraise_total", language), how, _yuan(total, language)


def said_line(month: KeptPages, row: Result, line: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return what a line of pay is called, how it came about, and its amount."""
    language, words = month.language, month.words(row["scheme"])
    if line["kind"] == ADJUSTMENT:
        of_month, _, name = line["of"].partition("/")
        label = word("statement_adjusted", language, month=of_month, line=words.line_label(name))
        how = _because(row, line, month)
    else:
        label = words.line_label(line["name"])
        formula = next(one.of for one in words.version.spec.lines if one.name == line["name"]).strip()
        how = written_out(formula, values_of(row), words)
        if formula in row["steps"]:
            how = word("statement_see", language, label=words.label(formula))
    if line["limited_by"]:
        asked = _yuan(Decimal(line["asked"]), language)
        how = " ".join(filter(None, [how, word(f"limited_{line['limited_by']}", language, asked=asked)]))
    kind = word(f"line_{line['kind']}", language)
    said = f"{label}（{kind}）" if language == "zh" else f"{label} ({kind})"
    return said, how, _yuan(Decimal(line["amount"]), language)


def _because(row: Result, line: Mapping[str, Any], month: KeptPages) -> str:
    """Return what changed since, of a line that puts an earlier month's right."""
    of_month, _, name = line["of"].partition("/")
    language = month.language
    found = (one for one in month.kept.adjustments.get(row["agent"], ()) if one.month == of_month and one.line == name)
    because = next((one.because for one in found), "")
    known = {
        one.metric or one.table or "": name for name, one in month.words(row["scheme"]).version.spec.inputs.items()
    }
    said = [
        word(f"because_{one}", language) if one in ("incidents", "appeal")
        else month.words(row["scheme"]).label(known[one]) if one in known else one
        for one in filter(None, because.split(","))
    ]  # fmt: skip
    return word("statement_because", language, names=("、" if language == "zh" else ", ").join(said)) if said else ""


def _added(amounts: list[Decimal], language: str) -> str:
    """Return amounts as one sum, those of nothing left out."""
    parts = [f" {'+' if amount > 0 else '−'} {_yuan(abs(amount), language)}" for amount in amounts if amount]
    return "".join(parts).removeprefix(" + ").strip()


def _steps(month: KeptPages, row: Result) -> Iterator[tuple[str, ...]]:
    words, values = month.words(row["scheme"]), values_of(row)
    part = word("statement_part_steps", month.language)
    for step in words.version.steps:
        node = row["steps"][step.name]
        result = words.value(step.name, values[step.name])
        grade = f" {node['grade']}" if node["grade"] else ""
        yield part, step.label.in_language(month.language), said_sum(step, node, values, words), result + grade


def _inputs(month: KeptPages, row: Result) -> Iterator[tuple[str, ...]]:
    words, values = month.words(row["scheme"]), decimals(row["values"])
    part = word("statement_part_inputs", month.language)
    first, last = days_of_month(month.kept.month)
    for name, one in words.version.spec.inputs.items():
        if one.metric is not None:
            how = word("statement_from_metric", month.language, command=(
                f"xiaoer explain {one.metric} --agent {row['agent']} --from {first} --to {last}"
                f" --snapshot {month.kept.snapshot}"
            ))  # fmt: skip
        else:
            how = word("statement_from_table", month.language, table=one.table)
        yield part, words.label(name), how, words.value(name, values.get(name))
    for name, parameter in words.version.spec.parameters.items():
        yield part, words.label(name), word("statement_parameter", month.language), plain_number(parameter.value)


def _next(month: KeptPages, row: Result) -> list[NextBand]:
    one = Appraised(row["agent"], row["scheme"], values_of(row), {})
    return next_bands(month.versions[row["scheme"]], one, month.again)


def _needs(month: KeptPages, row: Result, bands: list[NextBand]) -> Iterator[tuple[str, ...]]:
    words, language = month.words(row["scheme"]), month.language
    part = word("statement_part_needs", language)
    for one in bands:
        edge = word(f"edge_{_sign(one)}", language, edge=words.value(one.of, one.edge))
        gap = words.value(one.of, abs(one.edge - one.value))
        how = word("statement_needs", language, label=words.label(one.of), edge=edge, gap=gap,
                   value=words.value(one.of, one.value))  # fmt: skip
        total = word("statement_then", language, total=_yuan(one.total, language)) if one.total is not None else NOTHING
        yield part, words.label(one.step), how, total


def _sign(one: NextBand) -> str:
    if one.up:
        return "over" if one.strict else "at_least"
    return "under" if one.strict else "at_most"


def _band_json(one: NextBand) -> dict[str, object]:
    total = None if one.total is None else f"{one.total:f}"
    numbers = {"edge": f"{one.edge:f}", "gives": f"{one.gives:f}", "value": plain_number(one.value, places=8)}
    return {"step": one.step, "of": one.of, **numbers, "strict": one.strict, "total": total}
