"""The first run: only who has the token makes the owner, once; every address leads there until then."""

from pathlib import Path

import pytest
from django.urls import reverse

from tests.functional.site.cast import PASSWORD, browser, person
from tests.functional.site.conftest import TOKEN
from xiaoer.site.models import AuditEntry, Membership, Person

ANSWERS = {"token": TOKEN, "name": "老林", "login": "Lin", "password": PASSWORD}


def test_every_page_leads_to_the_first_run(site: Path) -> None:
    for name in ("home", "people", "sign_in", "log"):
        assert browser().get(reverse(name))["Location"] == "/welcome/"


def test_the_owner_is_made_and_is_in(site: Path) -> None:
    client = browser()
    answer = client.post("/welcome/", ANSWERS)
    assert answer["Location"] == "/shops/"
    owner = Person.objects.get()
    assert (owner.login, owner.password.split("$")[0]) == ("lin", "argon2")
    assert [(one.role, one.shop) for one in Membership.objects.all()] == [("owner", None)]
    assert client.get("/people/").status_code == 200
    assert AuditEntry.objects.filter(act="owner_made", person=owner).count() == 1


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], "令牌"])
def test_without_the_token_nobody_is_made(site: Path, token: str) -> None:
    answer = browser().post("/welcome/", ANSWERS | {"token": token})
    assert answer.status_code == 422
    assert not Person.objects.exists()


def test_afterwards_the_token_opens_nothing(site: Path) -> None:
    person("first", "owner")
    for answer in (browser().get(f"/welcome/?token={TOKEN}"), browser().post("/welcome/", ANSWERS)):
        assert answer["Location"] == "/"
    assert Person.objects.count() == 1


@pytest.mark.parametrize("password", ["short-1", "12345678901", "password123", "laolin-lin", ""])
def test_a_password_that_is_easily_guessed_is_refused(site: Path, password: str) -> None:
    answer = browser().post("/welcome/", ANSWERS | {"login": "laolin", "password": password})
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()
    assert not Person.objects.exists()


def test_without_shops_the_page_says_how_to_get_one(site: Path) -> None:
    from xiaoer.site.models import Shop

    Shop.objects.all().delete()
    client = browser(person("lin", "owner"))
    assert client.get("/")["Location"] == "/shops/"
    shown = client.get("/shops/").content.decode()
    assert "还没有店铺" in shown
    assert "xiaoer import" in shown
    client.post("/shops/look/")
    assert {shop.name for shop in Shop.objects.all()} == {"晨光店", "远山店"}
