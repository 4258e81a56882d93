"""Tokens of programs, the events they posted, and the deliveries by which these come into the store."""

from django.db import models
from django.db.models import Q

from xiaoer.site.models.person import Person
from xiaoer.site.models.shop import Shop


class ApiToken(models.Model):
    """What lets a program in: only its digest is kept, with what it may do and where."""

    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    begins = models.CharField(max_length=12)
    scopes = models.JSONField(default=list)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    last_day = models.DateField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"token {self.pk}"


class Delivery(models.Model):
    """What becomes one import of the store: a run of events, or a file that was sent."""

    class State(models.TextChoices):
        """Where a delivery stands."""

        WAITING = "waiting"
        DONE = "done"
        REFUSED = "refused"

    kind = models.CharField(max_length=10)  # events or file
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    folder = models.CharField(max_length=40, blank=True, default="")
    file_name = models.CharField(max_length=120, blank=True, default="")
    platform = models.CharField(max_length=60, default="canonical")
    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    import_id = models.PositiveIntegerField(null=True)
    rejected = models.PositiveIntegerField(default=0)
    problem = models.JSONField(default=list)
    received_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class ReceivedEvent(models.Model):
    """One row of a canonical table as it was posted; its key is known long after its content is gone from here."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    table = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    row = models.JSONField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)
    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="events")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["shop", "key"], name="one_event_per_key")]
        indexes = [models.Index(fields=["shop", "id"], condition=Q(delivery=None), name="events_waiting")]

    def __str__(self) -> str:
        return f"{self.table} {self.pk}"
