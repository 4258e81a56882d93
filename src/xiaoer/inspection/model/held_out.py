"""How good a model is on conversations that it has not seen: split by conversation, choices made on the inside only."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from xiaoer.inspection.model.example import parts_of
from xiaoer.inspection.model.features import Floats
from xiaoer.inspection.model.linear import Choice, Prepared, TextModel, fit, model_of, prepared_shares

PARTS, INNER_PARTS = 5, 4
FREEDOMS, BALANCES = (1.0, 2.0, 4.0), (0.5, 0.7)
CHOICES = tuple(Choice(freedom, balance) for freedom, balance in product(FREEDOMS, BALANCES))
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Score:
    """How often a label was right, and the mean over labels of F1 (2·right / (said + true); 0 where both are 0)."""

    accuracy: float
    macro_f1: float

    @property
    def both(self) -> float:
        """Return what choices are made by."""
        return self.accuracy + self.macro_f1


def score(said: Rows, true: Rows, labels: int) -> Score:
    """Return the score of labels said against the true ones; zeros for no rows."""
    if not len(true):
        return Score(0.0, 0.0)
    each = []
    for label in range(labels):
        right = int(((said == label) & (true == label)).sum())
        both = int((said == label).sum()) + int((true == label).sum())
        each.append(2 * right / both if both else 0.0)
    return Score(float((said == true).mean()), sum(each) / labels)


def chosen_for(prepared: Prepared, rows: Rows, choices: Sequence[Choice] = CHOICES) -> Choice:
    """Return the choice that does best on parts of these rows held out in turn; of equals the first."""
    if len(choices) == 1:
        return choices[0]
    shares = {choice: shares_held_out(prepared, rows, (choice,), parts=INNER_PARTS) for choice in choices}
    true = prepared.target[rows]
    scores = [score(shares[one].argmax(axis=1), true, len(prepared.labels)).both for one in choices]
    return choices[int(np.argmax(scores))]


def shares_held_out(prepared: Prepared, rows: Rows, choices: Sequence[Choice], *, parts: int = PARTS) -> Floats:
    """Return for each row the shares said by a model that saw no row of its conversation."""
    part = np.array(parts_of([prepared.examples[row].conversation for row in rows], parts))
    shares = np.zeros((len(rows), len(prepared.labels)))
    for one in sorted(set(part.tolist())):
        seen, unseen = rows[part != one], rows[part == one]
        fitted = fit(prepared, seen, chosen_for(prepared, seen, choices))
        shares[part == one] = prepared_shares(prepared, unseen, fitted)
    return shares


def learning_curve(prepared: Prepared, choice: Choice, percents: Sequence[int]) -> list[tuple[int, Score]]:
    """Return how many conversations were learnt from, and how good that was on the fifths held out."""
    part = np.array(parts_of([one.conversation for one in prepared.examples], PARTS))
    # A hundred smaller parts of what is learnt from, so that a percent of conversations can be taken away.
    small = np.array(parts_of([f"{one.conversation}\0" for one in prepared.examples], 100))
    curve = []
    for percent in percents:
        said, learnt = np.zeros(len(part), np.int64), 0
        for one in range(PARTS):
            seen = np.flatnonzero((part != one) & (small < percent))
            unseen = np.flatnonzero(part == one)
            if len(unseen):
                said[unseen] = prepared_shares(prepared, unseen, fit(prepared, seen, choice)).argmax(axis=1)
            learnt += len({prepared.examples[row].conversation for row in seen})
        curve.append((round(learnt / PARTS), score(said, prepared.target, len(prepared.labels))))
    return curve


def whole_model(prepared: Prepared) -> tuple[TextModel, Choice]:
    """Return the model of all rows, with the choice that all rows suggest."""
    rows = np.arange(len(prepared.examples))
    choice = chosen_for(prepared, rows)
    return model_of(prepared, fit(prepared, rows, choice)), choice
