"""Somebody who lost phone and codes: reset by whoever manages them or has the data folder, with a reason, and told."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pyotp
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.urls import reverse

from tests.functional.cli.door import xiaoer
from tests.functional.site.cast import PASSWORD, browser, person
from tests.functional.site.test_second_step import at_the_code, code_now, with_second_step
from xiaoer.base.errors import ReportableError
from xiaoer.site.account.totp import passes, turn_on
from xiaoer.site.models import AuditEntry, Person, RecoveryCode
from xiaoer.site.people.terminal import reset_of_login
from xiaoer.site.sealed import OtherKeyError, unseal

LOST = {"reason": "lost"}


def of(who: Person) -> str:
    """Return the address at which somebody's second step is reset."""
    return reverse("second_step_reset", args=[who.pk])


def test_the_password_alone_opens_then_sessions_end_and_the_next_sign_in_tells_of_it(site: Path) -> None:
    amy, codes = with_second_step()
    olga = person("olga", "owner", name="老林")
    elsewhere, halfway = browser(amy), at_the_code()
    owner = browser(olga)
    assert owner.post(of(amy), {}).status_code == 422
    assert elsewhere.get("/me/").status_code == 200
    assert owner.post(of(amy), LOST)["Location"] == f"/people/{amy.pk}/"
    assert elsewhere.get("/me/").status_code == 302
    for code in (codes[0], "000000"):
        assert halfway.post("/sign-in/code/", {"code": code})["Location"].startswith("/sign-in/?")
    amy.refresh_from_db()
    assert (amy.has_second_step, amy.totp_secret, RecoveryCode.objects.count()) == (False, "", 0)
    entry = AuditEntry.objects.get(act="second_step_reset")
    assert (entry.person, entry.about, entry.reason) == (olga, f"person {amy.pk}", "lost")

    client = browser()
    told = client.post("/sign-in/", {"login": "amy", "password": PASSWORD, "next": "/who-sees-what/"}, follow=True)
    shown = told.content.decode()
    assert [part for part in ("老林", "手机丢了或换了", "只用密码登录") if part not in shown] == []
    assert client.post(told.request["PATH_INFO"], {"next": "/who-sees-what/"})["Location"] == "/who-sees-what/"
    assert client.get(told.request["PATH_INFO"])["Location"] == "/me/"
    client.post("/sign-out/")
    assert client.post("/sign-in/", {"login": "amy", "password": PASSWORD})["Location"] == "/"


@pytest.mark.parametrize(("role", "answered"), [("owner", 302), ("lead", 404)])
def test_nobody_resets_their_own_or_that_of_somebody_as_high(site: Path, role: str, answered: int) -> None:
    amy, _ = with_second_step(role)
    own = browser(amy).post(of(amy), LOST)
    assert (own.status_code, own.get("Location", "/me/second-step/off/")) == (answered, "/me/second-step/off/")
    assert browser(person("lin", "lead")).post(of(amy), LOST).status_code == 404
    assert browser(person("ina", "inspector")).post(of(amy), LOST).status_code == 403
    amy.refresh_from_db()
    assert amy.has_second_step
    assert not AuditEntry.objects.filter(act="second_step_reset").exists()


def test_without_a_second_step_there_is_nothing_to_reset(site: Path) -> None:
    ben = person("ben", "agent")
    owner = browser(person("own", "owner"))
    assert owner.post(of(ben), LOST)["Location"] == f"/people/{ben.pk}/"
    assert of(ben) not in owner.get(f"/people/{ben.pk}/").content.decode()
    assert not AuditEntry.objects.filter(act="second_step_reset").exists()


def test_it_can_be_turned_on_again_and_what_is_changed_meanwhile_brings_nothing_back(site: Path) -> None:
    amy, _ = with_second_step()
    stale = Person.objects.get(pk=amy.pk)
    browser(person("own", "owner")).post(of(amy), LOST)
    client = browser(amy)
    assert client.post(reverse("second_step_was_reset"), {"again": "1"})["Location"] == "/me/second-step/"
    secret = pyotp.random_base32()
    assert turn_on(stale, secret, pyotp.TOTP(secret).now()) is not None
    amy.refresh_from_db()
    assert amy.has_second_step
    assert amy.sessions_ended_at is not None
    assert unseal(amy.totp_secret) == secret


