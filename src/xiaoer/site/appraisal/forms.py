"""The forms of pay: values, closing, signing, appealing, deciding."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.site.appraisal.changes import Decision
from xiaoer.site.appraisal.said import AMOUNT, DATA, INCIDENT, VALUE
from xiaoer.site.forms import PlainForm

SET_ASIDE = ("coverage", "unbound", "nobody", "unknown", "appeals", "order")
UPHOLD, REFUSE = "uphold", "refuse"


class ValuesForm(PlainForm):
    """The tables of values of a month, pasted or typed."""

    text = forms.CharField(
        label=gettext_lazy("Table"), max_length=200_000, strip=False,
        help_text=gettext_lazy(
            "Paste it from a spreadsheet with its headings: a row for each agent, a column for each value. "
            "Sums given by hand are a table of their own below an empty line: agent, item, value, reason."
        ),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "wrap": "off"}),
    )  # fmt: skip


class CloseForm(PlainForm):
    """Despite which checks a month is closed, and why."""

    despite = forms.MultipleChoiceField(
        label=gettext_lazy("Set aside"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"})
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200, required=False)

    def __init__(self, failing: list[tuple[str, str]], *args: object) -> None:
        super().__init__(*args)
        self.fields["despite"].choices = [one for one in failing if one[0] in SET_ASIDE]

    def clean(self) -> dict[str, Any]:
        """Return the answers; what is set aside needs a reason."""
        asked = super().clean() or self.cleaned_data
        if asked.get("despite") and not asked.get("reason", "").strip():
            self.add_error("reason", _("Write why these checks are set aside."))
        return asked


class BackForm(PlainForm):
    """Why a month is sent back."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200)


class AppealForm(PlainForm):
    """What is wrong with a line, and what it should be."""

    line = forms.CharField(max_length=48, widget=forms.HiddenInput)
    wanted = forms.CharField(label=gettext_lazy("What it should be"), max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Write no customer's name or number; a day and the time are enough to find it."),
    )  # fmt: skip


class DecisionForm(PlainForm):
    """What is decided about an appeal, and how it is put right."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Decision"), widget=forms.RadioSelect(attrs={"class": "ticks"}),
        choices=[(UPHOLD, gettext_lazy("The appeal is right")), (REFUSE, gettext_lazy("The line stands"))],
    )  # fmt: skip
    remedy = forms.ChoiceField(
        label=gettext_lazy("How it is put right"), required=False,
        choices=[
            (VALUE, gettext_lazy("A value given by people was wrong: the right one is below")),
            (INCIDENT, gettext_lazy("An incident does not count for this agent: its number is below")),
            (AMOUNT, gettext_lazy("The line gets this much more (less with a minus), in yuan")),
            (DATA, gettext_lazy("The data were wrong and have been corrected; they are computed again")),
        ],
        help_text=gettext_lazy("Only where the appeal is right. What is put right comes with the next draft."),
    )  # fmt: skip
    about = forms.ChoiceField(label=gettext_lazy("Which value or incident"), required=False)
    value = forms.DecimalField(
        label=gettext_lazy("The right value, or yuan"), required=False, max_digits=18, decimal_places=4
    )
    answer = forms.CharField(
        label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The agent reads this."),
    )  # fmt: skip

    def __init__(self, values: list[tuple[str, str]], incidents: list[tuple[str, str]], *args: object) -> None:
        super().__init__(*args)
        self.known = {VALUE: dict(values), INCIDENT: dict(incidents)}
        self.fields["about"].choices = [
            ("", "–"), (gettext_lazy("Values"), values), (gettext_lazy("Incidents"), incidents)
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Return the answers; each way of putting right needs its own."""
        asked = super().clean() or self.cleaned_data
        if asked.get("verdict") != UPHOLD:
            return asked
        remedy, about, value = asked.get("remedy"), asked.get("about"), asked.get("value")
        if not remedy:
            self.add_error("remedy", _("Say how it is put right."))
        if remedy in self.known and about not in self.known[remedy]:
            self.add_error("about", _("Choose which one."))
        if remedy in (VALUE, AMOUNT) and value is None and "value" not in self.errors:
            self.add_error("value", _("Write the number."))
        if remedy == AMOUNT and value is not None and (not value or value != round(value, 2)):
            self.add_error("value", _("Write yuan and fen, and not nothing."))
        return asked

    def decision(self) -> Decision:
        """Return what was decided."""
        asked = self.cleaned_data
        if asked["verdict"] != UPHOLD:
            return Decision(False, asked["answer"])
        remedy = asked["remedy"]
        about = asked["about"] if remedy in self.known else ""
        value: Decimal | None = asked["value"] if remedy in (VALUE, AMOUNT) else None
        return Decision(True, asked["answer"], remedy, about, value)
