"""Write a correction in the name of who is signed in, and its entry in the log; and the reverse."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from xiaoer.actions.correct import Given, withdraw_correction
from xiaoer.base.corrections import Correction
from xiaoer.site.audit import note
from xiaoer.site.models import Person, Shop


def author_of(person: Person) -> str:
    """Return how a person signs: name and login, since names repeat."""
    return f"{person.name} ({person.login})"


def write(make: Callable[[Given], Correction], *, reason: str, by: Person, shop: Shop) -> Correction:
    """Return the correction made; a ReportableError says why it can not be, and then the log has no entry either."""
    with transaction.atomic():
        made = make(Given(reason, author_of(by), shop.name))
        note("corrected", person=by, shop=shop, about=f"correction {made.id}", details={"kind": made.kind.value})
    return made


def withdraw(number: int, *, reason: str, by: Person, shop: Shop) -> None:
    """Take a correction out of force; a ReportableError when it is withdrawn already."""
    with transaction.atomic():
        note("correction_withdrawn", person=by, shop=shop, about=f"correction {number}", reason=reason)
        withdraw_correction(settings.SITE.home, number)
