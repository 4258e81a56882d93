"""Make and revoke tokens, and find the one that a program shows."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from xiaoer.site.audit import note
from xiaoer.site.models import ApiToken, Person, Shop
from xiaoer.site.tokens.scopes import SCOPES

PREFIX = "xiaoer_"
BYTES = 32
BEGINS = 11
USE_NOTED_EVERY_SECONDS = 60


def make_token(
    name: str, scopes: Sequence[str], *, shop: Shop | None, last_day: date | None, by: Person
) -> tuple[ApiToken, str]:
    """Return a new token as it is kept, and as it is shown: now and never again."""
    assert set(scopes) <= set(SCOPES), scopes
    shown = PREFIX + secrets.token_urlsafe(BYTES)
    with transaction.atomic():
        made = ApiToken.objects.create(
            name=name, digest=digest_of(shown), begins=shown[:BEGINS], scopes=sorted(scopes), shop=shop,
            last_day=last_day, made_by=by,
        )  # fmt: skip
        note("token_made", person=by, shop=shop, about=made, details={"scopes": " ".join(sorted(scopes))})
    return made, shown


def revoke_token(token: ApiToken, *, by: Person) -> None:
    """Let a token open nothing from now on."""
    with transaction.atomic():
        if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
            note("token_revoked", person=by, shop=token.shop, about=token)


def token_of(shown: str) -> ApiToken | None:
    """Return the token that counts now; None for one that never was, was revoked or is over."""
    found = ApiToken.objects.select_related("shop").filter(digest=digest_of(shown), revoked_at=None).first()
    if found is None or (found.last_day is not None and found.last_day < timezone.localdate()):
        return None
    now = timezone.now()
    if found.last_used_at is None or (now - found.last_used_at).total_seconds() >= USE_NOTED_EVERY_SECONDS:
        ApiToken.objects.filter(pk=found.pk).update(last_used_at=now)
    return found


def digest_of(shown: str) -> str:
    """Return what is kept of a token; 32 random bytes can not be guessed from it, so that it need not be slow."""
    return hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()
