"""What tests of inspection share: a conversation of the tiny shop, and reviews and decisions about it."""

from datetime import date

from django.utils import timezone

from tests.functional.site.cast import shop
from xiaoer.site.models import Appeal, FindingDecision, InspectionPlan, Person, Review, Shop

DAY, AGENT, BUYER = date(2024, 9, 2), "晨光店:小艾", "阿青"
ITEM = "no_greeting"  # of three findings of that conversation


def review(inspector: Person, *, done: bool = True, counts: bool = True, buyer: str = BUYER) -> Review:
    """Return a review of the conversation."""
    at = timezone.now() if done else None
    return Review.objects.create(
        shop=shop(), inspector=inspector, day=DAY, agent=AGENT, buyer=buyer, counts=counts, done_at=at
    )


def decide(found: Review, verdict: str, item: str = ITEM, **more: object) -> FindingDecision:
    """Return a decision in a review."""
    return FindingDecision.objects.create(
        shop=found.shop, day=found.day, agent=found.agent, buyer=found.buyer, item=item, verdict=verdict,
        by=found.inspector, review=found, **more,
    )  # fmt: skip


def plan(place: Shop, by: Person) -> InspectionPlan:
    """Return a plan, the same one when it is asked for again."""
    return InspectionPlan.objects.get_or_create(
        shop=place, made_by=by, name="x", defaults={"way": "all", "first": DAY, "last": DAY}
    )[0]


def given(place: Shop, to: Person) -> Review:
    """Return a review given to somebody, of a conversation that either shop has, not done."""
    about = {"day": DAY, "agent": AGENT if place.name == "晨光店" else "远山店:小远", "buyer": BUYER}
    return Review.objects.get_or_create(shop=place, plan=plan(place, to), inspector=to, **about)[0]


def objection(place: Shop, by: Person) -> Appeal:
    """Return an appeal about that conversation."""
    about = {"day": DAY, "agent": AGENT if place.name == "晨光店" else "远山店:小远", "buyer": BUYER, "item": ITEM}
    usual = {"expected": "nothing", "reason": "x", "answer_by": DAY, "state": "withdrawn"}
    return Appeal.objects.get_or_create(shop=place, raised_by=by, **about, defaults=usual)[0]
