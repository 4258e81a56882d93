"""People: invited by a link that works once, bound to accounts by date, gone when their last role ends."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests.functional.site.cast import PASSWORD, amy, browser, person, shop
from xiaoer.site.models import Account, AuditEntry, Invitation, Membership, Person

ANSWERS = {"name": "小艾", "login": "xiaoai", "password": PASSWORD}


def invited(client: Client, **answers: object) -> str:
    """Return the path of the link of a new invitation."""
    given = {"name": "小艾", "role": "agent", "shop": shop().pk, "group": "", "account": "", "first_day": ""} | answers
    answer = client.post("/people/invite/", given)
    assert answer.status_code == 200, answer.context["form"].errors
    link: str = answer.context["link"]
    assert link.startswith("http://testserver/invitation/")
    return link.removeprefix("http://testserver")


def test_an_agent_joins_with_an_account_and_sees_only_what_is_theirs(site: Path) -> None:
    link = invited(browser(person("lin", "lead")), account="晨光店:小艾", first_day="2024-09-01")
    client = browser()
    assert "客服 · 晨光店" in client.get(link).content.decode()
    assert client.post(link, ANSWERS)["Location"] == "/"
    assert client.get("/", follow=True).redirect_chain == [(f"/s/{shop().pk}/own/", 302)]
    assert client.get(f"/s/{shop().pk}/team/").status_code == 403
    assert Account.objects.get().account == "晨光店:小艾"
    acts = list(AuditEntry.objects.filter(act__in=["invited", "joined", "account_bound"]).order_by("id"))
    assert [one.act for one in acts] == ["invited", "joined", "account_bound"]


def test_a_link_works_once_and_its_token_is_not_kept(site: Path) -> None:
    link = invited(browser(person("lin", "lead")))
    token = link.split("/")[-2]
    assert token not in str(list(Invitation.objects.values()))
    assert browser().post(link, ANSWERS).status_code == 302
    for again in (browser().get(link), browser().post(link, ANSWERS | {"login": "other"})):
        assert again.status_code == 404
        assert "这个链接已经失效" in again.content.decode()


def test_an_old_link_is_over(site: Path) -> None:
    link = invited(browser(person("lin", "lead")))
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert browser().post(link, ANSWERS).status_code == 404
    assert not Person.objects.filter(login="xiaoai").exists()


def test_a_login_that_somebody_has_is_refused_and_the_link_still_works(site: Path) -> None:
    person("taken", "agent")
    link = invited(browser(person("lin", "lead")))
    assert browser().post(link, ANSWERS | {"login": "TAKEN"}).status_code == 422
    assert browser().post(link, ANSWERS).status_code == 302


@pytest.mark.parametrize("role", ["owner", "lead", "analyst", "client"])
def test_a_lead_gives_no_role_as_high_as_their_own(site: Path, role: str) -> None:
    answer = browser(person("lin", "lead")).post("/people/invite/", {"name": "x", "role": role, "shop": shop().pk})
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_a_lead_invites_into_no_other_shop(site: Path) -> None:
    answers = {"name": "x", "role": "agent", "shop": shop("远山店").pk}
    assert browser(person("lin", "lead")).post("/people/invite/", answers).status_code == 422
    assert not Invitation.objects.exists()


def test_a_lead_makes_no_password_link_for_an_owner(site: Path) -> None:
    owner, lead = person("own", "owner"), person("lin", "lead")
    assert browser(lead).post(f"/people/{owner.pk}/password-link/").status_code == 404
    both = person("both", "agent")
    Membership.objects.create(person=both, role="analyst", shop=shop("远山店"))
    assert browser(lead).post(f"/people/{both.pk}/password-link/").status_code == 404


def test_an_owner_invites_an_owner_who_has_every_shop(site: Path) -> None:
    link = invited(browser(person("own", "owner")), role="owner", shop="")
    client = browser()
    client.post(link, ANSWERS)
    assert client.get(f"/s/{shop('远山店').pk}/team/").status_code == 200


def test_a_password_link_renews_once_and_ends_other_sessions(site: Path) -> None:
    ben = person("ben", "agent")
    elsewhere = browser(ben)
    assert elsewhere.get("/me/").status_code == 200
    lead = browser(person("lin", "lead"))
    first = lead.post(f"/people/{ben.pk}/password-link/").context["link"].removeprefix("http://testserver")
    second = lead.post(f"/people/{ben.pk}/password-link/").context["link"].removeprefix("http://testserver")
    assert browser().get(first).status_code == 404
    assert browser().post(second, {"password": "four-blue-herons-9"})["Location"] == "/sign-in/"
    assert elsewhere.get("/me/").status_code == 302
    assert browser().post(second, {"password": "five-red-herons-99"}).status_code == 404
    assert browser().post("/sign-in/", {"login": "ben", "password": "four-blue-herons-9"}).status_code == 302


@pytest.mark.parametrize(
    ("first", "last", "taken"),
    [("2024-09-10", "", True), ("2024-08-01", "2024-09-01", True), ("2024-09-15", "2024-09-15", True),
     ("2024-09-16", "", False), ("2024-08-01", "2024-08-31", False)],
)  # fmt: skip
def test_an_account_is_one_person_s_on_each_day(site: Path, first: str, last: str, taken: bool) -> None:
    amy()  # has 小艾 from 1 to 15 September
    ben = person("ben", "agent")
    answers = {"shop": shop().pk, "account": "晨光店:小艾", "first_day": first, "last_day": last}
    answer = browser(person("lin", "lead")).post(f"/people/{ben.pk}/account/", answers)
    assert (answer.status_code == 422) is taken
    assert ben.accounts.exists() is not taken


def test_an_account_ends_with_a_day(site: Path) -> None:
    lead, ben = browser(person("lin", "lead")), person("ben", "agent")
    made = Account.objects.create(person=ben, shop=shop(), account="a", first_day=date(2024, 9, 1))
    lead.post(f"/people/{ben.pk}/account/{made.pk}/end/", {"last_day": "2024-09-30"})
    made.refresh_from_db()
    assert made.last_day == date(2024, 9, 30)
    assert AuditEntry.objects.filter(act="account_ended").count() == 1


def test_days_run_forward(site: Path) -> None:
    ben = person("ben", "agent")
    answers = {"shop": shop().pk, "account": "a", "first_day": "2024-09-02", "last_day": "2024-09-01"}
    assert browser(person("lin", "lead")).post(f"/people/{ben.pk}/account/", answers).status_code == 422


def test_who_loses_the_last_role_is_out_at_once(site: Path) -> None:
    ben = person("ben", "agent")
    client = browser(ben)
    browser(person("lin", "lead")).post(f"/people/{ben.pk}/role/{ben.memberships.get().pk}/end/")
    assert client.get("/me/").status_code == 302
    assert browser().post("/sign-in/", {"login": "ben", "password": PASSWORD}).status_code == 422


def test_an_owner_does_not_end_their_own_role(site: Path) -> None:
    owner = person("own", "owner")
    browser(owner).post(f"/people/{owner.pk}/role/{owner.memberships.get().pk}/end/")
    assert owner.memberships.get().ended_at is None
