"""People who sign in, and the codes that stand in for a lost second step."""

import unicodedata

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


def login_of(text: str) -> str:
    """Return a login in the one form it is kept and compared in."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


class People(BaseUserManager):
    """Finds people by login."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return the person of a login, however it is typed."""
        return self.get(login=login_of(username or ""))


class Person(AbstractBaseUser):
    """One person; what they may do is in their memberships. `totp_secret` is sealed, shown and logged nowhere."""

    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=40)
    language = models.CharField(max_length=2, choices=[("zh", "zh"), ("en", "en")], blank=True, default="")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    totp_secret = models.TextField(blank=True, default="")
    totp_confirmed_at = models.DateTimeField(null=True)
    totp_last_step = models.BigIntegerField(default=0)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    codes_locked_until = models.DateTimeField(null=True)
    sessions_ended_at = models.DateTimeField(null=True)  # those that began before are over
    second_step_reset_at = models.DateTimeField(null=True)  # by somebody else, and the person was not told yet

    objects = People()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def has_second_step(self) -> bool:
        """Return whether signing in asks for a code too."""
        return self.totp_confirmed_at is not None


class RecoveryCode(models.Model):
    """One code for a lost second step; only its digest is kept, and it works once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person_id}"
