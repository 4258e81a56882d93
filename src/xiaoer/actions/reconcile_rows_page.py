"""The rows that move as a page: which receptions, sessions and orders count in one tool and not in the other."""

from fractions import Fraction

from xiaoer.actions.explain import number_of
from xiaoer.actions.reconcile_context import Reconciled
from xiaoer.actions.reconcile_page import reason, who
from xiaoer.actions.render.cell_text import NOTHING, cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.reconcile.judge import Judged
from xiaoer.reconcile.moved import Moved

_WORDS = {
    "agent": "reconcile_agent", "indicator": "reconcile_indicator", "cause": "reconcile_reason",
    "counts": "reconcile_counts", "part": "row_part", "day": "row_day", "start_at": "row_start_at",
    "end_at": "row_end_at", "buyer": "row_buyer", "reference": "row_reference", "reason": "row_reason",
    "other_agent": "row_other_agent", "theirs": "reconcile_theirs", "ours": "reconcile_ours",
}  # fmt: skip
_KINDS = {
    "day": Kind.DAY, "start_at": Kind.INSTANT, "end_at": Kind.INSTANT, "theirs": Kind.NUMBER, "ours": Kind.NUMBER,
}  # fmt: skip


def rows_page(made: Reconciled, language: Language) -> Page:
    """Return the page of rows that move, in the order of their figures."""
    comparison = made.comparison
    rows = tuple(
        _cells(comparison.judged[place], one, language) for place, moved in comparison.moved for one in moved
    )  # fmt: skip
    return Page(
        name="reconcile_rows",
        title=word("reconcile_rows_title", language, number=f"{len(rows):,}"),
        columns=tuple(
            Column(name, word(said, language), _KINDS.get(name, Kind.TEXT), fixed=name == "agent")
            for name, said in _WORDS.items()
        ),
        rows=rows,
        language=language,
        data={},
        label=word("sheet_reconcile_rows", language),
    )


def _cells(one: Judged, moved: Moved, language: Language) -> tuple[Cell, ...]:
    row = moved.row
    values: dict[str, Value] = {
        "agent": who(one, language),
        "indicator": one.reported.indicator,
        "cause": reason(one.causes, language),
        "counts": word(f"counts_{moved.side}", language),
        "part": word(f"part_{moved.part.value}", language),
        "day": row.day,
        "start_at": row.start_at,
        "end_at": row.end_at,
        "buyer": row.buyer,
        "reference": row.reference,
        "reason": word(f"reason_{row.reason}", language) if row.reason else None,
        "other_agent": row.other_agent,
        "theirs": _number(moved.theirs),
        "ours": _number(moved.ours),
    }
    return tuple(
        Cell(value, cell_text(_KINDS.get(name, Kind.TEXT), value, language) if value is not None else NOTHING)
        for name, value in values.items()
    )


def _number(value: Fraction | None) -> int | float | None:
    return None if value is None else number_of(value)
