"""A linear text model: one logistic regression per label over runs of characters and marks, small enough to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from xiaoer.inspection.model.example import Example, Said
from xiaoer.inspection.model.features import MARK_WEIGHT, Floats, Marks, columns_of, runs

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LEAST_ROWS = 2  # a run that only one example has teaches nothing of others
BIAS_SCALE = 3.0
PAIR = 2
SURE = 10.0  # of a label that all, or none, of the examples have
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Choice:
    """What is chosen on held-out conversations: how freely weights may grow, how much rare labels weigh (0–1)."""

    freedom: float = 2.0
    balance: float = 0.6


@dataclass(frozen=True)
class TextModel:
    """Weights of runs and marks for each label; the last row of `weights` is what holds without any."""

    labels: tuple[str, ...]
    runs: tuple[str, ...]
    marks: Marks
    weights: Floats  # (runs + marks + 1) × labels

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """Return the row of `weights` of each run."""
        return {run: column for column, run in enumerate(self.runs)}

    def strengths(self, said: Sequence[Said]) -> Floats:
        """Return how strongly the words speak for each label, before they are made shares."""
        columns = columns_of(runs(said), self.columns)
        marks = np.array([*(MARK_WEIGHT * mark for mark in self.marks.of(said)), 1.0])
        strength: Floats = marks @ self.weights[len(self.runs) :]
        if len(columns):
            strength = strength + self.weights[columns].sum(axis=0) / np.sqrt(len(columns))
        return strength

    def shares(self, rows: Sequence[Sequence[Said]]) -> Floats:
        """Return for each row the share of each label, adding up to 1; a rank, not a promise of frequency."""
        if not rows:
            return np.zeros((0, len(self.labels)))
        return shares_of(np.array([self.strengths(row) for row in rows]))


@dataclass(frozen=True)
class Prepared:
    """Examples made numbers once, so that many models can be fitted to parts of them.

    `numbers` are the numbers in `all_runs` of the runs of each example, one after another; `ends` is where each stops.
    """

    examples: tuple[Example, ...]
    labels: tuple[str, ...]
    marks: Marks
    all_runs: tuple[str, ...]
    numbers: Whole
    ends: Whole
    marked: Floats
    target: Whole


@dataclass(frozen=True)
class Fitted:
    """Weights for the runs that are known: `column` of each run of the prepared ones, -1 for those left out."""

    column: Whole
    weights: Floats


def prepare(examples: Sequence[Example], *, labels: Sequence[str], marks: Marks) -> Prepared:
    """Return examples in an order of their own, so that the order in which they came changes nothing."""
    ordered = tuple(sorted(examples))
    rows = [runs(one.said) for one in ordered]
    known = {run: number for number, run in enumerate(sorted(set().union(*rows)))}
    columns = [columns_of(row, known) for row in rows]
    return Prepared(
        ordered,
        tuple(labels),
        marks,
        tuple(known),
        np.concatenate([*columns, np.zeros(0, np.int64)]),
        np.cumsum([0, *map(len, columns)]),
        np.array([marks.of(one.said) for one in ordered]).reshape(len(ordered), len(marks.names)),
        np.array([list(labels).index(one.label) for one in ordered], np.int64),
    )


def fit(prepared: Prepared, chosen: Whole, choice: Choice) -> Fitted:
    """Return what the chosen rows teach; a label that none of them has gets no share to speak of."""
    from sklearn.linear_model import LogisticRegression

    rows, numbers = _numbers(prepared, chosen)
    common = np.bincount(numbers, minlength=len(prepared.all_runs)) >= LEAST_ROWS
    column = np.where(common, np.cumsum(common) - 1, -1)
    seen, target = matrix(prepared, chosen, column), prepared.target[chosen]
    weights = np.zeros((seen.shape[1] + 1, len(prepared.labels)))
    for label in range(len(prepared.labels)):
        share = float((target == label).mean()) if len(target) else 0.0
        if share in (0.0, 1.0):
            weights[-1, label] = SURE if share else -SURE
            continue
        heavier = {True: (0.5 / share) ** choice.balance, False: (0.5 / (1 - share)) ** choice.balance}
        one = LogisticRegression(
            C=choice.freedom, solver="liblinear", class_weight=heavier, intercept_scaling=BIAS_SCALE, tol=0.01,
            random_state=0,
        ).fit(seen, target == label)  # fmt: skip
        weights[:-1, label], weights[-1, label] = one.coef_[0], one.intercept_[0]
        if len(prepared.labels) == PAIR:  # what speaks for the one speaks as much against the other
            weights[:, 1 - label] = -weights[:, label]
            break
    return Fitted(column, weights)


def model_of(prepared: Prepared, fitted: Fitted) -> TextModel:
    """Return a fitted model on its own, without the examples that it learnt from."""
    known = tuple(prepared.all_runs[number] for number in np.flatnonzero(fitted.column >= 0))
    return TextModel(prepared.labels, known, prepared.marks, fitted.weights)


def prepared_shares(prepared: Prepared, chosen: Whole, fitted: Fitted) -> Floats:
    """Return what `TextModel.shares` says of prepared rows, quicker."""
    seen = matrix(prepared, chosen, fitted.column)
    return shares_of(np.asarray(seen @ fitted.weights[:-1]) + fitted.weights[-1])


def _numbers(prepared: Prepared, chosen: Whole) -> tuple[Whole, Whole]:
    """Return for the runs of the chosen examples: in which of the chosen, and which run."""
    lengths = prepared.ends[chosen + 1] - prepared.ends[chosen]
    rows = np.repeat(np.arange(len(chosen)), lengths)
    first = np.repeat(prepared.ends[chosen] - np.cumsum(lengths) + lengths, lengths)
    return rows, prepared.numbers[first + np.arange(len(rows))]


def matrix(prepared: Prepared, chosen: Whole, column: Whole) -> "csr_matrix":
    """Return what a model sees of the chosen rows: runs of equal weight whose squares add up to 1, then marks."""
    from scipy.sparse import csr_matrix, hstack

    rows, numbers = _numbers(prepared, chosen)
    keep = column[numbers] >= 0
    rows, columns = rows[keep], column[numbers[keep]]
    lengths = np.bincount(rows, minlength=len(chosen))
    width = int(column.max(initial=-1)) + 1
    ends = np.concatenate([[0], np.cumsum(lengths)])
    seen = csr_matrix((1 / np.sqrt(lengths[rows]), columns, ends), shape=(len(chosen), width))
    return hstack([seen, csr_matrix(MARK_WEIGHT * prepared.marked[chosen])]).tocsr()


def shares_of(strengths: Floats) -> Floats:
    """Return strengths as shares that add up to 1."""
    chances = 1 / (1 + np.exp(-np.clip(strengths, -30, 30)))
    shares: Floats = chances / chances.sum(axis=1, keepdims=True)
    return shares
