"""The pages of inspection beside one another, as far as the reader may see them."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiaoer.site.models import Appeal, Review, Shop

PAGES = (
    ("inspection", "see_inspection", _("What was found")),
    ("inspection_queue", "judge", _("To judge")),
    ("appeals", "decide_appeals", _("Appeals")),
    ("inspection_plans", "plan_inspection", _("Plans")),
    ("calibration", "see_inspection", _("Agreement")),
    ("inspection_items", "see_inspection", _("How sure items are")),
    ("coaching", "coach", _("Coaching")),
    ("voice", "read_chats", _("What customers say")),
)


@dataclass(frozen=True)
class Tab:
    """One page, and how many things wait there."""

    label: str
    address: str
    here: bool
    number: int = 0


def tabs_of(request: HttpRequest, shop: Shop) -> list[Tab]:
    """Return the pages that the reader may see."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    waiting = {
        "inspection_queue": lambda: waiting_of(request, shop).count(),
        "appeals": lambda: Appeal.objects.filter(shop=shop, state=Appeal.State.OPEN).count(),
    }
    return [
        Tab(str(label), reverse(name, args=[shop.pk]), name == here, waiting[name]() if name in waiting else 0)
        for name, needs, label in PAGES
        if request.viewer.may(needs, shop)
    ]


def waiting_of(request: HttpRequest, shop: Shop) -> QuerySet[Review]:
    """Return the reviews that wait for the reader, in their order; not those of plans that ended."""
    own = Review.objects.filter(shop=shop, inspector=request.user, done_at=None).exclude(plan__ended_at__isnull=False)
    return own.select_related("plan").order_by("plan_id", "place", "id")
