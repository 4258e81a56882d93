"""The page of what an outside model suggests."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from xiaoer.actions.inspect_ask import Asked, Limits, ask_outside
from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.render.cell_text import cell_of
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.wording import word
from xiaoer.base.environment import OutsideModel
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.mask import shown_word
from xiaoer.inspection.large_model.answer import Suggestion

COLUMNS = {"conversation": Kind.TEXT, "place": Kind.COUNT, "item": Kind.TEXT, "why": Kind.TEXT}


def ask_page(
    home: Path, asked: InspectAsk, outside: OutsideModel | None, language: Language, *, most: int, cap: str
) -> Page:
    """Return what an outside model suggests, for people to judge; a ReportableError when none is set."""
    made = ask_outside(home, asked, outside, Limits(most, _yuan(cap)), now=lambda: datetime.now(UTC))
    return Page(
        name="inspect_ask",
        title=word("ask_title", language, number=len(made.suggestions), conversations=made.conversations),
        columns=tuple(Column(name, word(f"learn_{name}", language), kind) for name, kind in COLUMNS.items()),
        rows=tuple(_row(one, language) for one in made.suggestions),
        language=language,
        data=_json(made),
        lead=tuple(_lead(made, language)),
        notes=(word("ask_note", language),),
    )


def _lead(made: Asked, language: Language) -> list[str]:
    lines = [word("ask_cost", language, cost=f"{made.cost_yuan:.4f}")]
    if made.dropped:
        lines.append(word("ask_dropped", language, number=sum(made.dropped.values())))
    return [*lines, *([word("ask_stopped", language)] if made.stopped_by_cap else [])]


def _json(made: Asked) -> dict[str, object]:
    return {
        "suggestions": [
            {"conversation": one.conversation, "item": one.item, "place": one.place, "start": one.start,
             "end": one.end, "why": one.why}
            for one in made.suggestions
        ],
        "dropped": {str(reason): number for reason, number in sorted(made.dropped.items())},
        "conversations": made.conversations, "cost_yuan": str(made.cost_yuan), "stopped_by_cap": made.stopped_by_cap,
    }  # fmt: skip


def _yuan(text: str) -> Decimal:
    try:
        yuan = Decimal(text)
    except InvalidOperation:
        yuan = Decimal(-1)
    if not yuan.is_finite() or yuan <= 0:
        raise ReportableError.of("models.bad_cap", values={"found": shown_word(text)})
    return yuan


def _row(one: Suggestion, language: Language) -> tuple[Cell, ...]:
    values: tuple[Value, ...] = (one.conversation, one.place + 1, one.item, one.why)
    return tuple(cell_of(kind, value, language) for kind, value in zip(COLUMNS.values(), values, strict=True))
