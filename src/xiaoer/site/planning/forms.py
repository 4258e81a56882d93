"""The forms of planning."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.base.days import Period
from xiaoer.site.forms import PlainForm, day_field

MOST_CONTACTS, MOST_TIMES = 10_000_000, 100


class OverrideForm(PlainForm):
    """What somebody says of a day: contacts in all or a multiple, and why."""

    day = day_field(gettext_lazy("Day"))
    contacts = forms.FloatField(
        label=gettext_lazy("Contacts in all"), required=False, min_value=0, max_value=MOST_CONTACTS,
    )  # fmt: skip
    times = forms.FloatField(
        label=gettext_lazy("or times the model's number"), required=False, min_value=0, max_value=MOST_TIMES,
        help_text=gettext_lazy("2.5 is two and a half times as many. Fill in one of the two."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=200,
        help_text=gettext_lazy("When the day has come, the model's number and yours are held against it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Return the answers; exactly one number."""
        asked = super().clean() or self.cleaned_data
        if "contacts" in asked and "times" in asked and (asked["contacts"] is None) == (asked["times"] is None):
            self.add_error("contacts", ValidationError(_("Fill in one of the two: contacts in all, or times.")))
        return asked


class EventForm(PlainForm):
    """A promotion of the shop's own, or days on which it is closed."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=40)
    first = day_field(gettext_lazy("First day"))
    last = day_field(gettext_lazy("Last day"), required=False)
    lift = forms.FloatField(
        label=gettext_lazy("Times an ordinary day"), required=False, min_value=0, max_value=MOST_TIMES,
        help_text=gettext_lazy("2.5 is two and a half times as many, 0 is closed; left empty it is measured in the "
                               "shop's own past."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Return the answers with their days; the last day may be left out for a single one."""
        asked = super().clean() or self.cleaned_data
        first = asked.get("first")
        last = asked.get("last") or first
        if first is not None and last is not None:
            if last < first:
                self.add_error("last", ValidationError(_("The last day is before the first.")))
            else:
                asked["days"] = Period(first, last)
        return asked
