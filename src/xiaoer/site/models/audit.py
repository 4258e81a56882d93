"""The log of every change and every look at a customer's personal data: written once, never changed."""

from typing import Any, Never

from django.db import models

from xiaoer.site.models.person import Person
from xiaoer.site.models.shop import Shop


class WrittenOnceError(TypeError):
    """Somebody tried to change or remove an entry of the log; a bug of ours."""


class Entries(models.QuerySet):
    """Entries can be read and written, nothing else."""

    def update(self, **_: Any) -> Never:  # noqa: ANN401 -- Django's signature
        """Refuse."""
        raise WrittenOnceError

    def delete(self) -> Never:
        """Refuse."""
        raise WrittenOnceError


class AuditEntry(models.Model):
    """Who did what, when and why. `about` names a thing of the site by kind and number: no customer's words.

    The database refuses changes too: see the triggers of the second migration.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=40)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=120, blank=True, default="")
    reason = models.CharField(max_length=40, blank=True, default="")
    details = models.JSONField(default=dict)

    objects = Entries.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.act} {self.about}"

    def save(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- Django's signature
        """Write a new entry."""
        if self.pk is not None:
            raise WrittenOnceError
        super().save(*args, **options)

    def delete(self, *_: Any, **__: Any) -> Never:  # noqa: ANN401 -- Django's signature
        """Refuse."""
        raise WrittenOnceError
