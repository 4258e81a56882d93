"""Look at every rule: what began is written down with its messages in one transaction; what is over ends."""

import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiaoer.actions.plain_issue import plain_issue
from xiaoer.actions.shops import clock_of
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.site.alerts.conditions import Found, conditions
from xiaoer.site.alerts.kinds import DIGEST, EVERY_SECONDS
from xiaoer.site.kept import kept
from xiaoer.site.models import AlertEpisode, AlertMessage, AlertRule
from xiaoer.site.reader import CODES

CALM = timedelta(minutes=10)  # an episode ends when nothing was the matter for as long: what comes and goes is one
MOST_LINES = 12


def check_rules(now: datetime, language: Language) -> int:
    """Return how many episodes began; a rule that can not be checked says why and does not keep others from it."""
    began = 0
    with translation.override(CODES[language]):
        for rule in AlertRule.objects.filter(ended_at=None).select_related("shop"):
            if not _due(rule, now):
                continue
            problem: list[object] = []
            try:
                began += _settle(rule, conditions(rule, now, language), now)
            except ReportableError as error:
                problem = [plain_issue(issue) for issue in error.issues]
            AlertRule.objects.filter(pk=rule.pk).update(checked_at=now, problem=problem)
    return began


def _due(rule: AlertRule, now: datetime) -> bool:
    """Return whether a rule is to be looked at now: not while it is snoozed, nor again so soon."""
    if rule.snoozed_until is not None and now < rule.snoozed_until:
        return False
    return rule.checked_at is None or now - rule.checked_at >= timedelta(seconds=EVERY_SECONDS[rule.kind])


def quiet_until(rule: AlertRule, now: datetime) -> datetime | None:
    """Return when the quiet hours end that are now; None outside them. They may run over midnight."""
    if rule.quiet_from is None or rule.quiet_to is None or rule.quiet_from == rule.quiet_to:
        return None
    local = now.astimezone(kept(clock_of, rule.shop.name).zone)
    time = local.time()
    if rule.quiet_from < rule.quiet_to:
        if not rule.quiet_from <= time < rule.quiet_to:
            return None
    elif rule.quiet_to <= time < rule.quiet_from:
        return None
    ends = local.replace(hour=rule.quiet_to.hour, minute=rule.quiet_to.minute, second=0, microsecond=0)
    return ends if ends > local else ends + timedelta(days=1)


def _settle(rule: AlertRule, found: Found, now: datetime) -> int:
    """Return how many episodes began."""
    if found.lines is None:
        return 0
    try:
        with transaction.atomic():
            return _written(rule, found, now)
    except IntegrityError:  # another process began the same episode in this moment, and tells it
        return 0


def _written(rule: AlertRule, found: Found, now: datetime) -> int:
    assert found.lines is not None
    told = AlertEpisode.objects.filter(rule=rule)
    running = told.filter(ended_at=None)
    running.filter(subject__in=found.lines).update(last_at=now)
    running.exclude(subject__in=found.lines).filter(last_at__lte=now - CALM).update(ended_at=now)
    known = set((told if found.once else told.filter(ended_at=None)).values_list("subject", flat=True))
    new = [subject for subject in found.lines if subject not in known]
    if not new:
        return 0
    notice = uuid.uuid4()
    AlertEpisode.objects.bulk_create(
        AlertEpisode(rule=rule, subject=subject, notice=notice, began_at=now, last_at=now) for subject in new
    )
    held = None if rule.kind == DIGEST else quiet_until(rule, now)
    for address in rule.addresses.filter(ended_at=None):
        AlertMessage.objects.create(
            rule=rule, shop=rule.shop, address=address, notice=notice, title=found.title or _title(rule, len(new)),
            body=_body([found.lines[one] for one in new]), next_at=held or now,
            state=AlertMessage.State.WAITING if held is None else AlertMessage.State.HELD,
        )  # fmt: skip
    return len(new)


def _title(rule: AlertRule, number: int) -> str:
    said = ngettext("{shop}: {number} alert", "{shop}: {number} alerts", number)
    return said.format(shop=rule.shop.name, number=number)


def _body(lines: list[str]) -> str:
    shown = lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        shown.append(_("and {number} more").format(number=len(lines) - MOST_LINES))
    return "\n".join(shown)
