"""Train the models of a shop on what its people judged, and say what each is worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xiaoer.actions.inspect_findings import Decisions
from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.inspect_models import Learning, open_learning
from xiaoer.inspection.model.card import trained
from xiaoer.inspection.model.example import Example
from xiaoer.inspection.model.judged_by_people import (
    DISSATISFACTION,
    NEUTRAL,
    REFUSED,
    SATISFIED,
    STANDS,
    UNSATISFIED,
    decided_examples,
    enough,
    rated_examples,
)
from xiaoer.inspection.model.kept import KeptModel
from xiaoer.store.home import Home

SATISFACTION_LABELS = (UNSATISFIED, NEUTRAL, SATISFIED)
DECISION_LABELS = (REFUSED, STANDS)


@dataclass(frozen=True)
class Trained:
    """What became of one model: how many judged conversations or findings there were, and the model if enough."""

    name: str
    examples: int
    model: KeptModel | None


def train(home: Path, ask: InspectAsk, decisions: Decisions, *, now: datetime) -> list[Trained]:
    """Return what was trained: dissatisfaction from ratings, then each judged item from decisions, names ascending.

    The same messages, ratings and decisions give the same models. A ReportableError when shop or days are of no use.
    """
    with open_learning(home, ask) as learning:
        scores, decided = learning.scores(), learning.decided(decisions)
        known = learning.conversations_of([*(one for one, _ in scores), *(one.between for one in decided)])
        rated = rated_examples(known, scores)
        by_item = decided_examples(known, decided)
        with Home(home).changing_documents():
            made = [_one(learning, DISSATISFACTION, rated, SATISFACTION_LABELS, now)]
            return made + [_one(learning, item, by_item[item], DECISION_LABELS, now) for item in sorted(by_item)]


def _one(learning: Learning, name: str, examples: Sequence[Example], labels: Sequence[str], now: datetime) -> Trained:
    known = enough(examples, labels)
    if not known:
        return Trained(name, len(examples), None)
    model, card = trained(name, [one for one in examples if one.label in known], labels=known)
    return Trained(name, len(examples), learning.kept.keep(name, model, card, now=now))


def models_of(home: Path, shop: str) -> list[KeptModel]:
    """Return the models of a shop that hold, names ascending; none before the first training."""
    from xiaoer.actions.inspect_models import kept_models

    kept = kept_models(home, shop)
    return [model for name in kept.names() if (model := kept.current(name)) is not None]
