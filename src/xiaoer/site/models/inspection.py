"""What people do about inspection: plans, reviews, decisions on findings, appeals, coaching. Findings are computed."""

from django.db import models
from django.db.models import Q

from xiaoer.site.models.person import Person
from xiaoer.site.models.shop import Shop


class InspectionPlan(models.Model):
    """Which conversations of which days are judged, by whom, and by how many each."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    way = models.CharField(max_length=10)
    number = models.PositiveIntegerField(null=True)
    first = models.DateField()
    last = models.DateField()
    readers = models.PositiveSmallIntegerField(default=1)
    inspectors = models.ManyToManyField(Person, related_name="+")
    conversations = models.PositiveIntegerField(default=0)  # of the days, from which they were drawn
    ranked = models.BooleanField(default=False)  # by a model, where the riskiest come first
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class Review(models.Model):
    """One conversation read by one inspector. Of several of a conversation, only one `counts`: the others compare."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(InspectionPlan, on_delete=models.PROTECT, null=True, related_name="reviews")
    inspector = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews")
    day = models.DateField()
    agent = models.CharField(max_length=120)
    buyer = models.CharField(max_length=200)
    place = models.PositiveIntegerField(default=0)
    counts = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    machine_score = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    score = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    version = models.CharField(max_length=12, blank=True, default="")
    comment = models.TextField(blank=True, default="")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "day", "agent", "buyer", "inspector"], name="reads_it_once")
        ]
        indexes = [
            models.Index(fields=["shop", "day", "agent"], name="reviews_of_an_account"),
            models.Index(fields=["inspector", "done_at"], name="reviews_of_an_inspector"),
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"


class Appeal(models.Model):
    """An agent's objection to a finding, and what became of it; both scores are kept."""

    class State(models.TextChoices):
        """Where an appeal stands."""

        OPEN = "open"
        UPHELD = "upheld"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    agent = models.CharField(max_length=120)
    buyer = models.CharField(max_length=200)
    item = models.CharField(max_length=80)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="appeals")
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appeals")
    raised_at = models.DateTimeField(auto_now_add=True)
    expected = models.CharField(max_length=10)
    reason = models.TextField()
    answer_by = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    score_before = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    score_after = models.DecimalField(max_digits=7, decimal_places=2, null=True)

    class Meta:
        ordering = ["answer_by", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "day", "agent", "buyer", "item"], condition=Q(state="open"), name="one_open_appeal"
            )
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk} {self.state}"


class FindingDecision(models.Model):
    """What a person decided about a finding, in a review or on an appeal; never changed, a later one holds."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    agent = models.CharField(max_length=120)
    buyer = models.CharField(max_length=200)
    item = models.CharField(max_length=80)
    verdict = models.CharField(max_length=10)
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    fatal = models.BooleanField(null=True)
    reason = models.CharField(max_length=20, blank=True, default="")
    cause = models.CharField(max_length=40, blank=True, default="")
    words = models.CharField(max_length=200, blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="decisions")
    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, null=True, related_name="decision")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["shop", "day"], name="decisions_of_a_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(review=None, appeal__isnull=False) | Q(review__isnull=False, appeal=None),
                name="in_a_review_or_on_an_appeal",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.verdict}"


class CoachingNote(models.Model):
    """What somebody told an agent, or means to: what about, until when, and whether it was done."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    agent = models.CharField(max_length=120)
    item = models.CharField(max_length=80, blank=True, default="")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="notes")
    words = models.TextField()
    shown = models.BooleanField(default=True)  # to the agent
    look_again_on = models.DateField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"note {self.pk}"
