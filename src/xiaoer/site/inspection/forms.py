"""The forms of inspection."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.base.days import Period
from xiaoer.site.forms import PlainForm, day_field
from xiaoer.site.models import Membership, Person, Shop
from xiaoer.site.performance.days import MOST_DAYS
from xiaoer.site.permissions import table

WAYS = {
    "agent": gettext_lazy("so many of each agent"),
    "share": gettext_lazy("so many of a hundred, by chance"),
    "count": gettext_lazy("so many, by chance"),
    "risk": gettext_lazy("so many, the riskiest first"),
    "all": gettext_lazy("all of them"),
}
MOST = {"agent": 200, "share": 100, "count": 5000, "risk": 5000, "all": 5000}


def judges_of(shop: Shop) -> list[Person]:
    """Return who may judge conversations of a shop: people whose job it is first."""
    roles = [role for role in table().roles if table().scope(role, "judge") is not None]
    held = Membership.objects.filter(ended_at=None, role__in=roles, group="").select_related("person")
    here = [one for one in held if one.shop_id in (None, shop.pk) and one.person.is_active]
    order = {"inspector": 0, "lead": 1}
    ranked = sorted(here, key=lambda one: (order.get(one.role, 2), one.person.name, one.person_id))
    return list({one.person_id: one.person for one in ranked}.values())


class PlanForm(PlainForm):
    """Which conversations are judged, and by whom."""

    name = forms.CharField(label=gettext_lazy("Its name"), max_length=60)
    way = forms.ChoiceField(label=gettext_lazy("Which conversations"), choices=list(WAYS.items()))
    number = forms.IntegerField(
        label=gettext_lazy("How many"), required=False, min_value=1, max_value=5000,
        help_text=gettext_lazy("Of each agent, of a hundred, or in all; for all of them it may be empty."),
    )  # fmt: skip
    first = day_field(gettext_lazy("First day"))
    last = day_field(gettext_lazy("Last day"))
    inspectors = forms.MultipleChoiceField(
        label=gettext_lazy("Who judges"), widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"}),
        help_text=gettext_lazy("Everybody gets as many as the others; nobody gets conversations of their own."),
    )  # fmt: skip
    readers = forms.ChoiceField(
        label=gettext_lazy("How many judge each conversation"),
        choices=[("1", gettext_lazy("one")), ("2", gettext_lazy("two, not seeing one another: to compare")),
                 ("3", gettext_lazy("three, not seeing one another: to compare"))],
    )  # fmt: skip

    def __init__(self, shop: Shop, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["inspectors"].choices = [(str(one.pk), one.name) for one in judges_of(shop)]

    def clean(self) -> dict[str, Any]:
        """Return the answers: a number where one is needed, days in their order, people enough."""
        asked = super().clean() or self.cleaned_data
        way, number = str(asked.get("way", "")), asked.get("number")
        if way != "all" and number is None and "number" not in self.errors:
            self.add_error("number", ValidationError(_("Say how many.")))
        if number is not None and way in MOST and number > MOST[way]:
            self.add_error("number", ValidationError(_("At most %(most)s.") % {"most": MOST[way]}))
        self._days(asked.get("first"), asked.get("last"))
        people, readers = asked.get("inspectors") or [], int(asked.get("readers") or 1)
        if people and len(people) < readers:
            self.add_error("inspectors", ValidationError(_("For this, choose at least %(n)s people.") % {"n": readers}))
        return asked

    def _days(self, first: date | None, last: date | None) -> None:
        if first is None or last is None:
            return
        if first > last:
            self.add_error("last", ValidationError(_("The last day is before the first.")))
        elif len(list(Period(first, last).days())) > MOST_DAYS:
            self.add_error("last", ValidationError(_("At most %(most)s days.") % {"most": MOST_DAYS}))

    def asked(self) -> dict[str, Any]:
        """Return the answers as a job keeps them."""
        read = self.cleaned_data
        return {
            "name": read["name"], "way": read["way"], "number": read["number"] or 0, "first": str(read["first"]),
            "last": str(read["last"]), "inspectors": [int(one) for one in read["inspectors"]],
            "readers": int(read["readers"]),
        }  # fmt: skip


class CommentForm(PlainForm):
    """What is said to the agent."""

    comment = forms.CharField(
        label=gettext_lazy("To the agent"), max_length=1000, required=False,
        help_text=gettext_lazy("The agent reads it beside the score. Write no customer's name."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
