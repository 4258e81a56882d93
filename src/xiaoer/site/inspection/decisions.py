"""What people decided about findings, as the engine takes it: of reviews that are done, and over them of appeals."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from xiaoer.actions.inspect_conversation import InspectedConversation
from xiaoer.actions.inspect_decisions import Decision, FindingId, Verdict
from xiaoer.site.models import Appeal, FindingDecision, Review, Shop


def decisions_of(shop: Shop, **which: Any) -> Mapping[FindingId, Decision]:  # noqa: ANN401 -- fields of a decision
    """Return the decision that holds of each finding of a shop; `which` narrows them down, as `day` or `agent`."""
    made = FindingDecision.objects.filter(shop=shop, **which).select_related("review")
    held: dict[FindingId, Decision] = {}
    for one in made.filter(review__counts=True, review__done_at__isnull=False).order_by("review__done_at", "id"):
        held[finding_of(shop, one)] = decision_of(one)
    for one in made.filter(appeal__isnull=False).order_by("id"):
        held[finding_of(shop, one)] = decision_of(one)
    return held


def decisions_in(review: Review) -> Mapping[FindingId, Decision]:
    """Return what one inspector decided in one review, done or not; nobody else's."""
    return {finding_of(review.shop, one): decision_of(one) for one in review.decisions.order_by("id")}


def open_appeals(shop: Shop, first: date, last: date) -> int:
    """Return how many appeals about conversations of these days nobody has decided yet."""
    return Appeal.objects.filter(shop=shop, state=Appeal.State.OPEN, day__range=(first, last)).count()


def finding_of(shop: Shop, one: FindingDecision | Appeal) -> FindingId:
    """Return the finding that a row is about."""
    return FindingId(shop.name, str(one.day), one.agent, one.buyer, one.item)


def decision_of(one: FindingDecision) -> Decision:
    """Return a row as a value."""
    return Decision(Verdict(one.verdict), one.points, one.fatal)


def latest(rows: Iterable[FindingDecision]) -> dict[str, FindingDecision]:
    """Return the last row of each item, of rows about one conversation in the order in which they were written."""
    return {one.item: one for one in rows}


def rows_held(shop: Shop, found: InspectedConversation) -> dict[str, FindingDecision]:
    """Return by item the row that holds of one conversation, as `decisions_of` says which."""
    made = FindingDecision.objects.filter(
        shop=shop, day=date.fromisoformat(found.id.day), agent=found.id.agent, buyer=found.id.buyer
    )
    reviewed = made.filter(review__counts=True, review__done_at__isnull=False)
    return latest(reviewed.order_by("review__done_at", "id")) | latest(made.filter(appeal__isnull=False).order_by("id"))
