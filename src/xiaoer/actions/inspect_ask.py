"""Ask an outside large model about conversations: only where an address is set, within a cap, masked, recorded."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from xiaoer.actions.inspect_first import ranked
from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.inspect_models import Learning, open_learning
from xiaoer.base.environment import OutsideModel
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.inspection.large_model.answer import Dropped, Suggestion, answer_of
from xiaoer.inspection.large_model.budget import Budget, Prices
from xiaoer.inspection.large_model.client import MOST_TOKENS_OUT, Reply, Service, ask
from xiaoer.inspection.large_model.question import AskedItem, Question, question_of
from xiaoer.inspection.large_model.record import Call, record
from xiaoer.inspection.schema import By

ASKED = (By.HUMAN, By.MODEL)  # what phrases and times can not tell


@dataclass(frozen=True)
class Limits:
    """How many conversations and how many yuan at most."""

    conversations: int
    cap_yuan: Decimal


@dataclass(frozen=True)
class Asked:
    """What came of asking: suggestions for people, what was dropped and why, conversations asked about, yuan."""

    suggestions: tuple[Suggestion, ...]
    dropped: dict[Dropped, int]
    conversations: int
    cost_yuan: Decimal
    stopped_by_cap: bool


def ask_outside(
    home: Path, asked: InspectAsk, outside: OutsideModel | None, limits: Limits, *, now: Callable[[], datetime]
) -> Asked:
    """Return what the model suggests about conversations, those to read first if a model ranks them.

    A ReportableError when no address is set, the service refuses, or the shop's standards ask nothing of people.
    """
    if outside is None:
        raise ReportableError.of("models.no_service")
    service = Service(outside.address, outside.key, outside.model)
    budget = Budget(limits.cap_yuan, Prices(outside.yuan_in, outside.yuan_out))
    suggestions: list[Suggestion] = []
    dropped: Counter[Dropped] = Counter()
    calls, stopped = 0, False
    with open_learning(home, asked) as learning:
        items = _items(learning)
        first = ranked(learning)[: limits.conversations]
        shown = learning.conversations_of(first)
        for between in first:
            question = question_of(shown[between], items)
            if not budget.allows(characters=question.characters, most_out=MOST_TOKENS_OUT):
                stopped = True
                break
            reply = ask(service, question.messages)
            answer = answer_of(reply.text, question)
            cost = _spent(budget, question, reply)
            record(home / "models", Call(service, question, reply, answer, cost), now=now())
            suggestions += answer.suggestions
            dropped.update(answer.dropped)
            calls += 1
    return Asked(tuple(suggestions), dict(dropped), calls, budget.spent, stopped)


def _items(learning: Learning, language: Language = "zh") -> list[AskedItem]:
    found = [
        AskedItem(name, item.label.in_language(language), item.reason.in_language(language))
        for name, item in learning.inspection.standards.items.items()
        if item.find.by in ASKED
    ]
    if not found:
        raise ReportableError.of("models.nothing_to_ask")
    return found


def _spent(budget: Budget, question: Question, reply: Reply) -> Decimal:
    """Count what a reply used; where the service does not say, the most that it can have been."""
    tokens_in = 2 * question.characters if reply.tokens_in is None else reply.tokens_in
    return budget.spend(tokens_in, MOST_TOKENS_OUT if reply.tokens_out is None else reply.tokens_out)
