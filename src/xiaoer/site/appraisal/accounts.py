"""Whose accounts are whose in a month: those of one person are appraised as one."""

from collections import defaultdict
from datetime import date

from xiaoer.base.days import Period
from xiaoer.site.models import Account, Person, Shop


def period_of(month: str) -> Period:
    """Return the days of a month such as 2024-09, which is one."""
    first = date.fromisoformat(f"{month}-01")
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Period(first, date.fromordinal(after.toordinal() - 1))


def bound_in(shop: Shop, month: str) -> list[Account]:
    """Return the accounts that were somebody's on a day of the month, by who and since when."""
    days = period_of(month)
    found = Account.objects.filter(shop=shop, first_day__lte=days.last).select_related("person")
    return [one for one in found.order_by("person", "first_day", "account")
            if one.last_day is None or one.last_day >= days.first]  # fmt: skip


def joined_accounts(shop: Shop, month: str) -> dict[str, tuple[str, ...]]:
    """Return each person's accounts of a month where they are several, by the one bound first.

    An account that two people had in the month is nobody's alone: it stays by itself.
    """
    people: dict[str, set[int]] = defaultdict(set)
    accounts: dict[int, list[str]] = defaultdict(list)
    for one in bound_in(shop, month):
        people[one.account].add(one.person_id)
        if one.account not in accounts[one.person_id]:
            accounts[one.person_id].append(one.account)
    alone = [[account for account in each if len(people[account]) == 1] for each in accounts.values()]
    return {each[0]: tuple(each) for each in alone if len(each) > 1}


def shared_accounts(shop: Shop, month: str) -> list[str]:
    """Return the accounts that several people had in a month."""
    people: dict[str, set[int]] = defaultdict(set)
    for one in bound_in(shop, month):
        people[one.account].add(one.person_id)
    return sorted(account for account, each in people.items() if len(each) > 1)


def accounts_of(person: Person, shop: Shop, month: str) -> list[str]:
    """Return the accounts that were a person's alone in a month."""
    shared = set(shared_accounts(shop, month))
    return [one.account for one in bound_in(shop, month) if one.person_id == person.pk and one.account not in shared]
