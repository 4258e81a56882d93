"""Every address × every role × (own shop, another shop) × (GET, POST), held against the table of permissions."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from tests.functional.site.cast import ROLES, browser, person, shop
from tests.functional.site.inspecting import given, objection, plan
from tests.functional.site.pay_things import pay_things
from tests.functional.site.roster_things import roster_things
from tests.functional.site.work_over import work_over
from xiaoer.actions.imports import list_imports
from xiaoer.site.models import (
    Account,
    AlertAddress,
    AlertMessage,
    AlertRule,
    CoachingNote,
    Delivery,
    Membership,
    Person,
)  # fmt: skip
from xiaoer.site.people.changes import Invited, invite
from xiaoer.site.permissions import ANYONE, SIGNED_IN, table
from xiaoer.site.tokens.changes import make_token

WHO = ("nobody", "no_role", *ROLES)
WHERE = ("own", "other")
CODE_PAGE = "/sign-in/code/"  # itself leads whoever owes no code to the sign-in page


def pages() -> list[URLPattern]:
    """Return every address that the site has."""
    from xiaoer.site.urls import urlpatterns

    return list(urlpatterns)


def named(
    pattern: URLPattern, where: str, target: Person, *, shops: tuple[str, str] = ("晨光店", "远山店"),
    agents: tuple[str, str] = ("晨光店:小艾", "远山店:小远"),
) -> dict[str, object]:  # fmt: skip
    """Return what fills an address: things of the first shop, or of the second for the other."""
    one = 0 if where == "own" else 1
    place = shop(shops[one])
    things: dict[str, Callable[[], object]] = {
        "shop": lambda: place.pk,
        "person": lambda: target.pk,
        "account": lambda: target.accounts.get().pk,
        "membership": lambda: target.memberships.get().pk,
        "work": lambda: work_over(pattern, place, target).pk,
        "number": lambda: list_imports(settings.SITE.home, shop=place.name)[0]["id"],
        "api_token": lambda: make_token("x", ["metrics:read"], shop=None, last_day=None, by=target)[0].pk,
        "delivery": lambda: Delivery.objects.get_or_create(kind="file", shop=place, state="done")[0].pk,
        "metric": lambda: "reply_share",
        "correction": lambda: 1,
        "rule": lambda: AlertRule.objects.get_or_create(shop=place, kind="digest", made_by=target)[0].pk,
        "message": lambda: (
            AlertMessage.objects.get_or_create(
                shop=place, address=_address(target), defaults={"next_at": timezone.now()}
            )[0].pk
        ),
        "address": lambda: _address(target).pk,
        "plan": lambda: plan(place, target).pk,
        "review": lambda: given(place, target).pk,
        "feedback": lambda: given(place, target).pk,
        "appeal": lambda: objection(place, target).pk,
        "objection": lambda: objection(place, target).pk,
        "coached": lambda: CoachingNote.objects.get_or_create(shop=place, agent="x", words="x", by=target)[0].pk,
        "name": lambda: "received_buyers",
        **pay_things(place, target),
        **roster_things(place, target),
        "agent": lambda: agents[one],
        "token": lambda: invite(Invited("agent", place, "小新"), by=target)[1],
    }
    return {name: things[name]() for name in pattern.pattern.converters}


def _address(target: Person) -> AlertAddress:
    return AlertAddress.objects.get_or_create(name="x", kind="webhook", made_by=target, ended_at=None)[0]


def expected(needs: str, who: str, where: str, names: set[str]) -> str:
    """Return what the table says: in, sign_in, refused or missing."""
    if needs == ANYONE:
        return "in"
    if who == "nobody":
        return "sign_in"
    if needs == SIGNED_IN:
        return "in"
    scope = table().scope(who, needs) if who != "no_role" else None
    if scope == "all":
        return "in"
    if "shop" in names and who == "owner":  # knows every shop, so that none is hidden
        return "refused"
    if "shop" in names:
        return "missing" if where == "other" or who == "no_role" else "in" if scope else "refused"
    if scope is None:
        return "refused"
    return "missing" if where == "other" and "person" in names else "in"


def got(client: Client, address: str, method: str) -> str:
    """Return what became of a request, in the same words."""
    answer = client.get(address) if method == "GET" else client.post(address, {})
    if answer.status_code == 302 and answer["Location"].startswith("/sign-in/?next=") and address != CODE_PAGE:
        return "sign_in"
    return {403: "refused", 404: "missing"}.get(answer.status_code, "in" if answer.status_code < 500 else "broken")


@pytest.fixture
def browsers(site: Path) -> dict[str, Client]:
    """Return a browser for everybody."""
    made = {"nobody": browser(), "no_role": browser(person("norole"))}
    return made | {role: browser(person(f"own-{role}", role)) for role in ROLES}


@pytest.fixture
def targets(site: Path) -> dict[str, Person]:
    """Return an agent of each shop, whose pages are asked for."""
    made = {}
    for where, name in (("own", "晨光店"), ("other", "远山店")):
        made[where] = person(f"target-{where}", "agent", where=name)
        Account.objects.create(person=made[where], shop=shop(name), account=f"{name}:x", first_day=date(2024, 9, 1))
    return made


def questions() -> Iterator[tuple[str, str, str]]:
    """Yield who asks, whose shop, and how."""
    for who in WHO:
        for where in WHERE:
            for method in ("GET", "POST"):
                yield who, where, method


@pytest.mark.parametrize(("who", "where", "method"), list(questions()))
def test_every_address_answers_as_the_table_says(
    browsers: dict[str, Client], targets: dict[str, Person], monkeypatch: pytest.MonkeyPatch,
    who: str, where: str, method: str,
) -> None:  # fmt: skip
    monkeypatch.setattr("xiaoer.site.jobs.start.Popen", no_process)
    wrong = {}
    for pattern in pages():
        view = pattern.callback
        if pattern.name in ("sign_out", "password_link", "membership_end") and method == "POST":
            continue  # these change who may ask; each has a test of its own below
        address = reverse(pattern.name, kwargs=named(pattern, where, targets[where]))
        wanted = expected(view.needs, who, where, set(pattern.pattern.converters))
        found = got(browsers[who], address, method)
        if found != wanted:
            wrong[address] = f"{found}, should be {wanted}"
    assert wrong == {}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("name", ["password_link", "membership_end", "sign_out"])
def test_addresses_that_change_who_may_ask(
    browsers: dict[str, Client], targets: dict[str, Person], who: str, where: str, name: str
) -> None:
    pattern = next(one for one in pages() if one.name == name)
    address = reverse(name, kwargs=named(pattern, where, targets[where]))
    wanted = expected(pattern.callback.needs, who, where, set(pattern.pattern.converters))
    assert got(browsers[who], address, "POST") == wanted


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options"])
def test_no_address_takes_a_method_that_it_does_not_declare(
    browsers: dict[str, Client], targets: dict[str, Person], method: str
) -> None:
    for pattern in pages():
        if method.upper() not in pattern.callback.methods:
            address = reverse(pattern.name, kwargs=named(pattern, "own", targets["own"]))
            needs = pattern.callback.needs
            owns = needs in (ANYONE, SIGNED_IN) or table().scope("owner", needs) is not None
            who = "owner" if owns else "agent"
            assert getattr(browsers[who], method)(address).status_code == 405, address


def test_a_page_without_a_declared_need_is_refused(site: Path, settings_urls: None) -> None:
    assert browser(person("own", "owner")).get("/forgotten/").status_code == 403


@pytest.fixture
def settings_urls(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Add an address that somebody forgot to guard."""
    from django.http import HttpResponse
    from django.urls import clear_url_caches

    from xiaoer.site import urls

    forgotten = path("forgotten/", lambda request: HttpResponse("seen"))
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, forgotten])
    clear_url_caches()
    yield
    clear_url_caches()


