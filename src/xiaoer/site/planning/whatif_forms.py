"""The forms of what-if: two sets of goals side by side, and people who join and leave."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.plan_goals import Goals
from xiaoer.actions.plan_whatif import Joining
from xiaoer.site.forms import PlainForm, day_field
from xiaoer.site.planning.forms import MOST_TIMES
from xiaoer.site.planning.goals_form import HOUR, plain_text, say_lacking_goals

ROWS = 6
AS_IT_IS, INSTEAD = "a", "b"
SIDES = {AS_IT_IS: gettext_lazy("As it is"), INSTEAD: gettext_lazy("Instead")}
TRIED = ("three_minute_share", "abandonment_share", "mean_wait_seconds", "occupancy_share")
FIGURES = {
    "percent": (gettext_lazy("service level (%)"), 99), "seconds": (gettext_lazy("within (seconds)"), HOUR),
    "three_minute_share": (gettext_lazy("answered within three minutes (%)"), 99),
    "abandonment_share": (gettext_lazy("give up, at most (%)"), 99),
    "mean_wait_seconds": (gettext_lazy("mean wait, at most (seconds)"), HOUR),
    "occupancy_share": (gettext_lazy("busy, at most (%)"), 99), "shrinkage": (gettext_lazy("not at work (%)"), 90),
}  # fmt: skip
MOST_YUAN = 10_000


def hour_yuan() -> forms.DecimalField:
    """Return a field for what an hour costs."""
    return forms.DecimalField(
        label=gettext_lazy("An hour costs (yuan)"), required=False, min_value=0, max_value=MOST_YUAN, decimal_places=2
    )


def contacts_times() -> forms.FloatField:
    """Return a field for how many times as many contacts come."""
    label = gettext_lazy("Contacts, times (2.5 for a Double 11, say)")
    return forms.FloatField(label=label, required=False, min_value=0.01, max_value=MOST_TIMES)


class CompareForm(PlainForm):
    """The goals and shrinkage of two sides, a goal left empty is none; contacts and cost of both."""

    times = contacts_times()
    hour_yuan = hour_yuan()

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        for side, called in SIDES.items():
            for name, (label, most) in FIGURES.items():
                self.fields[f"{name}_{side}"] = forms.DecimalField(
                    label=_("%(side)s: %(figure)s") % {"side": called, "figure": label}, max_value=most,
                    min_value=0 if name == "shrinkage" else 1, required=name == "shrinkage",
                    widget=forms.NumberInput(attrs={"class": "form-control"}),
                )  # fmt: skip

    @property
    def sides(self) -> list[Any]:
        """Return what each side is called."""
        return list(SIDES.values())

    @property
    def rows(self) -> list[tuple[Any, list[Any]]]:
        """Return each goal with its field on either side."""
        return [(label, [self[f"{name}_{side}"] for side in SIDES]) for name, (label, _most) in FIGURES.items()]

    @property
    def rest(self) -> list[Any]:
        """Return the other fields."""
        return [self[name] for name in ("times", "hour_yuan")]

    def clean(self) -> dict[str, Any]:
        """Return the answers; on each side a service level has seconds, and there is a goal at all."""
        asked = super().clean() or self.cleaned_data
        for side in SIDES:
            say_lacking_goals(self, "percent_" + side, "seconds_" + side, [f"{name}_{side}" for name in TRIED])
        return asked

    def side(self, goals: Goals, side: str) -> Goals:
        """Return the shop's goals with what the form says of one side."""
        read = {name: plain_text(self.cleaned_data[f"{name}_{side}"]) for name in FIGURES}
        others = {name: bound for name, bound in goals.others.items() if name not in TRIED}
        return replace(
            goals, level_percent=read["percent"], level_seconds=read["seconds"], shrinkage_percent=read["shrinkage"],
            others=others | {name: read[name] for name in TRIED if read[name]},
        )  # fmt: skip


def sides_of(goals: Goals) -> dict[str, str]:
    """Return what the form begins with: the shop's goals on both sides."""
    own = {"percent": goals.level_percent, "seconds": goals.level_seconds, "shrinkage": goals.shrinkage_percent}
    own |= {name: goals.others.get(name, "") for name in TRIED}
    return {f"{name}_{side}": value for side in SIDES for name, value in own.items()}


class StaffForm(PlainForm):
    """People who join and leave, what they work and cost."""

    week_hours = forms.DecimalField(
        label=gettext_lazy("Hours a person works in a week"), min_value=1, max_value=80, decimal_places=1, initial=40
    )
    leaving = forms.DecimalField(
        label=gettext_lazy("Leave in a month (%)"), min_value=0, max_value=90, decimal_places=1, initial=0
    )
    times = contacts_times()
    hour_yuan = hour_yuan()

    def __init__(self, kinds: Sequence[tuple[str, str]], first: date, *args: object, **more: object) -> None:
        super().__init__(*args, auto_id="staff_%s", **more)
        for row in range(1, ROWS + 1):
            numbered = {"row": row}
            self.fields[f"day_{row}"] = day_field(_("Row %(row)s: from which day") % numbered, required=False)
            self.fields[f"people_{row}"] = forms.IntegerField(
                label=_("Row %(row)s: how many people") % numbered, required=False, min_value=-5000, max_value=5000,
                widget=forms.NumberInput(attrs={"class": "form-control"}),
            )  # fmt: skip
            self.fields[f"kind_{row}"] = forms.ChoiceField(
                label=_("Row %(row)s: who") % numbered, choices=kinds, required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip
        self.fields["day_1"].initial = first

    @property
    def rows(self) -> list[list[Any]]:
        """Return the fields of people, row by row."""
        return [[self[f"{name}_{row}"] for name in ("day", "people", "kind")] for row in range(1, ROWS + 1)]

    @property
    def rest(self) -> list[Any]:
        """Return the other fields."""
        return [self[name] for name in ("week_hours", "leaving", "times", "hour_yuan")]

    def clean(self) -> dict[str, Any]:
        """Return the answers; a row with people has a day."""
        asked = super().clean() or self.cleaned_data
        for row in range(1, ROWS + 1):
            if asked.get(f"people_{row}") and not asked.get(f"day_{row}") and f"day_{row}" not in self.errors:
                self.add_error(f"day_{row}", ValidationError(_("Say from which day.")))
        if not any(asked.get(f"people_{row}") for row in range(1, ROWS + 1)):
            self.add_error("people_1", ValidationError(_("Say how many people there are, or join.")))
        return asked

    def staff(self) -> tuple[Joining, ...]:
        """Return the people who join and leave."""
        read = self.cleaned_data
        return tuple(
            Joining(read[f"day_{row}"], Fraction(read[f"people_{row}"]), read[f"kind_{row}"] or "experienced")
            for row in range(1, ROWS + 1)
            if read.get(f"people_{row}")
        )
