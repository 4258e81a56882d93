"""A report beside ours as a page: what agrees, what differs and why, in one sentence and then figure by figure."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from xiaoer.actions.explain import number_of
from xiaoer.actions.figure_column import kind_of
from xiaoer.actions.reconcile_context import Reconciled
from xiaoer.actions.reconcile_data import reconcile_data
from xiaoer.actions.reconcile_notes import head_line, reconcile_notes
from xiaoer.actions.render.cell_text import NOTHING, cell_of, cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.metrics import UNIT_WORDS, Unit
from xiaoer.reconcile.cause import Variant
from xiaoer.reconcile.judge import Judged
from xiaoer.reconcile.reported import RowKind

COLUMNS = ("agent", "days", "indicator", "metric", "theirs", "ours", "difference", "verdict", "reason", "would_be")
_NUMBERS = ("theirs", "ours", "difference", "would_be")


def reconcile_page(made: Reconciled, language: Language) -> Page:
    """Return the page of figures; JSON has the rows that move as well."""
    found = made.comparison.judged
    several = len({one.reported.sheet[-2:] for one in found}) > 1
    shown = [name for name in COLUMNS if name != "days" or several]
    period = made.request.period
    days = word("period", language, first=period.first, last=period.last)
    return Page(
        name="reconcile",
        title=" · ".join([head_line(made, language), *made.data.shops, days]),
        columns=tuple(_column(name, language) for name in shown),
        rows=tuple(tuple(cells[name] for name in shown) for cells in (_cells(one, made, language) for one in found)),
        language=language,
        data=reconcile_data(made, language),
        lead=tuple(_lead(made, language)),
        notes=tuple(reconcile_notes(made, language)),
        about=tuple(_about(made, language)),
        label=word("sheet_reconcile", language),
    )


def _column(name: str, language: Language) -> Column:
    kind = Kind.NUMBER if name in _NUMBERS else Kind.TEXT
    return Column(name, word(f"reconcile_{name}", language), kind, fixed=name in ("agent", "indicator"))


def _lead(made: Reconciled, language: Language) -> Iterable[str]:
    yield word("reconcile_file", language, file=made.file) + word(f"policy_{made.request.policy}", language)
    for variant in made.comparison.answer.chosen:
        explained = sum(variant in one.causes for one in made.comparison.judged)
        yield word(
            "reconcile_cause", language, cause=variant.label.in_language(language),
            why=variant.why.in_language(language), number=f"{explained:,}",
        )  # fmt: skip


def _cells(one: Judged, made: Reconciled, language: Language) -> dict[str, Cell]:
    reported = one.reported
    days = word("period", language, first=reported.first_date, last=reported.last_date)
    metric = made.data.metrics.get(reported.metric or "")
    label = metric.label.in_language(language) if metric is not None else NOTHING
    texts = {
        "agent": who(one, language),
        "days": str(reported.first_date) if reported.first_date == reported.last_date else days,
        "indicator": reported.indicator,
        "metric": label,
        "verdict": word(f"verdict_{one.verdict}", language),
        "reason": reason(one.causes, language) if one.causes else "",
    }
    figures = {"theirs": _value(reported.value), "ours": one.ours, "difference": one.difference}
    figures["would_be"] = one.would_be
    return {name: Cell(text, text) for name, text in texts.items()} | {
        name: figure_cell(one, figure, made, language, signed=name == "difference") for name, figure in figures.items()
    }


def who(one: Judged, language: Language) -> str:
    """Return whose figure it is: the person as the report writes it, or the total or mean."""
    kind = one.reported.row
    return str(one.reported.agent) if kind is RowKind.AGENT else word(f"reconcile_row_{kind}", language)


def reason(causes: Sequence[Variant], language: Language) -> str:
    """Return causes as a reason, joined by a plus."""
    return (" + " if language == "en" else "＋").join(cause.label.in_language(language) for cause in causes)


def figure_cell(
    one: Judged, figure: Fraction | None, made: Reconciled, language: Language, *, signed: bool = False
) -> Cell:
    """Return a figure in its unit, as people read it; a difference has its sign."""
    if figure is None:
        return Cell(None, NOTHING)
    metric = made.data.metrics.get(one.reported.metric or "")
    number = number_of(figure)
    if metric is None:
        return cell_of(Kind.NUMBER, number, language)
    kind = kind_of(metric)
    plain = Decimal(figure.numerator) / figure.denominator if kind is Kind.YUAN else number
    if signed and metric.unit is Unit.SHARE:
        text = word("reconcile_points", language, number=cell_text(Kind.NUMBER, number * 100, language))
    else:
        text = cell_text(Kind.NUMBER if kind is Kind.COUNT and isinstance(number, float) else kind, plain, language)
        spelled = kind in (Kind.SHARE, Kind.SECONDS, Kind.YUAN)
        text = text if spelled else f"{text} {UNIT_WORDS[metric.unit].in_language(language)}".rstrip()
    sign = "+" if signed and figure > 0 else ""
    return Cell(number, sign + text)


def _value(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _about(made: Reconciled, language: Language) -> Iterable[tuple[str, str]]:
    yield word("about_shop", language), " + ".join(made.data.shops)
    yield word("about_policy", language), word(f"policy_{made.request.policy}", language)
    yield word("about_snapshot", language), str(made.data.snapshot.seq)
    for one in dict.fromkeys(one.verdict for one in made.comparison.judged):
        yield word(f"verdict_{one}", language), word(f"verdict_{one}_means", language)
    for variant in made.comparison.answer.chosen:
        yield variant.label.in_language(language), variant.why.in_language(language)
