"""Links that let somebody in, or let them choose a new password."""

from django.db import models

from xiaoer.site.models.person import Person
from xiaoer.site.models.shop import Shop


class Invitation(models.Model):
    """One link: it works once and not for long; only the digest of its token is kept.

    With `person` it is for a new password of somebody who is here already.
    """

    digest = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=20, blank=True, default="")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, null=True)
    group = models.CharField(max_length=60, blank=True, default="")
    account = models.CharField(max_length=120, blank=True, default="")
    first_day = models.DateField(null=True)
    name = models.CharField(max_length=40, blank=True, default="")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="password_links")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.role} {self.shop_id}"
