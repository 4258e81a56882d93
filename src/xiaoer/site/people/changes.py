"""What can be done with people; each change and its entry in the log are one transaction."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from xiaoer.site.audit import note
from xiaoer.site.models import Account, Invitation, Membership, Person, Shop

LINK_DAYS = 7
TOKEN_BYTES = 32


class TakenError(Exception):
    """An account is somebody else's on one of the days."""


@dataclass(frozen=True)
class Invited:
    """Whom an invitation is for; `account` and its first day only for an agent."""

    role: str
    shop: Shop | None
    name: str
    group: str = ""
    account: str = ""
    first_day: date | None = None


def make_owner(*, login: str, name: str, password: str) -> Person:
    """Return the first person, the owner of every shop."""
    with transaction.atomic():
        person = _new_person(login=login, name=name, password=password)
        Membership.objects.create(person=person, role="owner")
        note("owner_made", person=person, about=person)
    return person


def invite(invited: Invited, *, by: Person) -> tuple[Invitation, str]:
    """Return an invitation and its token, which is kept nowhere and shown once."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        made = Invitation.objects.create(
            digest=_digest(token), role=invited.role, shop=invited.shop, name=invited.name, group=invited.group,
            account=invited.account, first_day=invited.first_day, invited_by=by, expires_at=_expiry(),
        )  # fmt: skip
        note("invited", person=by, shop=invited.shop, about=made, details={"role": invited.role})
    return made, token


def password_link(person: Person, *, by: Person) -> str:
    """Return the token of a link by which a person chooses a new password; earlier links stop working."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        Invitation.objects.filter(person=person, used_at=None).update(used_at=timezone.now())
        Invitation.objects.create(digest=_digest(token), person=person, invited_by=by, expires_at=_expiry())
        note("password_link_made", person=by, about=person)
    return token


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation of a token while it works."""
    found = Invitation.objects.filter(digest=_digest(token), used_at=None, expires_at__gt=timezone.now())
    return found.select_related("shop", "person").first()


def join(token: str, *, login: str, name: str, password: str) -> Person | None:
    """Return the person that an invitation lets in; None when it was used meanwhile."""
    with transaction.atomic():
        invitation = _used(token)
        if invitation is None or invitation.person is not None:
            return None
        person = _new_person(login=login, name=name, password=password)
        Membership.objects.create(person=person, role=invitation.role, shop=invitation.shop, group=invitation.group)
        note("joined", person=person, shop=invitation.shop, about=invitation, details={"role": invitation.role})
        if invitation.account and invitation.shop is not None and invitation.first_day is not None:
            bind_account(person, invitation.shop, invitation.account, first_day=invitation.first_day,
                         by=invitation.invited_by)  # fmt: skip
    return person


def renew_password(token: str, *, password: str) -> Person | None:
    """Return the person whose password a link changed; None when it was used meanwhile. Sessions elsewhere end."""
    with transaction.atomic():
        invitation = _used(token)
        if invitation is None or invitation.person is None:
            return None
        person = invitation.person
        person.set_password(password)
        person.save(update_fields=["password"])
        note("password_changed", person=person, about=person)
    return person


def bind_account(
    person: Person, shop: Shop, account: str, *, first_day: date, last_day: date | None = None, by: Person
) -> Account:
    """Return the account as the person's from a day on; a TakenError when it is somebody's on one of the days."""
    with transaction.atomic():
        Shop.objects.select_for_update().get(pk=shop.pk)  # two that bind at once take turns
        same = Account.objects.filter(shop=shop, account=account)
        until = Q() if last_day is None else Q(first_day__lte=last_day)
        if same.filter(until & (Q(last_day=None) | Q(last_day__gte=first_day))).exists():
            raise TakenError
        made = Account.objects.create(person=person, shop=shop, account=account, first_day=first_day, last_day=last_day)
        note("account_bound", person=by, shop=shop, about=made, details={"person": person.pk})
    return made


def end_account(account: Account, *, last_day: date, by: Person) -> None:
    """Let an account be the person's up to a day only; one that began later never was."""
    with transaction.atomic():
        note("account_ended", person=by, shop=account.shop, about=account, details={"last_day": str(last_day)})
        if last_day < account.first_day:
            account.delete()
        else:
            account.last_day = last_day
            account.save()


def end_membership(membership: Membership, *, by: Person) -> None:
    """End a role now; who has none left can not sign in."""
    with transaction.atomic():
        membership.ended_at = timezone.now()
        membership.save()
        person = membership.person
        if not person.memberships.filter(ended_at=None).exists():
            person.is_active = False
            person.save(update_fields=["is_active"])
        note("membership_ended", person=by, shop=membership.shop, about=membership, details={"role": membership.role})


def _new_person(*, login: str, name: str, password: str) -> Person:
    person = Person(login=login, name=name)
    person.set_password(password)
    person.save()
    return person


def _used(token: str) -> Invitation | None:
    """Return the invitation, used up by this very call; of two calls at once only one gets it."""
    invitation = invitation_of(token)
    if invitation is None:
        return None
    taken = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=timezone.now())
    return invitation if taken else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _expiry() -> timezone.datetime:
    return timezone.now() + timedelta(days=LINK_DAYS)
