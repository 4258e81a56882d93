"""The forms of one's own shifts: a wish for a day, and a swap with a colleague."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.site.forms import PlainForm, day_field
from xiaoer.site.models import ShiftSwap
from xiaoer.site.planning.roster_forms import OFF

if TYPE_CHECKING:
    from xiaoer.site.planning.shifts import OwnDuty


class WishForm(PlainForm):
    """A wish for a day."""

    day = day_field(gettext_lazy("Day"))
    shift = forms.ChoiceField(label=gettext_lazy("Shift or a day off"))
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
        self.fields["shift"].choices = [(OFF, _("a day off")), *((one, one) for one in shifts)]
        self.fields["day"].widget.attrs |= {"min": str(days[0]), "max": str(days[1])}
        self.days = days

    def clean_shift(self) -> str:
        """Return the shift; empty for a day off."""
        return "" if self.cleaned_data["shift"] == OFF else str(self.cleaned_data["shift"])

    def clean_day(self) -> date:
        """Return the day; one of the roster."""
        day: date = self.cleaned_data["day"]
        if not self.days[0] <= day <= self.days[1]:
            raise forms.ValidationError(_("This day is not in the roster."))
        return day


class SwapForm(PlainForm):
    """With whom a day of one's own is swapped; `there` is what each colleague has on it."""

    other = forms.ChoiceField(label=gettext_lazy("With whom"))
    other_day = day_field(
        gettext_lazy("Their day"), required=False,
        help_text=gettext_lazy("Empty: the same day. Otherwise both days are exchanged between you two."),
    )  # fmt: skip
    words = forms.CharField(label=gettext_lazy("What you want to say"), max_length=200, required=False)

    def __init__(self, mine: "OwnDuty", there: Mapping[str, str], first: date, *args: Any) -> None:  # noqa: ANN401
        super().__init__(*args)
        self.mine, self.days = mine, (first, mine.roster.last)
        self.fields["other"].choices = [(name, f"{name} · {shift or _('day off')}") for name, shift in there.items()]
        self.fields["other_day"].widget.attrs |= {"min": str(self.days[0]), "max": str(self.days[1])}

    def clean_other_day(self) -> date | None:
        """Return the colleague's day; one of the roster that is still to come."""
        day: date | None = self.cleaned_data["other_day"]
        if day is not None and not self.days[0] <= day <= self.days[1]:
            raise forms.ValidationError(_("This day is not in the roster, or is not to come."))
        return day

    def swap(self) -> ShiftSwap:
        """Return the swap that is asked for."""
        asked, mine = self.cleaned_data, self.mine
        other_day = asked["other_day"] or mine.day
        return ShiftSwap(roster=mine.roster, name=mine.name, other=asked["other"], day=mine.day, other_day=other_day,
                         words=asked["words"])  # fmt: skip
