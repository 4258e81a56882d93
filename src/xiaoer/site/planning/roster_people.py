"""Whom a roster is for: the people of a shop by their accounts, and which names of a roster are somebody's own."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from xiaoer.actions.shops import AgentKnown, agents_in_use
from xiaoer.base.errors import ReportableError
from xiaoer.site.kept import kept
from xiaoer.site.models import Account, Person, Roster, Shop


def agents_of(shop: Shop) -> tuple[AgentKnown, ...]:
    """Return the accounts of a shop in use; none where there is no data yet."""
    try:
        return kept(agents_in_use, shop.name)
    except ReportableError:
        return ()


def groups_of(shop: Shop) -> list[str]:
    """Return the groups that the shop's accounts are in."""
    return sorted({one.group for one in agents_of(shop)} - {""})


def people_of(shop: Shop, day: date, groups: Iterable[str] = ()) -> dict[str, AgentKnown]:
    """Return by name whom a roster from this day on begins with; several accounts of one person are one name."""
    bound = _bound(shop, day, day)
    first_of = {one.person_id: one.account for one in reversed(bound)}
    owner = {one.account: one.person_id for one in bound}
    wanted = set(groups)
    return {
        one.shown: one
        for one in agents_of(shop)
        if (not wanted or one.group in wanted) and first_of.get(owner.get(one.account, 0), one.account) == one.account
    }


def accounts_for(shop: Shop, names: Iterable[str], first: date, last: date) -> dict[str, str]:
    """Return the account of each name that is one: an account, how it is shown, or a person who has just one then."""
    known = agents_of(shop)
    found = {one.shown: one.account for one in known} | {one.account: one.account for one in known}
    people: dict[str, set[str]] = {}
    for one in _bound(shop, first, last):
        people.setdefault(one.person.name, set()).add(one.account)
    named = {name: next(iter(accounts)) for name, accounts in people.items() if len(accounts) == 1}
    found = named | found
    return {name: found[name] for name in names if name in found}


def own_days(person: Person, roster: Roster) -> dict[str, list[Account]]:
    """Return the names of a roster that are a person's, each with the days on which its account was theirs."""
    mine: dict[str, list[Account]] = {}
    for one in _bound(roster.shop, roster.first, roster.last):
        if one.person_id == person.pk:
            mine.setdefault(one.account, []).append(one)
    return {name: mine[account] for name, account in roster.accounts.items() if account in mine}


def is_theirs(bound: Iterable[Account], day: date) -> bool:
    """Return whether an account was theirs on a day."""
    return any(one.first_day <= day and (one.last_day is None or day <= one.last_day) for one in bound)


def _bound(shop: Shop, first: date, last: date) -> list[Account]:
    held = Account.objects.filter(Q(last_day=None) | Q(last_day__gte=first), shop=shop, first_day__lte=last)
    return list(held.select_related("person").order_by("first_day", "account"))
