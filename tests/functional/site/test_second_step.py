"""The second step: codes work once, wrong ones lock, recovery codes stand in, nothing opens with the password alone."""

from pathlib import Path

import pyotp
from django.test import Client
from django.utils import timezone

from tests.functional.site.cast import PASSWORD, browser, person
from xiaoer.site.account.totp import WRONG_CODES, turn_on
from xiaoer.site.models import AuditEntry, Person, RecoveryCode
from xiaoer.site.sealed import unseal

GIVEN = {"login": "amy", "password": PASSWORD}


def with_second_step(role: str = "lead") -> tuple[Person, list[str]]:
    """Return Amy with a second step, turned on a while ago, and her recovery codes."""
    amy = person("amy", role)
    secret = pyotp.random_base32()
    codes = turn_on(amy, secret, pyotp.TOTP(secret).now())
    assert codes is not None
    Person.objects.filter(pk=amy.pk).update(totp_last_step=0)
    amy.refresh_from_db()
    return amy, codes


def code_now(who: Person) -> str:
    """Return what the person's app shows now."""
    return pyotp.TOTP(unseal(who.totp_secret)).now()


def at_the_code(client: Client | None = None) -> Client:
    """Return a browser that gave the right password."""
    client = client or browser()
    assert client.post("/sign-in/", GIVEN)["Location"].startswith("/sign-in/code/")
    return client


def test_the_password_alone_opens_nothing(site: Path) -> None:
    with_second_step()
    client = at_the_code()
    assert client.get("/me/").status_code == 302
    assert not AuditEntry.objects.filter(act="signed_in").exists()


def test_a_code_opens_once(site: Path) -> None:
    amy, _ = with_second_step()
    code = code_now(amy)
    client = at_the_code()
    assert client.post("/sign-in/code/", {"code": f"{code[:3]} {code[3:]}"})["Location"] == "/"
    assert client.get("/me/").status_code == 200
    assert at_the_code().post("/sign-in/code/", {"code": code}).status_code == 422


def test_an_old_code_does_not_open(site: Path) -> None:
    amy, _ = with_second_step()
    old = pyotp.TOTP(unseal(amy.totp_secret)).at(timezone.now(), counter_offset=-3)
    assert at_the_code().post("/sign-in/code/", {"code": old}).status_code == 422


def test_wrong_codes_lock_even_with_the_password_given_again(site: Path) -> None:
    amy, _ = with_second_step()
    for _ in range(WRONG_CODES):
        assert at_the_code().post("/sign-in/code/", {"code": "000000x"}).status_code == 422
    right = code_now(amy)
    answer = at_the_code().post("/sign-in/code/", {"code": right})
    assert answer.status_code == 422
    assert "错的次数太多了" in answer.content.decode()


def test_a_recovery_code_opens_once_and_is_kept_as_a_digest(site: Path) -> None:
    _, codes = with_second_step()
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert len(kept) == len(codes) == 10
    assert not kept & {code.replace("-", "") for code in codes}
    assert at_the_code().post("/sign-in/code/", {"code": codes[0].upper()}).status_code == 302
    assert AuditEntry.objects.filter(act="recovery_code_used").count() == 1
    assert at_the_code().post("/sign-in/code/", {"code": codes[0]}).status_code == 422


def test_the_code_page_without_a_password_leads_back(site: Path) -> None:
    amy, _ = with_second_step()
    client = browser()
    answer = client.post("/sign-in/code/", {"code": code_now(amy)})
    assert answer["Location"].startswith("/sign-in/")
    assert client.get("/me/").status_code == 302


def test_the_right_password_is_forgotten_after_a_while(site: Path) -> None:
    amy, _ = with_second_step()
    client = at_the_code()
    session = client.session
    session["pending"] = [amy.pk, timezone.now().timestamp() - 301]
    session.save()
    assert client.post("/sign-in/code/", {"code": code_now(amy)})["Location"].startswith("/sign-in/")


def test_turning_it_on_and_off(site: Path) -> None:
    amy = person("amy", "lead")
    client = browser(amy)
    secret = client.get("/me/second-step/").context["secret"]
    assert client.post("/me/second-step/", {"code": "123"}).status_code == 422
    shown = client.post("/me/second-step/", {"code": pyotp.TOTP(secret).now()})
    assert len(shown.context["codes"]) == 10
    amy.refresh_from_db()
    assert amy.has_second_step
    assert client.post("/me/recovery-codes/", {"present": "wrong"}).status_code == 422
    codes = client.post("/me/recovery-codes/", {"present": PASSWORD}).context["codes"]
    assert len(codes) == 10
    client.post("/me/second-step/off/", {"present": PASSWORD, "code": codes[0]})
    amy.refresh_from_db()
    assert (amy.has_second_step, amy.totp_secret, RecoveryCode.objects.count()) == (False, "", 0)
    acts = list(AuditEntry.objects.order_by("id").values_list("act", flat=True))[-4:]
    assert acts == ["second_step_on", "recovery_codes_made", "recovery_code_used", "second_step_off"]
