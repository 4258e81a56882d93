"""The form of a shop's goals: what has to hold, how contacts are served, from which day on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from xiaoer.actions.plan_goals import OTHERS, SERVICE_LEVELS, Goals
from xiaoer.site.forms import PlainForm, day_field

LEVELS = {
    "service_level_of_offered": gettext_lazy("of all who came"),
    "service_level_of_answered": gettext_lazy("of those answered"),
    "service_level_without_early_abandons": gettext_lazy("of all but those who left in time"),
    "service_level_virtual": gettext_lazy("of all, were nobody to leave"),
}
BOUNDS = {
    "three_minute_share": gettext_lazy("Answered within three minutes, at least (%)"),
    "abandonment_share": gettext_lazy("Give up, at most (%)"),
    "mean_wait_seconds": gettext_lazy("Mean wait of all, at most (seconds)"),
    "average_speed_of_answer_seconds": gettext_lazy("Mean wait of the answered, at most (seconds)"),
    "occupancy_share": gettext_lazy("Busy, at most (% of the time)"),
    "waits_share": gettext_lazy("Have to wait at all, at most (%)"),
}
QUANTILES = {
    "median": gettext_lazy("the middle of the forecast"),
    "25": gettext_lazy("the lower quarter"),
    "50": gettext_lazy("what half of such days stayed below"),
    "75": gettext_lazy("to be safe: enough on three days of four"),
    "90": gettext_lazy("to be very safe: enough on nine days of ten"),
}
HOUR = 3600


class GoalsForm(PlainForm):
    """What has to hold of planned people; a field left empty is no goal."""

    level_percent = forms.DecimalField(
        label=gettext_lazy("Service level, at least (%)"), required=False, min_value=1, max_value=99
    )
    level_seconds = forms.DecimalField(
        label=gettext_lazy("answered within (seconds)"), required=False, min_value=1, max_value=HOUR
    )
    level = forms.ChoiceField(label=gettext_lazy("which share is meant"), choices=list(LEVELS.items()))
    shrinkage = forms.DecimalField(
        label=gettext_lazy("Not at work (% of planned time)"), min_value=0, max_value=90, decimal_places=0,
        help_text=gettext_lazy("Leave, illness, training, breaks: people to plan = people at work ÷ (1 − it)."),
    )  # fmt: skip
    handle = forms.CharField(
        label=gettext_lazy("Handle time (seconds)"), required=False, max_length=200,
        help_text=gettext_lazy("Left empty it is measured in the last eight weeks. Of chats the mean with 1, 2, 3 in "
                               "hand, with commas, such as 300,420,540."),
    )  # fmt: skip
    patience = forms.CharField(
        label=gettext_lazy("Patience (seconds)"), required=False, max_length=20,
        help_text=gettext_lazy("How long people wait on average before they give up; none for nobody gives up."),
    )  # fmt: skip
    quantile = forms.ChoiceField(label=gettext_lazy("Plan for"), choices=list(QUANTILES.items()))
    first = day_field(gettext_lazy("Holds from"))

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        for name in OTHERS:
            share = name.endswith("_share")
            self.fields[name] = forms.DecimalField(
                label=BOUNDS[name], required=False, min_value=1, max_value=99 if share else HOUR,
                widget=forms.NumberInput(attrs={"class": "form-control"}),
            )  # fmt: skip
        self.order_fields(["level_percent", "level_seconds", "level", *OTHERS, "shrinkage", "handle", "patience"])
        assert set(BOUNDS) == set(OTHERS) and set(LEVELS) == set(SERVICE_LEVELS), "a figure without words"

    def goals(self) -> Goals:
        """Return the answers as goals."""
        read = self.cleaned_data
        return Goals(
            read["level"], plain_text(read["level_percent"]), plain_text(read["level_seconds"]),
            {name: text for name in OTHERS if (text := plain_text(read[name]))}, plain_text(read["shrinkage"]),
            read["handle"].strip(), read["patience"].strip(), read["quantile"],
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Return the answers; a service level has seconds, and there is a goal at all."""
        asked = super().clean() or self.cleaned_data
        say_lacking_goals(self, "level_percent", "level_seconds", OTHERS)
        return asked


def say_lacking_goals(form: PlainForm, percent: str, seconds: str, others: Sequence[str]) -> None:
    """Say in a form where a service level lacks its per cent or seconds, or where there is no goal at all."""
    asked = form.cleaned_data
    if any(name in form.errors for name in (percent, seconds, *others)):
        return
    if bool(asked.get(percent)) != bool(asked.get(seconds)):
        form.add_error(
            seconds if asked.get(percent) else percent, gettext_lazy("A service level has per cent and seconds.")
        )
    elif not any(asked.get(name) for name in (percent, *others)):
        form.add_error(percent, gettext_lazy("At least one goal has to be there."))


def initial_of(goals: Goals) -> dict[str, str]:
    """Return what the form shows of goals that hold."""
    return {
        "level": goals.level, "level_percent": goals.level_percent, "level_seconds": goals.level_seconds,
        **goals.others, "shrinkage": goals.shrinkage_percent, "handle": goals.handle, "patience": goals.patience,
        "quantile": goals.quantile,
    }  # fmt: skip


def plain_text(number: Any) -> str:  # noqa: ANN401 -- a Decimal or None
    """Return a number as goals are written; nothing for none."""
    return "" if number is None else f"{number.normalize():f}"