def test_turning_it_off_takes_a_code(site: Path) -> None:
    amy, codes = with_second_step()
    client = browser(amy)
    for given in ({"present": PASSWORD}, {"present": PASSWORD, "code": "000000"}, {"present": "no", "code": codes[0]}):
        assert client.post("/me/second-step/off/", given).status_code == 422
    assert client.post("/me/second-step/off/", {"present": PASSWORD, "code": codes[1]}).status_code == 200
    amy.refresh_from_db()
    assert not amy.has_second_step


def in_database() -> str:
    """Return the only secret as it lies in the database at hand."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT totp_secret FROM xiaoer_person WHERE totp_secret <> ''")
        ((kept,),) = cursor.fetchall()
    return str(kept)


def test_secrets_lie_sealed_and_those_of_before_are_sealed_by_the_migration(site: Path) -> None:
    amy, _ = with_second_step()
    person("ben", "agent")
    secret = unseal(amy.totp_secret)
    assert secret not in in_database()
    operation = import_module("xiaoer.site.migrations.0011_second_step_is_sealed").Migration.operations[-1]
    editor = SimpleNamespace(connection=connections["default"])
    operation.reverse_code(apps, editor)
    assert in_database() == secret
    operation.code(apps, editor)
    assert secret not in in_database()
    amy.refresh_from_db()
    assert passes(amy, pyotp.TOTP(secret).now())


def test_after_another_key_the_sign_in_says_so_and_a_reset_opens(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    amy, codes = with_second_step()
    code = code_now(amy)
    monkeypatch.setattr(settings, "SECRET_KEY", "another one")
    with pytest.raises(OtherKeyError):
        unseal(amy.totp_secret)
    client = at_the_code()
    for given in (code, codes[0]):
        answer = client.post("/sign-in/code/", {"code": given})
        assert answer.status_code == 409
        assert "xiaoer people reset-second-step amy --reason key" in answer.content.decode()
    owner = browser(person("own", "owner"))
    assert "网站的密钥后来换过" in owner.get(f"/people/{amy.pk}/").content.decode()
    assert browser(amy).post("/me/second-step/off/", {"present": PASSWORD, "code": codes[0]}).status_code == 422
    owner.post(of(amy), {"reason": "key"})
    assert "second-step/was-reset/" in browser().post("/sign-in/", {"login": "amy", "password": PASSWORD})["Location"]


def test_in_the_terminal_the_login_is_enough(site: Path) -> None:
    amy, _ = with_second_step()
    client = browser(amy)
    assert reset_of_login(" AMY ", reason="key") == "Amy"
    assert client.get("/me/").status_code == 302
    entry = AuditEntry.objects.get(act="second_step_reset")
    assert (entry.person, entry.reason) == (None, "key")
    told = browser().post("/sign-in/", {"login": "amy", "password": PASSWORD}, follow=True)
    assert "在运行网站的电脑上操作的人" in told.content.decode()


@pytest.mark.parametrize(
    ("login", "reason", "code"),
    [("amyy", "lost", "site.unknown_login"), ("ben", "lost", "site.no_second_step"),
     ("amy", "bored", "site.unknown_reason")],
)  # fmt: skip
def test_in_the_terminal_what_can_not_be_is_said(site: Path, login: str, reason: str, code: str) -> None:
    with_second_step()
    person("ben", "agent")
    with pytest.raises(ReportableError) as refused:
        reset_of_login(login, reason=reason)
    assert [one.code for one in refused.value.issues] == [code]


def test_the_command_in_a_folder_without_a_site(tmp_path: Path) -> None:
    told = xiaoer(tmp_path / "home", "people", "reset-second-step", "amy", lang="en")
    assert told.code == 1
    assert "no accounts of a site" in told.err
    assert not (tmp_path / "home").exists()


def test_the_command_opens_the_site_s_own_database(on_sqlite: object, home: Path) -> None:
    told = xiaoer_alone(home, "people", "reset-second-step", "amy")
    assert (told.returncode, told.stdout) == (1, "")
    assert "没有人用这个登录名" in told.stderr


def xiaoer_alone(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run one command in a process of its own: one that opens a site has it for good."""
    command = [sys.executable, "-c", "from xiaoer.cli import main; main()", "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
