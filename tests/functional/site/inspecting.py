"""What tests of inspection share: a conversation of the tiny shop, and reviews and decisions about it."""

from datetime import date

from django.utils import timezone

from tests.functional.site.cast import shop
from xiaoer.site.models import FindingDecision, Person, Review

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
