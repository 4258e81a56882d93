"""The people of the tests: anybody with a role in a shop, and Amy, an agent with an account."""

from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password
from django.test import Client

from xiaoer.site.models import Account, Membership, Person, Shop

PASSWORD = "three-wooden-ducks-7"
ROLES = ("owner", "lead", "inspector", "analyst", "agent", "client")


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


def shop(name: str = "晨光店") -> Shop:
    """Return a shop."""
    return Shop.objects.get(name=name)


def person(login: str, role: str | None = None, *, where: str = "晨光店", group: str = "", name: str = "") -> Person:
    """Return a new person with a role in a shop; without a role, one who has none."""
    made = Person.objects.create(login=login, name=name or login.title(), password=_hashed())
    if role is not None:
        Membership.objects.create(person=made, role=role, shop=None if role == "owner" else shop(where), group=group)
    return made


def amy() -> Person:
    """Return Amy, an agent of 晨光店: she was 小艾 until 15 September, and 小林 ever since."""
    made = person("amy", "agent")
    first, last = date(2024, 9, 1), date(2024, 9, 15)
    Account.objects.create(person=made, shop=shop(), account="晨光店:小艾", first_day=first, last_day=last)
    return made


def browser(who: Person | None = None, *, checks: bool = False) -> Client:
    """Return a browser in which somebody is signed in; with checks, forms need their token."""
    client = Client(enforce_csrf_checks=checks)
    if who is not None:
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client
