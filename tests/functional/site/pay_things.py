"""One of each thing of pay that an address names."""

from collections.abc import Callable
from datetime import date

from django.conf import settings

from xiaoer.actions.appraise_text import parts_of, text_of
from xiaoer.site.models import PayAppeal, PayIncident, Person, SchemeDraft, Shop

MONTH = "2024-09"


def pay_things(place: Shop, target: Person) -> dict[str, Callable[[], object]]:
    """Return by what an address calls it how one is made, or found."""
    return {
        "pay_appeal": lambda: _appeal(place, target).pk,
        "pay_incident": lambda: _incident(place, target).pk,
        "scheme_draft": lambda: _draft(place, target).pk,
    }


def _appeal(place: Shop, target: Person) -> PayAppeal:
    asked = {"month": MONTH, "agent": "x", "line": "pay", "amount": 1, "decide_by": date(2024, 10, 9)}
    return PayAppeal.objects.get_or_create(shop=place, person=target, **asked)[0]


def _incident(place: Shop, target: Person) -> PayIncident:
    return PayIncident.objects.get_or_create(shop=place, day=date(2024, 9, 2), kind="leak", written_by=target)[0]


def _draft(place: Shop, target: Person) -> SchemeDraft:
    text = text_of(parts_of(settings.SITE.home, "six_indicators"))
    return SchemeDraft.objects.get_or_create(shop=place, name="tried", made_by=target, defaults={"text": text})[0]
