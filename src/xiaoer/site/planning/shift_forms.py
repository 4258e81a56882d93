"""The forms of one's own shifts: a wish for a day, and a swap with a colleague."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.site.forms import PlainForm
from xiaoer.site.models import Roster, ShiftSwap
from xiaoer.site.planning.roster_forms import day_field

if TYPE_CHECKING:
    from xiaoer.site.planning.shifts import OwnDuty


class WishForm(PlainForm):
    """A wish for a day."""

    day = day_field(gettext_lazy("Day"))
    shift = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    want = forms.ChoiceField(
        label=gettext_lazy("Wanted or not"),
        choices=[("yes", gettext_lazy("I want it")), ("no", gettext_lazy("I do not want it"))],
    )  # fmt: skip
    weight = forms.ChoiceField(
        label=gettext_lazy("How much"),
        choices=[
            ("1", gettext_lazy("would be nice")), ("2", gettext_lazy("matters")), ("3", gettext_lazy("matters a lot")),
        ],
    )  # fmt: skip

    def __init__(self, shifts: Sequence[str], days: tuple[date, date], *args: Any) -> None:  # noqa: ANN401 -- Django's
        super().__init__(*args, initial={"day": days[0]})
        self.fields["shift"].choices = [("", _("a day off")), *((one, one) for one in shifts)]
        self.fields["day"].widget.attrs |= {"min": str(days[0]), "max": str(days[1])}
        self.days = days

    def clean_day(self) -> date:
        """Return the day; one of the roster."""
        day: date = self.cleaned_data["day"]
        if not self.days[0] <= day <= self.days[1]:
            raise forms.ValidationError(_("This day is not in the roster."))
        return day


class SwapForm(PlainForm):
    """Which of one's days is given for whose day."""

    day = forms.ChoiceField(label=gettext_lazy("My day"))
    other = forms.ChoiceField(label=gettext_lazy("With whom"))
    other_day = day_field(
        gettext_lazy("Their day"), required=False,
        help_text=gettext_lazy("Empty: the same day. Otherwise both days are exchanged between you two."),
    )  # fmt: skip
    words = forms.CharField(label=gettext_lazy("What you want to say"), max_length=200, required=False)

    def __init__(
        self, mine: "Sequence[OwnDuty]", colleagues: Sequence[str], days: tuple[date, date], *args: Any, **more: Any  # noqa: ANN401
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.fields["day"].choices = [
            (str(one.day), f"{one.day:%m-%d} {one.shift} {one.start}–{one.end}") for one in mine
        ]
        self.fields["other"].choices = [(one, one) for one in colleagues]
        self.fields["other_day"].widget.attrs |= {"min": str(days[0]), "max": str(days[1])}
        self.names, self.days = {str(one.day): one.name for one in mine}, days

    def clean_other_day(self) -> date | None:
        """Return the colleague's day; one of the roster that is still to come."""
        day: date | None = self.cleaned_data["other_day"]
        if day is not None and not self.days[0] <= day <= self.days[1]:
            raise forms.ValidationError(_("This day is not in the roster, or is not to come."))
        return day

    def swap(self, roster: Roster) -> ShiftSwap:
        """Return the swap that is asked for."""
        asked = self.cleaned_data
        day = date.fromisoformat(asked["day"])
        return ShiftSwap(roster=roster, name=self.names[asked["day"]], other=asked["other"], day=day,
                         other_day=asked["other_day"] or day, words=asked["words"])  # fmt: skip
