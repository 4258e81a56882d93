"""The pages of learning: what each model is worth, and what to read first."""

from datetime import datetime
from pathlib import Path

from xiaoer.actions.decision_file import read_decisions
from xiaoer.actions.inspect_first import read_first
from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.inspect_train import Trained, train
from xiaoer.actions.render.cell_text import cell_of
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.inspection.model.card import Card
from xiaoer.inspection.model.judged_by_people import FEWEST, FEWEST_OF_A_LABEL

TRAIN = {
    "model": Kind.TEXT, "judged": Kind.COUNT, "conversations": Kind.COUNT, "accuracy": Kind.SHARE,
    "commonest": Kind.SHARE, "macro_f1": Kind.SHARE, "found_first": Kind.SHARE, "found_anyhow": Kind.SHARE,
    "version": Kind.TEXT,
}  # fmt: skip
FIRST = {"rank": Kind.COUNT, "conversation": Kind.TEXT, "place": Kind.COUNT, "words": Kind.TEXT}


def train_page(home: Path, ask: InspectAsk, language: Language, *, decisions: Path | None, now: datetime) -> Page:
    """Return each model with its card, after training it on ratings and on the decisions of a file."""
    made = train(home, ask, {} if decisions is None else read_decisions(decisions), now=now)
    lead = [word("train_done", language, number=sum(one.model is not None for one in made))]
    lead += [_too_few(one, language) for one in made if one.model is None]
    return Page(
        name="inspect_train",
        title=word("train_title", language),
        columns=_columns(TRAIN, language),
        rows=tuple(_train_row(one, language) for one in made),
        language=language,
        data={"models": [_train_json(one) for one in made]},
        lead=tuple(lead),
        notes=(word("train_note", language),),
    )


def _too_few(one: Trained, language: Language) -> str:
    return word(
        "train_too_few", language, model=_name(one.name, language), number=one.examples, fewest=FEWEST,
        each=FEWEST_OF_A_LABEL,
    )  # fmt: skip


def _train_row(one: Trained, language: Language) -> tuple[Cell, ...]:
    values: tuple[Value, ...] = (_name(one.name, language), one.examples, *([None] * (len(TRAIN) - 2)))
    if one.model is not None:
        card = one.model.card
        values = (
            *values[:2], card.conversations, card.accuracy, card.commonest_accuracy, card.macro_f1, card.found_first,
            card.found_anyhow, one.model.version,
        )  # fmt: skip
    return tuple(cell_of(kind, value, language) for kind, value in zip(TRAIN.values(), values, strict=True))


def _train_json(one: Trained) -> dict[str, object]:
    if one.model is None:
        return {"name": one.name, "judged": one.examples, "trained": False}
    return {
        "name": one.name, "judged": one.examples, "trained": True, "version": one.model.version,
        "trained_at": one.model.trained_at.isoformat(), "card": card_json(one.model.card),
    }  # fmt: skip


def card_json(card: Card) -> dict[str, object]:
    """Return a card for scripts; shares from 0 to 1."""
    return {
        "labels": list(card.labels), "examples": card.examples, "conversations": card.conversations,
        "by_label": dict(zip(card.labels, card.by_label, strict=True)), "accuracy": card.accuracy,
        "macro_f1": card.macro_f1, "commonest_accuracy": card.commonest_accuracy, "found_first": card.found_first,
        "found_anyhow": card.found_anyhow, "said_of": [list(row) for row in card.said_of],
        "learning_curve": [
            {"conversations": learnt, "accuracy": accuracy, "macro_f1": macro_f1}
            for learnt, accuracy, macro_f1 in card.curve
        ],
        "freedom": card.freedom, "balance": card.balance,
    }  # fmt: skip


def first_page(home: Path, ask: InspectAsk, language: Language, *, most: int) -> Page:
    """Return what to read first; a ReportableError when no model was trained yet."""
    made = read_first(home, ask, most=most)
    card = made.model.card
    rows: list[tuple[Value, ...]] = [
        (one.rank_percent, one.conversation, one.place + 1, one.words) for one in made.first
    ]
    return Page(
        name="inspect_first",
        title=word("first_title", language, number=len(made.first), all=made.conversations),
        columns=_columns(FIRST, language),
        rows=tuple(
            tuple(cell_of(kind, value, language) for kind, value in zip(FIRST.values(), row, strict=True))
            for row in rows
        ),
        language=language,
        data={
            "model": made.model.version, "conversations": made.conversations,
            "first": [
                {"conversation": one.conversation, "rank_percent": one.rank_percent, "place": one.place,
                 "words": one.words}
                for one in made.first
            ],
        },
        lead=(word("first_worth", language, found=f"{card.found_first:.0%}", anyhow=f"{card.found_anyhow:.0%}"),),
        notes=(word("first_note", language), word("inspect_masked", language)),
    )  # fmt: skip


def _name(name: str, language: Language) -> str:
    return word("model_dissatisfaction", language) if name == "dissatisfaction" else name


def _columns(kinds: dict[str, Kind], language: Language) -> tuple[Column, ...]:
    return tuple(
        Column(name, word(f"learn_{name}", language), kind, fixed=place == 0)
        for place, (name, kind) in enumerate(kinds.items())
    )
