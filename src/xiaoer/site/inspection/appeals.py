"""Appeals: raised by whom a finding is about, decided by somebody who did not judge it; both scores are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiaoer.actions.inspect_conversation import InspectedConversation
from xiaoer.actions.inspect_decisions import Verdict
from xiaoer.actions.inspect_scorecard import appeal_days, scores_after
from xiaoer.actions.shops import clock_of
from xiaoer.base.days import DAY
from xiaoer.base.errors import ReportableError
from xiaoer.site.audit import note
from xiaoer.site.inspection.card import decisions_from, said_points
from xiaoer.site.inspection.decisions import rows_held
from xiaoer.site.kept import kept
from xiaoer.site.models import Appeal, FindingDecision, Person, Review, Shop

EXPECTED = {"nothing": _("it should not count at all"), "less": _("it should count less")}


@dataclass(frozen=True)
class Objection:
    """What the agent says: of which item, what they expect, why."""

    item: str
    expected: str
    reason: str


@dataclass(frozen=True)
class Answer:
    """What was decided: upheld or not, for how many points if it still counts, and in words why."""

    upheld: bool
    words: str
    points: Decimal | None = None


def today_of(shop: Shop) -> date:
    """Return the shop's local day of now."""
    today: date = kept(clock_of, shop.name).local_day(timezone.now())
    return today


def last_day_to_appeal(shop: Shop, review: Review | None) -> date | None:
    """Return the last day on which what a review says can be appealed; None where nobody has judged yet: any day."""
    if review is None or review.done_at is None:
        return None
    done = kept(clock_of, shop.name).local_day(review.done_at)
    return done + timedelta(days=appeal_days(settings.SITE.home, shop.name, done).to_raise)


def appeal(found: InspectedConversation, shop: Shop, given: Objection, *, by: Person) -> Appeal:
    """Return the appeal raised; a ReportableError when there is no such finding, it is too late, or was done already.

    A finding that a person judged has its days from then on; one that only a machine found can be appealed any day.
    """
    row = rows_held(shop, found).get(given.item)
    if not _counts(found, given.item, row):
        raise ReportableError.of("site.no_such_finding")
    review = row.review if row is not None else None
    last, today = last_day_to_appeal(shop, review), today_of(shop)
    if last is not None and today > last:
        raise ReportableError.of("site.too_late_to_appeal", values={"last": str(last)})
    about = {"shop": shop, "day": date.fromisoformat(found.id.day), "agent": found.id.agent, "buyer": found.id.buyer,
             "item": given.item}  # fmt: skip
    answer_by = today + appeal_days(settings.SITE.home, shop.name, today).to_answer * DAY
    with transaction.atomic():
        if Appeal.objects.filter(**about).exclude(state=Appeal.State.WITHDRAWN).exists():
            raise ReportableError.of("site.appealed_already")
        made = Appeal.objects.create(
            **about, review=review, raised_by=by, expected=given.expected, reason=given.reason, answer_by=answer_by
        )
        note("appealed", person=by, shop=shop, about=made, details={"item": given.item})
    return made


def _counts(found: InspectedConversation, item: str, row: FindingDecision | None) -> bool:
    """Return whether an item of a conversation takes points now: found and not refused, or added."""
    if row is not None:
        return row.verdict != Verdict.REFUSED
    return any(one.id.item == item for one in found.findings)


def withdraw(found: Appeal, *, by: Person) -> None:
    """Take an appeal back that nobody has decided yet."""
    with transaction.atomic():
        still = Appeal.objects.filter(pk=found.pk, state=Appeal.State.OPEN)
        if still.update(state=Appeal.State.WITHDRAWN, decided_at=timezone.now()):
            note("appeal_withdrawn", person=by, shop=found.shop, about=found)


def may_not_decide(found: Appeal, person: Person) -> bool:
    """Return whether a person is no judge of an appeal: they judged the finding or the conversation, or raised it."""
    about = {"shop": found.shop, "day": found.day, "agent": found.agent, "buyer": found.buyer}
    own = person.accounts.filter(shop=found.shop, account=found.agent, first_day__lte=found.day)
    return (
        found.raised_by_id == person.pk
        or Review.objects.filter(**about, inspector=person, done_at__isnull=False).exists()
        or any(one.last_day is None or one.last_day >= found.day for one in own)
    )


def decide(found: Appeal, talk: InspectedConversation, given: Answer, *, by: Person) -> None:
    """Decide an appeal: upheld, the finding falls away or counts for other points, and the score is restated.

    A ReportableError when it is the person's own judgement, or somebody decided it meanwhile.
    """
    if may_not_decide(found, by):
        raise ReportableError.of("site.own_judgement")
    rows = rows_held(found.shop, talk)
    before = score_with(talk, rows)
    with transaction.atomic():
        still = Appeal.objects.filter(pk=found.pk, state=Appeal.State.OPEN)
        state = Appeal.State.UPHELD if given.upheld else Appeal.State.REFUSED
        if not still.update(state=state, decided_by=by, decided_at=timezone.now(), answer=given.words):
            raise ReportableError.of("site.appealed_already")
        made = FindingDecision.objects.create(
            shop=found.shop, day=found.day, agent=found.agent, buyer=found.buyer, item=found.item, by=by, appeal=found,
            **_decision(given, rows.get(found.item)),
        )  # fmt: skip
        after = score_with(talk, rows | {found.item: made})
        Appeal.objects.filter(pk=found.pk).update(score_before=before, score_after=after)
        note("appeal_decided", person=by, shop=found.shop, about=found, details={"state": str(state)})


def _decision(given: Answer, held: FindingDecision | None) -> dict[str, object]:
    """Return what the decision says: an appeal refused leaves what held before, or accepts what a machine found."""
    if given.upheld and given.points is None:
        return {"verdict": Verdict.REFUSED}
    added = held is not None and held.verdict == Verdict.ADDED
    if given.upheld:
        return {"verdict": Verdict.ADDED if added else Verdict.RESTATED, "points": given.points, "fatal": False}
    if held is None:
        return {"verdict": Verdict.ACCEPTED}
    return {"verdict": held.verdict, "points": held.points, "fatal": held.fatal}


def score_with(talk: InspectedConversation, rows: Mapping[str, FindingDecision]) -> Decimal:
    """Return the score of a conversation after these decisions."""
    return scores_after(settings.SITE.home, talk, decisions_from(talk, dict(rows)))[1]


def worth_of(talk: InspectedConversation, item: str, row: FindingDecision | None) -> Decimal | None:
    """Return how many points a finding takes now; None where only the item itself knows."""
    if row is not None and row.points is not None:
        return row.points
    return next((one.points for one in talk.findings if one.id.item == item), None)


def said_worth(talk: InspectedConversation, item: str) -> str:
    """Return the points of a finding as they are read."""
    worth = worth_of(talk, item, None)
    return "" if worth is None else said_points(worth)
