"""Who has which role where, and whose accounts are whose from which day to which."""

from django.db import models
from django.db.models import F, Q

from xiaoer.site.models.person import Person
from xiaoer.site.models.shop import Shop


class Membership(models.Model):
    """A role of a person in a shop; without a shop in every shop, which only an owner has."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, null=True, related_name="memberships")
    group = models.CharField(max_length=60, blank=True, default="")
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role="owner", shop=None) | (~Q(role="owner") & Q(shop__isnull=False)),
                name="only_owners_have_every_shop",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "shop", "group"], condition=Q(ended_at=None), name="one_running_membership"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.shop_id}"


class Account(models.Model):
    """An account that a person used in a shop, from a day on and perhaps to a day; nobody else has it on those days."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="accounts")
    account = models.CharField(max_length=120)
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        ordering = ["first_day", "account"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="ends_not_before_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.account