def test_the_table_names_only_roles_that_exist() -> None:
    roles = set(table().roles)
    assert roles == set(ROLES)
    assert all(set(one.scopes) <= roles and one.scopes for one in table().permissions.values())
    assert all(set(role.invites) <= roles for role in table().roles.values())


def test_every_permission_is_needed_by_some_page() -> None:
    needed = {pattern.callback.needs for pattern in pages()}
    assert sorted(set(table().permissions) - needed) == []


def test_a_role_that_ended_opens_nothing(site: Path) -> None:
    lead = person("lin", "lead")
    client = browser(lead)
    address = reverse("team", args=[shop().pk])
    assert client.get(address).status_code == 200
    from django.utils import timezone

    Membership.objects.filter(person=lead).update(ended_at=timezone.now())
    assert client.get(address).status_code == 404


def test_who_is_limited_to_a_group_has_only_what_the_table_gives_groups(site: Path) -> None:
    client = browser(person("gina", "lead", group="售前"))
    shown = client.get(reverse("team", args=[shop().pk])).content.decode()
    assert "小艾" in shown
    assert "小林" not in shown
    assert "合计" not in shown
    for name in ("filtered", "imports", "corrections", "keep", "shop_settings"):
        assert client.get(reverse(name, args=[shop().pk])).status_code == 403
    assert client.get(reverse("people")).status_code == 403


def no_process(*_: object, **__: object) -> object:
    """Stand in for the process of a job, which these tests do not need."""

    class Nothing:
        pid = 0

        @staticmethod
        def wait() -> int:
            return 0

    return Nothing()
