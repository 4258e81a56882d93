"""What can be done with pay; each change and its entry in the log are one transaction."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from xiaoer.actions.appraise_close import CloseAsk, close
from xiaoer.actions.appraise_review import send_back, submit
from xiaoer.base.language import Language
from xiaoer.site.audit import note
from xiaoer.site.corrections.written import author_of
from xiaoer.site.models import PayAppeal, PayIncident, PayIncidentPart, PaySignature, PayTable, Person, Shop

State = PayAppeal.State


class NotYoursError(Exception):
    """Whoever made something may not decide on it."""


def keep_table(shop: Shop, month: str, text: str, *, by: Person) -> PayTable:
    """Return the values of a month as they hold from now on."""
    with transaction.atomic():
        made = PayTable.objects.create(shop=shop, month=month, text=text, made_by=by)
        note("pay_values_given", person=by, shop=shop, about=made, details={"month": month})
    return made


def submit_month(shop: Shop, month: str, *, by: Person) -> None:
    """Submit a month's draft for review."""
    with transaction.atomic():
        note("month_submitted", person=by, shop=shop, about=f"month {month}")
        submit(settings.SITE.home, month, shop.name, author=author_of(by))


def send_month_back(shop: Shop, month: str, reason: str, *, by: Person) -> None:
    """Send a month back to be a draft."""
    with transaction.atomic():
        note("month_sent_back", person=by, shop=shop, about=f"month {month}")
        send_back(settings.SITE.home, month, shop.name, author=author_of(by), reason=reason)


def close_month(shop: Shop, ask: CloseAsk, language: Language, *, by: Person) -> None:
    """Close a month; a ReportableError lists every check that speaks against it, and then the log has no entry."""
    with transaction.atomic():
        note("month_closed", person=by, shop=shop, about=f"month {ask.month}",
             details={"despite": ",".join(ask.despite)})  # fmt: skip
        close(settings.SITE.home, ask, language)


@dataclass(frozen=True)
class Line:
    """A line of somebody's statement: of which document."""

    shop: Shop
    month: str
    agent: str
    document: str
    line: str = ""


def sign(of: Line, lines: list[str], name: str, *, by: Person) -> PaySignature:
    """Return the signature of an agent under lines of their statement."""
    with transaction.atomic():
        made = PaySignature.objects.create(
            shop=of.shop, month=of.month, agent=of.agent, document=of.document, lines=lines, name=name, person=by
        )
        note("statement_signed", person=by, shop=of.shop, about=made, details={"month": of.month, "lines": len(lines)})
    return made


def appeal(of: Line, amount: Decimal, wanted: str, reason: str, *, decide_by: date, by: Person) -> PayAppeal | None:
    """Return a new appeal of a line; None where one is open already."""
    try:
        with transaction.atomic():
            made = PayAppeal.objects.create(
                shop=of.shop, month=of.month, agent=of.agent, document=of.document, line=of.line, amount=amount,
                wanted=wanted, reason=reason, person=by, decide_by=decide_by,
            )  # fmt: skip
            note("pay_appealed", person=by, shop=of.shop, about=made, details={"month": of.month, "line": of.line})
    except IntegrityError:
        return None
    return made


def withdraw_appeal(found: PayAppeal, *, by: Person) -> None:
    """Take one's own appeal back while nobody has decided it."""
    with transaction.atomic():
        mine = PayAppeal.objects.filter(pk=found.pk, person=by, state=State.OPEN)
        if mine.update(state=State.WITHDRAWN, decided_at=timezone.now()):
            note("pay_appeal_withdrawn", person=by, shop=found.shop, about=found)


@dataclass(frozen=True)
class Decision:
    """What was decided about an appeal: whether it is right, why, and how it is put right."""

    upheld: bool
    answer: str
    remedy: str = ""
    about: str = ""
    value: Decimal | None = None


def decide(found: PayAppeal, decision: Decision, *, by: Person) -> bool:
    """Return whether the appeal was open until now; a NotYoursError for the one who made it."""
    if found.person_id == by.pk:
        raise NotYoursError
    with transaction.atomic():
        changed = PayAppeal.objects.filter(pk=found.pk, state=State.OPEN).update(
            state=State.UPHELD if decision.upheld else State.REFUSED, decided_by=by, decided_at=timezone.now(),
            answer=decision.answer, remedy=decision.remedy, about=decision.about, value=decision.value,
        )  # fmt: skip
        if changed:
            details: dict[str, str | int | None] = {"upheld": int(decision.upheld), "remedy": decision.remedy}
            note("pay_appeal_decided", person=by, shop=found.shop, about=found, details=details)
    return bool(changed)


def write_incident(made: PayIncident, parts: dict[str, Decimal], *, by: Person) -> PayIncident:
    """Return an incident that waits for a second person."""
    with transaction.atomic():
        made.written_by = by
        made.save()
        for agent, share in parts.items():
            PayIncidentPart.objects.create(incident=made, agent=agent, share=share)
        note("incident_written", person=by, shop=made.shop, about=made, details={"kind": made.kind})
    return made


def decide_incident(found: PayIncident, state: str, answer: str, *, by: Person) -> bool:
    """Return whether an incident became confirmed, refused, or revoked; a NotYoursError for the one who wrote it."""
    if found.written_by_id == by.pk:
        raise NotYoursError
    before = PayIncident.State.CONFIRMED if state == PayIncident.State.REVOKED else PayIncident.State.WRITTEN
    with transaction.atomic():
        changed = PayIncident.objects.filter(pk=found.pk, state=before).update(
            state=state, decided_by=by, decided_at=timezone.now(), answer=answer
        )
        if changed:
            note("incident_decided", person=by, shop=found.shop, about=found, details={"state": state})
    return bool(changed)
