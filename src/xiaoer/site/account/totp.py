"""The second step: a code of an authenticator app (RFC 6238, 30 seconds, 6 digits), or a recovery code once."""

import secrets
from datetime import timedelta

import pyotp
import segno
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from xiaoer.site.audit import digest_of, note
from xiaoer.site.models import Person, RecoveryCode
from xiaoer.site.sealed import OtherKeyError, seal, unseal

STEP_SECONDS = 30
RECOVERY_CODES = 10
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that looks like another
CODE_LENGTH = 12
WRONG_CODES = 5
LOCKED_MINUTES = 15


def new_secret() -> str:
    """Return a secret for an authenticator app, 160 random bits."""
    return pyotp.random_base32()


def picture(secret: str, login: str) -> str:
    """Return the secret as a QR code that an app reads, an SVG without any style of its own."""
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="Xiaoer")
    drawn: str = segno.make(address, error="m").svg_inline(scale=4, border=2, dark="#000", light="#fff")
    return drawn


def turn_on(person: Person, secret: str, code: str) -> list[str] | None:
    """Return the recovery codes, shown once, after a code proved that the app has the secret; None for a wrong one."""
    step = _step_of(secret, code, after=0)
    if step is None:
        return None
    with transaction.atomic():
        person.totp_secret, person.totp_confirmed_at, person.totp_last_step = seal(secret), timezone.now(), step
        person.save(update_fields=["totp_secret", "totp_confirmed_at", "totp_last_step"])
        codes = _new_codes(person)
        note("second_step_on", person=person, about=person)
    return codes


def turn_off(person: Person) -> None:
    """Let the password do alone; the recovery codes go."""
    with transaction.atomic():
        _take_off(person)
        note("second_step_off", person=person, about=person)


def reset(person: Person, *, by: Person | None, reason: str) -> None:
    """Let the password do alone for somebody who lost phone and codes; every session of theirs ends, and they are told.

    Without `by` it was done in the terminal of the computer on which the site runs.
    """
    with transaction.atomic():
        _take_off(person)
        person.sessions_ended_at = person.second_step_reset_at = timezone.now()
        person.save(update_fields=["sessions_ended_at", "second_step_reset_at"])
        note("second_step_reset", person=by, about=person, reason=reason)


def readable(person: Person) -> bool:
    """Return whether codes can be checked: after another key of the site neither the app's nor recovery codes can."""
    try:
        unseal(person.totp_secret)
    except OtherKeyError:
        return False
    return True


def new_codes(person: Person) -> list[str]:
    """Return new recovery codes; the old ones stop working."""
    with transaction.atomic():
        note("recovery_codes_made", person=person, about=person)
        return _new_codes(person)


def locked(person: Person) -> bool:
    """Return whether there were too many wrong codes lately."""
    return person.codes_locked_until is not None and person.codes_locked_until > timezone.now()


def passes(person: Person, code: str) -> bool:
    """Return whether a code is right; it works once, and too many wrong ones lock the second step for a while."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        if locked(person) or not person.has_second_step or not readable(person):
            return False
        typed = code.strip().replace(" ", "").replace("-", "").lower()
        step = _step_of(unseal(person.totp_secret), typed, after=person.totp_last_step)
        if step is not None:
            person.totp_last_step = step
        elif not _recovers(person, typed):
            person.wrong_codes = F("wrong_codes") + 1
            person.save()
            person.refresh_from_db()
            if person.wrong_codes >= WRONG_CODES:
                person.wrong_codes = 0
                person.codes_locked_until = timezone.now() + timedelta(minutes=LOCKED_MINUTES)
                person.save()
            return False
        person.wrong_codes, person.codes_locked_until = 0, None
        person.save()
        return True


def _take_off(person: Person) -> None:
    person.totp_secret, person.totp_confirmed_at = "", None
    person.wrong_codes, person.codes_locked_until = 0, None
    person.save(update_fields=["totp_secret", "totp_confirmed_at", "wrong_codes", "codes_locked_until"])
    person.recovery_codes.all().delete()


def _step_of(secret: str, code: str, *, after: int) -> int | None:
    """Return the time step of a right code, one step early or late allowed, none used before; None for a wrong one."""
    now = int(timezone.now().timestamp()) // STEP_SECONDS
    app = pyotp.TOTP(secret, interval=STEP_SECONDS)
    for step in (now - 1, now, now + 1):
        if step > after and secrets.compare_digest(app.generate_otp(step), code if code.isascii() else ""):
            return step
    return None


def _recovers(person: Person, code: str) -> bool:
    unused = RecoveryCode.objects.filter(person=person, digest=digest_of(f"recovery {code}"), used_at=None)
    if not unused.update(used_at=timezone.now()):
        return False
    note("recovery_code_used", person=person, about=person)
    return True


def _new_codes(person: Person) -> list[str]:
    person.recovery_codes.all().delete()
    codes = ["".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, digest=digest_of(f"recovery {code}")) for code in codes
    )
    return ["-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4)) for code in codes]
