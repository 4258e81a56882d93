"""Long work that goes on in a process of its own."""

from django.db import models

from xiaoer.site.models.person import Person
from xiaoer.site.models.shop import Shop


class Job(models.Model):
    """One piece of work: what it is, how far it is, what came of it; without a shop it belongs to the site."""

    class State(models.TextChoices):
        """Where a job stands."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"

    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, null=True, related_name="+")
    asked = models.JSONField(default=dict)
    came = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    process = models.PositiveIntegerField(null=True)
    stage = models.CharField(max_length=40, blank=True, default="")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def over(self) -> bool:
        """Return whether nothing more will happen."""
        return self.state not in (Job.State.WAITING, Job.State.RUNNING)

    @property
    def percent(self) -> int:
        """Return how much is done, as far as it is known."""
        if self.state == Job.State.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0
