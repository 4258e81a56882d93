"""Signing in and out: passwords, locks, sessions that rotate and end, links that lead nowhere else."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.functional.site.cast import PASSWORD, browser, person
from xiaoer.site.models import AuditEntry, Person
from xiaoer.site.session_rules import IDLE_MINUTES, SEEN, STARTED
from xiaoer.site.settings import SESSION_HOURS, WRONG_PASSWORDS

GIVEN = {"login": "amy", "password": PASSWORD}


def test_a_right_password_opens_and_the_session_is_new(site: Path) -> None:
    person("amy", "lead")
    client = browser()
    client.get("/sign-in/")
    before = client.session.session_key
    answer = client.post("/sign-in/", GIVEN | {"login": " ＡMY "})
    assert answer["Location"] == "/"
    assert client.session.session_key not in (None, before)
    assert client.get("/me/").status_code == 200
    assert AuditEntry.objects.filter(act="signed_in").count() == 1


@pytest.mark.parametrize(("login", "password"), [("amy", "wrong"), ("nobody", PASSWORD), ("amy", "")])
def test_a_wrong_one_says_the_same_whoever_it_was(site: Path, login: str, password: str) -> None:
    person("amy", "lead")
    answer = browser().post("/sign-in/", {"login": login, "password": password})
    assert answer.status_code == 422
    assert ("登录名或密码不对" in answer.content.decode()) is bool(password)


def test_after_some_wrong_passwords_even_the_right_one_must_wait(site: Path) -> None:
    person("amy", "lead")
    person("ben", "lead")
    client = browser()
    answers = [client.post("/sign-in/", GIVEN | {"password": f"wrong {n}"}) for n in range(WRONG_PASSWORDS)]
    assert [one.status_code for one in answers] == [422] * (WRONG_PASSWORDS - 1) + [429]
    locked = client.post("/sign-in/", GIVEN)
    assert locked.status_code == 429
    assert "错的次数太多了" in locked.content.decode()
    assert client.get("/me/").status_code == 302
    assert browser().post("/sign-in/", GIVEN | {"login": "ben"}).status_code == 302  # nobody else is locked


def test_the_lock_ends(site: Path) -> None:
    from axes.models import AccessAttempt

    person("amy", "lead")
    client = browser()
    for number in range(WRONG_PASSWORDS):
        client.post("/sign-in/", GIVEN | {"password": f"wrong {number}"})
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert client.post("/sign-in/", GIVEN).status_code == 302


def test_who_is_gone_can_not_come_back(site: Path) -> None:
    amy = person("amy", "lead")
    client = browser(amy)
    Person.objects.update(is_active=False)
    assert client.get("/me/").status_code == 302
    assert browser().post("/sign-in/", GIVEN).status_code == 422


@pytest.mark.parametrize(
    ("asked", "led"),
    [("/people/", "/people/"), ("https://evil.example/", "/"), ("//evil.example/x", "/"), ("javascript:alert(1)", "/"),
     ("/\\evil.example", "/"), ("", "/")],
)  # fmt: skip
def test_after_signing_in_one_stays_on_this_site(site: Path, asked: str, led: str) -> None:
    person("amy", "lead")
    assert browser().post("/sign-in/", GIVEN | {"next": asked})["Location"] == led


def test_an_idle_session_ends(site: Path) -> None:
    client = browser(person("amy", "lead"))
    assert client.get("/me/").status_code == 200
    session = client.session
    session[SEEN] -= IDLE_MINUTES * 60 + 1
    session.save()
    assert client.get("/me/").status_code == 302
    assert client.get("/me/").status_code == 302


def test_a_session_ends_some_hours_after_it_began_however_busy(site: Path) -> None:
    client = browser(person("amy", "lead"))
    session = client.session
    session[STARTED] -= SESSION_HOURS * 3600 + 1
    session.save()
    assert client.get("/me/").status_code == 302


def test_signing_out_ends_the_session_for_good(site: Path) -> None:
    client = browser(person("amy", "lead"))
    cookie = client.cookies["xiaoer_session"].value
    client.post("/sign-out/")
    client.cookies["xiaoer_session"] = cookie
    assert client.get("/me/").status_code == 302


def test_a_new_password_ends_every_other_session(site: Path) -> None:
    amy = person("amy", "lead")
    here, elsewhere = browser(amy), browser(amy)
    before = here.session.session_key
    wrong = here.post("/me/password/", {"present": "wrong", "password": "four-blue-herons-9"})
    assert wrong.status_code == 422
    assert here.post("/me/password/", {"present": PASSWORD, "password": "short"}).status_code == 422
    assert here.post("/me/password/", {"present": PASSWORD, "password": "four-blue-herons-9"}).status_code == 200
    assert here.get("/me/").status_code == 200
    assert here.session.session_key != before
    assert elsewhere.get("/me/").status_code == 302
    assert AuditEntry.objects.filter(act="password_changed", person=amy).count() == 1


def test_a_form_of_another_site_is_refused_in_words(site: Path) -> None:
    person("amy", "lead")
    answer = browser(checks=True).post("/sign-in/", GIVEN)
    assert answer.status_code == 403
    assert "请再提交一次" in answer.content.decode()


def test_the_page_asked_for_comes_after_signing_in(site: Path) -> None:
    person("amy", "lead")
    answer = browser().get("/people/?x=1")
    assert answer["Location"] == f"{reverse('sign_in')}?next=/people/%3Fx%3D1"
