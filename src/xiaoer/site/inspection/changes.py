"""What people change: reviews begun and done, findings judged, feedback acknowledged; each in the log."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from xiaoer.actions.inspect_conversation import InspectedConversation
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.site.audit import note
from xiaoer.site.inspection.card import card_of
from xiaoer.site.inspection.decisions import latest
from xiaoer.site.models import CoachingNote, FindingDecision, InspectionPlan, Person, Review, Shop


@dataclass(frozen=True)
class Judgement:
    """What was decided about one item: the verdict, for a refusal why, and the root cause."""

    item: str
    verdict: str
    reason: str = ""
    cause: str = ""


def begin_review(shop: Shop, found: InspectedConversation, *, by: Person) -> Review:
    """Return a review of the person's own that is under way, a new one where there is none."""
    talk = {"day": date.fromisoformat(found.id.day), "agent": found.id.agent, "buyer": found.id.buyer}
    with transaction.atomic():
        under_way = Review.objects.filter(shop=shop, inspector=by, done_at=None, **talk).first()
        if under_way is None:
            under_way = Review.objects.create(shop=shop, inspector=by, **talk)
            note("review_begun", person=by, shop=shop, about=under_way)
    return under_way


def judge(review: Review, given: Judgement) -> FindingDecision:
    """Return the decision written; a ReportableError when the review is done."""
    if review.done_at is not None:
        raise ReportableError.of("site.review_is_done")
    with transaction.atomic():
        made = FindingDecision.objects.create(
            shop=review.shop, day=review.day, agent=review.agent, buyer=review.buyer, item=given.item,
            verdict=given.verdict, reason=given.reason, cause=given.cause, by=review.inspector, review=review,
        )  # fmt: skip
        note(
            "finding_judged", person=review.inspector, shop=review.shop, about=review,
            details={"item": given.item, "verdict": given.verdict},
        )  # fmt: skip
    return made


def finish(review: Review, found: InspectedConversation, comment: str, language: Language) -> None:
    """Close a review with both scores; from now on its decisions hold. A ReportableError when it is done already."""
    card = card_of(found, latest(review.decisions.order_by("id")), language)
    with transaction.atomic():
        under_way = Review.objects.filter(pk=review.pk, done_at=None)
        if not under_way.update(
            done_at=timezone.now(), comment=comment, machine_score=card.machine, score=card.score,
            version=found.findings[0].version if found.findings else "",
        ):  # fmt: skip
            raise ReportableError.of("site.review_is_done")
        note("review_done", person=review.inspector, shop=review.shop, about=review)


def acknowledge(review: Review, *, by: Person) -> None:
    """Note that the agent has seen what was found, once."""
    with transaction.atomic():
        seen = Review.objects.filter(pk=review.pk, acknowledged_at=None)
        if seen.update(acknowledged_at=timezone.now(), acknowledged_by=by):
            note("feedback_acknowledged", person=by, shop=review.shop, about=review)


def end_plan(plan: InspectionPlan, *, by: Person) -> None:
    """End a plan: what was judged stays, what was not is nobody's any more."""
    with transaction.atomic():
        if InspectionPlan.objects.filter(pk=plan.pk, ended_at=None).update(ended_at=timezone.now()):
            note("plan_ended", person=by, shop=plan.shop, about=plan)


def end_note(found: CoachingNote, *, by: Person) -> None:
    """Mark a coaching note as done, once."""
    with transaction.atomic():
        if CoachingNote.objects.filter(pk=found.pk, done_at=None).update(done_at=timezone.now()):
            note("coaching_done", person=by, shop=found.shop, about=found)
