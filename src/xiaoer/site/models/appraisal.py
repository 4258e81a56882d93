"""What people say and decide about pay: values by hand, signatures, appeals, incidents, schemes not yet in force.

The months themselves are documents in the data folder; here is what goes into them and what is said of them.
"""

from django.db import models
from django.db.models import F, Q

from xiaoer.site.models.person import Person
from xiaoer.site.models.shop import Shop


class PayTable(models.Model):
    """A table of values for a month as it was typed or pasted; of several the last holds."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    text = models.TextField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"values of {self.month}"


class PaySignature(models.Model):
    """Lines of a statement that their agent confirmed by name: of which document, when."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    agent = models.CharField(max_length=120)
    document = models.CharField(max_length=64)
    lines = models.JSONField(default=list)
    name = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["shop", "month", "agent"], name="signatures_of_a_statement")]

    def __str__(self) -> str:
        return f"signature {self.pk}"


class PayAppeal(models.Model):
    """An agent's objection to a line of pay, and what became of it.

    `remedy` says how it is put right: by data corrected, another value, an incident that does not count, or an amount.
    """

    class State(models.TextChoices):
        """Where an appeal stands."""

        OPEN = "open"
        UPHELD = "upheld"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    agent = models.CharField(max_length=120)
    document = models.CharField(max_length=64)
    line = models.CharField(max_length=48)
    amount = models.DecimalField(max_digits=18, decimal_places=2)  # of the line, when it was appealed
    wanted = models.CharField(max_length=200)
    reason = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pay_appeals")
    at = models.DateTimeField(auto_now_add=True)
    decide_by = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    remedy = models.CharField(max_length=10, blank=True, default="")
    about = models.CharField(max_length=60, blank=True, default="")  # which value, or which incident
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)

    class Meta:
        ordering = ["decide_by", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "month", "agent", "line"], condition=Q(state="open"), name="one_open_appeal_of_a_line"
            )
        ]

    def __str__(self) -> str:
        return f"pay appeal {self.pk} {self.state}"


class PayIncident(models.Model):
    """An error that service caused: what, when, what it cost, its proof; it counts once a second person agrees."""

    class State(models.TextChoices):
        """Where an incident stands."""

        WRITTEN = "written"
        CONFIRMED = "confirmed"
        REFUSED = "refused"
        REVOKED = "revoked"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=12)
    cost = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    evidence = models.CharField(max_length=300)
    door = models.CharField(max_length=300, blank=True, default="")  # an address of this site
    note = models.CharField(max_length=300, blank=True, default="")
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WRITTEN)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["shop", "day"], name="incidents_of_a_shop")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | ~Q(written_by=F("decided_by")), name="confirmed_by_another_person"
            )
        ]

    def __str__(self) -> str:
        return f"incident {self.pk}"


class PayIncidentPart(models.Model):
    """Whose an incident is, and how much of it: the parts of all together are at most the whole."""

    incident = models.ForeignKey(PayIncident, on_delete=models.CASCADE, related_name="parts")
    agent = models.CharField(max_length=120)
    share = models.DecimalField(max_digits=5, decimal_places=4)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "agent"], name="one_part_of_an_incident"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="a_part_of_the_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.share}"


class SchemeDraft(models.Model):
    """The text of a scheme before it is in force: it can be tried on past months."""

    class State(models.TextChoices):
        """Where a text stands."""

        OPEN = "open"
        IN_FORCE = "in_force"
        DROPPED = "dropped"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=48)
    text = models.TextField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    put_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    put_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "name"], condition=Q(state="open"), name="one_open_text_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name
