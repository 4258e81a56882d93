"""What can be done with rules and addresses; each change and its entry in the log are one transaction."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaoer.site.alerts.addresses import Given, secret_of
from xiaoer.site.alerts.deliver import can_be_read
from xiaoer.site.audit import note
from xiaoer.site.models import AlertAddress, AlertMessage, AlertRule, Person, Shop
from xiaoer.site.sealed import seal

State = AlertMessage.State


def make_address(name: str, given: Given, *, by: Person) -> AlertAddress:
    """Return a new address; a ValidationError says what is wrong with what was typed."""
    secret, hint = secret_of(given)
    if not can_be_read(secret):
        raise ValidationError({"secret" if given.secret else "where": _("The sender can make nothing of this.")})
    with transaction.atomic():
        made = AlertAddress.objects.create(name=name, kind=given.kind, secret=seal(secret), hint=hint, made_by=by)
        note("alert_address_made", person=by, about=made, details={"kind": given.kind})
    return made


def end_address(address: AlertAddress, *, by: Person) -> None:
    """Let nothing go to an address from now on, and keep nothing of its secret."""
    with transaction.atomic():
        running = AlertAddress.objects.filter(pk=address.pk, ended_at=None)
        if running.update(ended_at=timezone.now(), secret=""):
            note("alert_address_ended", person=by, about=address)


def try_address(address: AlertAddress, *, by: Person) -> AlertMessage:
    """Return a message that waits to be sent, to see whether messages arrive."""
    with transaction.atomic():
        made = AlertMessage.objects.create(
            address=address, title=_("A message to try it"), next_at=timezone.now(),
            body=_("Alerts to this address arrive. Nothing is the matter."),
        )  # fmt: skip
        note("alert_tried", person=by, about=address)
    return made


def make_rule(shop: Shop, asked: dict[str, Any], *, by: Person) -> AlertRule:
    """Return a new rule; `asked` are its fields."""
    with transaction.atomic():
        addresses = asked.pop("addresses")
        made = AlertRule.objects.create(shop=shop, made_by=by, **asked)
        made.addresses.set(addresses)
        note("alert_rule_made", person=by, shop=shop, about=made, details={"kind": made.kind, "metric": made.metric})
    return made


def end_rule(rule: AlertRule, *, by: Person) -> None:
    """Let a rule say nothing from now on; what it told stays to be seen."""
    now = timezone.now()
    with transaction.atomic():
        if AlertRule.objects.filter(pk=rule.pk, ended_at=None).update(ended_at=now):
            rule.episodes.filter(ended_at=None).update(ended_at=now)
            AlertMessage.objects.filter(rule=rule, state__in=[State.WAITING, State.HELD]).update(
                state=State.DROPPED, finished_at=now
            )
            note("alert_rule_ended", person=by, shop=rule.shop, about=rule)


def snooze_rule(rule: AlertRule, hours: int, *, by: Person) -> datetime | None:
    """Return until when a rule says nothing; 0 hours: it speaks again."""
    until = timezone.now() + timedelta(hours=hours) if hours else None
    with transaction.atomic():
        AlertRule.objects.filter(pk=rule.pk).update(snoozed_until=until)
        note("alert_rule_snoozed", person=by, shop=rule.shop, about=rule, details={"hours": hours})
    return until


def send_again(message: AlertMessage, *, by: Person) -> None:
    """Let a message wait once more that could not be sent; whoever asks knows that it did not arrive."""
    with transaction.atomic():
        over = AlertMessage.objects.filter(pk=message.pk, state__in=[State.FAILED, State.UNKNOWN])
        if over.update(state=State.WAITING, tries=0, next_at=timezone.now(), finished_at=None, problem=""):
            note("alert_sent_again", person=by, shop=message.shop, about=message)
