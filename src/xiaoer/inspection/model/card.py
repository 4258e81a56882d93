"""A model's card: what it learnt from and how good it is on conversations held out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from xiaoer.inspection.model.example import Example
from xiaoer.inspection.model.features import Floats, our_marks
from xiaoer.inspection.model.held_out import CHOICES, Rows, learning_curve, score, shares_held_out, whole_model
from xiaoer.inspection.model.linear import TextModel, prepare

PERCENTS = (25, 50, 75, 100)
FIRST_TENTH = 10
PLACES = 4


@dataclass(frozen=True)
class Card:
    """What a model is worth; shares from 0 to 1, four places.

    `found_first` is the share of the wanted label (the first) among the tenth that the model would have had read
    first, `found_anyhow` its share among all: what reading in any order finds.
    """

    name: str
    labels: tuple[str, ...]
    examples: int
    conversations: int
    by_label: tuple[int, ...]
    accuracy: float
    macro_f1: float
    commonest_accuracy: float
    found_first: float
    found_anyhow: float
    said_of: tuple[tuple[int, ...], ...]  # of each true label, how often each label was said
    curve: tuple[tuple[int, float, float], ...]  # conversations learnt from, accuracy, macro F1
    freedom: float
    balance: float


def trained(name: str, examples: Sequence[Example], *, labels: Sequence[str]) -> tuple[TextModel, Card]:
    """Return the model of all examples and its card; the same examples in any order give the same of both."""
    prepared = prepare(examples, labels=labels, marks=our_marks())
    every = np.arange(len(prepared.examples))
    shares = shares_held_out(prepared, every, CHOICES)
    said, true = shares.argmax(axis=1), prepared.target
    model, choice = whole_model(prepared)
    result = score(said, true, len(labels))
    counts = np.bincount(true, minlength=len(labels))
    return model, Card(
        name=name,
        labels=tuple(labels),
        examples=len(every),
        conversations=len({one.conversation for one in prepared.examples}),
        by_label=tuple(map(int, counts)),
        accuracy=round(result.accuracy, PLACES),
        macro_f1=round(result.macro_f1, PLACES),
        commonest_accuracy=round(float(counts.max() / max(1, len(every))), PLACES),
        found_first=round(_found_first(shares[:, 0], true), PLACES),
        found_anyhow=round(float(counts[0] / max(1, len(every))), PLACES),
        said_of=_said_of(said, true, len(labels)),
        curve=tuple(
            (learnt, round(one.accuracy, PLACES), round(one.macro_f1, PLACES))
            for learnt, one in learning_curve(prepared, choice, PERCENTS)
        ),
        freedom=choice.freedom,
        balance=choice.balance,
    )


def _found_first(share: Floats, true: Rows) -> float:
    first = np.argsort(-share, kind="stable")[: max(1, len(true) // FIRST_TENTH)]
    return float((true[first] == 0).mean()) if len(true) else 0.0


def _said_of(said: Rows, true: Rows, labels: int) -> tuple[tuple[int, ...], ...]:
    return tuple(
        tuple(int(((true == row) & (said == column)).sum()) for column in range(labels)) for row in range(labels)
    )
