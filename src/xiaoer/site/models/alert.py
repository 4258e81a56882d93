"""Alerts: where messages go, by which rules, what is the matter now, and every message with what came of it."""

from django.db import models
from django.db.models import Q

from xiaoer.site.models.person import Person
from xiaoer.site.models.shop import Shop


class AlertAddress(models.Model):
    """Where messages can go. `secret` is sealed and read by the sender alone: no page, log or message shows it."""

    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    secret = models.TextField()
    hint = models.CharField(max_length=60, blank=True, default="")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class AlertRule(models.Model):
    """What is worth a message, to whom, and when not."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    metric = models.CharField(max_length=60, blank=True, default="")
    way = models.CharField(max_length=5, blank=True, default="")  # over or under
    limit = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    whom = models.CharField(max_length=10, default="shop")  # shop, group or agent: each of them
    only = models.CharField(max_length=120, blank=True, default="")
    addresses = models.ManyToManyField(AlertAddress, related_name="+")
    at = models.TimeField(null=True)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    problem = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.metric}"


class AlertEpisode(models.Model):
    """One time that something was the matter, from its beginning to its end; it is told once."""

    rule = models.ForeignKey(AlertRule, on_delete=models.PROTECT, related_name="episodes")
    subject = models.CharField(max_length=160, blank=True, default="")
    notice = models.UUIDField()
    began_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject"], condition=Q(ended_at=None), name="one_open_episode_per_subject"
            )
        ]
        indexes = [models.Index(fields=["notice"], name="episodes_of_a_notice")]

    def __str__(self) -> str:
        return f"episode {self.pk}"


class AlertMessage(models.Model):
    """One message to one address; of episodes that began together there is one for each address."""

    class State(models.TextChoices):
        """Where a message stands; `sending` is written down before anything is sent, so that nothing is sent twice."""

        WAITING = "waiting"
        HELD = "held"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        UNKNOWN = "unknown"
        DROPPED = "dropped"

    rule = models.ForeignKey(AlertRule, on_delete=models.PROTECT, null=True, related_name="+")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.ForeignKey(AlertAddress, on_delete=models.PROTECT, related_name="+")
    notice = models.UUIDField(null=True)
    title = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    next_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=160, blank=True, default="")

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["notice", "address"], name="one_message_per_notice_and_address")]

    def __str__(self) -> str:
        return f"message {self.pk} {self.state}"
