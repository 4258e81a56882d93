"""Rosters: the tables they are made from, who works when, every change by hand, wishes, swaps, calendars."""

from django.db import models
from django.db.models import Q

from xiaoer.site.models.person import Person
from xiaoer.site.models.shop import Shop


class Roster(models.Model):
    """A roster of some days. `edition` counts changes of the tables, `version` those of who works when.

    `accounts` says whose account each name of the table of people is; who has none sees nothing on the site.
    """

    class State(models.TextChoices):
        """Where a roster stands."""

        DRAFT = "draft"
        PUBLISHED = "published"
        DROPPED = "dropped"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    tables = models.JSONField(default=dict)
    accounts = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    duties = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)  # 0: never made
    outcome = models.JSONField(default=dict)  # of the last making: cost, bound, seconds, what is lacking
    wishes_until = models.DateField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-first", "-id"]
        indexes = [models.Index(fields=["shop", "first"], name="rosters_of_a_shop")]

    def __str__(self) -> str:
        return f"roster {self.pk} {self.state}"


class RosterDay(models.Model):
    """What everybody does in each quarter of an hour of one day; it holds while it is made from what stands now."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    made_from = models.CharField(max_length=64)  # digest of the tables and shifts that it rests on
    shared = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["roster", "day"], name="one_sharing_of_a_day")]

    def __str__(self) -> str:
        return f"activities of {self.day}"


class RosterChange(models.Model):
    """What became of a roster once: the duties that went and those that came; never changed."""

    class Kind(models.TextChoices):
        """What somebody did."""

        MADE = "made"
        MOVED = "moved"
        MENDED = "mended"
        SWAPPED = "swapped"
        UNDONE = "undone"
        WITHDRAWN = "withdrawn"

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()  # of the roster after it
    kind = models.CharField(max_length=10, choices=Kind.choices)
    gone = models.JSONField(default=list)
    come = models.JSONField(default=list)
    why = models.CharField(max_length=200, blank=True, default="")
    after_publishing = models.BooleanField(default=False)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["roster", "version"], name="one_change_per_version")]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class ShiftWish(models.Model):
    """What an agent wishes for a day of a roster to come: a shift, or a day off where none is named."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="wishes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)  # in the table of people
    day = models.DateField()
    shift = models.CharField(max_length=60, blank=True, default="")
    want = models.BooleanField(default=True)
    weight = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["roster", "name", "day", "shift"], name="one_wish_for_a_day_and_shift")
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"


class ShiftSwap(models.Model):
    """Two people's days exchanged: asked by one, agreed to by the other, approved by who leads.

    `before` holds the duties of both on these days as they were when it was asked: other ones make it void.
    """

    class State(models.TextChoices):
        """Where a swap stands; of one whose first day has come, nothing more can be done."""

        ASKED = "asked"
        AGREED = "agreed"
        DECLINED = "declined"
        APPROVED = "approved"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"
        VOID = "void"

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="swaps")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    other = models.CharField(max_length=120)
    day = models.DateField()
    other_day = models.DateField()
    before = models.JSONField(default=list)
    words = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["roster", "name", "day"],
                condition=Q(state__in=["asked", "agreed"]),
                name="one_open_swap_of_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"swap {self.pk} {self.state}"


class CalendarAddress(models.Model):
    """The private address of a person's calendar of shifts: its token is shown once and only its digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(revoked_at=None), name="one_calendar_per_person")
        ]

    def __str__(self) -> str:
        return f"calendar {self.pk}"
