"""The forms of rosters."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.plan_roster_tables import DAYS, heads_of
from xiaoer.base.language import Language
from xiaoer.site.forms import PlainForm, day_field

MOST_DAYS = 13 * 7
OFF = "-"  # a day off among shifts, which are never called so
TIMES = {"30": gettext_lazy("half a minute"), "60": gettext_lazy("1 minute"), "300": gettext_lazy("5 minutes"),
         "1800": gettext_lazy("half an hour")}  # fmt: skip
KINDS = {"chat": gettext_lazy("chats"), "call": gettext_lazy("calls")}


class NewForm(PlainForm):
    """The days of a new roster, and whom it is for."""

    first = day_field(gettext_lazy("First day"))
    last = day_field(gettext_lazy("Last day"))
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Groups"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"}),
        help_text=gettext_lazy("None ticked: everybody."),
    )  # fmt: skip

    def __init__(self, groups: Sequence[str], *args: Any, **more: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **more)
        if groups:
            self.fields["groups"].choices = [(one, one) for one in groups]
        else:
            del self.fields["groups"]

    def clean(self) -> dict[str, Any]:
        """Return the answers; days run forward, and not for longer than a quarter of a year."""
        asked = super().clean() or self.cleaned_data
        first, last = asked.get("first"), asked.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        elif first and last and (last - first).days >= MOST_DAYS:
            self.add_error("last", _("A roster has %(days)s days at most.") % {"days": MOST_DAYS})
        return asked


class MakeForm(PlainForm):
    """How long to look for a roster, or how many rounds."""

    seconds = forms.ChoiceField(
        label=gettext_lazy("At most"), choices=list(TIMES.items()), initial="60",
        help_text=gettext_lazy("The best so far can be taken any time; what is proven to be best ends it at once."),
    )  # fmt: skip
    rounds = forms.IntegerField(
        label=gettext_lazy("Rounds instead"), required=False, min_value=0, max_value=1000,
        help_text=gettext_lazy("The same tables, rounds and seed give the same roster every time."),
    )  # fmt: skip
    seed = forms.IntegerField(label=gettext_lazy("Seed"), min_value=0, max_value=1_000_000, initial=0)

    def asked(self) -> dict[str, Any]:
        """Return what the work is asked."""
        rounds = self.cleaned_data["rounds"]
        seconds = None if rounds is not None else int(self.cleaned_data["seconds"])
        return {"seconds": seconds, "rounds": rounds, "seed": self.cleaned_data["seed"]}


class NeedForm(PlainForm):
    """Which forecasts the need is taken from, and the skill that whoever serves each kind has."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Of"), choices=list(KINDS.items()), initial=["chat"],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"}),
        help_text=gettext_lazy("What has no forecast, such as after-sale work, is added with the workbook."),
    )  # fmt: skip
    interval = forms.ChoiceField(
        label=gettext_lazy("Every"), choices=[("30", gettext_lazy("half hour")), ("60", gettext_lazy("hour"))]
    )

    def __init__(self, skills: Sequence[str], *args: Any, **more: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **more)
        for kind, called in KINDS.items():
            self.fields[f"skill_{kind}"] = forms.ChoiceField(
                label=_("Who serves %(kind)s") % {"kind": called}, required=False,
                choices=[("", _("everybody")), *((one, one) for one in skills)],
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip
        self.order_fields(["kinds", *(f"skill_{kind}" for kind in KINDS)])

    def asked(self) -> dict[str, Any]:
        """Return what the work is asked: kinds with the skill of each, and the interval."""
        asked = self.cleaned_data
        return {"kinds": {kind: asked[f"skill_{kind}"] for kind in asked["kinds"]}, "interval": asked["interval"]}


class PublishForm(PlainForm):
    """What must be known when a roster that breaks rules is published."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    despite = forms.BooleanField(label=gettext_lazy("Publish it although it breaks rules"), required=False)

    def __init__(self, broken: int, *args: Any, **more: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **more)
        self.fields["despite"].required = bool(broken)
        if not broken:
            del self.fields["despite"]


class CellForm(PlainForm):
    """One day of one person: which shift, or whose day it is exchanged with."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    person = forms.ChoiceField(label=gettext_lazy("Person"))
    day = forms.ChoiceField(label=gettext_lazy("Day"))
    shift = forms.ChoiceField(label=gettext_lazy("Shift"))
    with_person = forms.ChoiceField(label=gettext_lazy("Exchange with"), required=False)
    with_day = forms.ChoiceField(label=gettext_lazy("On which day"), required=False)
    pin = forms.BooleanField(label=gettext_lazy("Keep it when the roster is made again"), required=False, initial=True)
    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=200, required=False,
        help_text=gettext_lazy("It is published: the agents see the change and why."),
    )  # fmt: skip

    def __init__(
        self, people: Sequence[str], days: Sequence[tuple[str, str]], shifts: Sequence[str], *args: Any,  # noqa: ANN401
        published: bool, **more: Any,  # noqa: ANN401 -- Django's signature
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        who = [(one, one) for one in people]
        self.fields["person"].choices, self.fields["day"].choices = who, list(days)
        self.fields["with_person"].choices = [("", "–"), *who]
        self.fields["with_day"].choices = [("", _("the same day")), *days]
        self.fields["shift"].choices = [(OFF, _("day off")), *((one, one) for one in shifts)]
        if published:
            del self.fields["pin"]
            self.fields["why"].required = True
        else:
            del self.fields["why"]

    @property
    def chosen(self) -> str:
        """Return the shift that was chosen; empty for a day off."""
        return "" if self.cleaned_data["shift"] == OFF else str(self.cleaned_data["shift"])

    @property
    def cells(self) -> tuple[tuple[str, str], tuple[str, str] | None]:
        """Return the cell, and the one that it is exchanged with; None for a shift of its own."""
        asked = self.cleaned_data
        cell = asked["person"], asked["day"]
        if not asked["with_person"]:
            return cell, None
        return cell, (asked["with_person"], asked["with_day"] or asked["day"])


class AbsenceForm(PlainForm):
    """Who falls out, and when."""

    person = forms.ChoiceField(label=gettext_lazy("Who"))
    first = day_field(gettext_lazy("From"))
    last = day_field(gettext_lazy("To"))

    def __init__(self, people: Sequence[str], days: tuple[date, date], *args: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self.fields["person"].choices = [(one, one) for one in people]
        self.days = days

    def clean(self) -> dict[str, Any]:
        """Return the answers; the days run forward, and some are of the roster."""
        asked = super().clean() or self.cleaned_data
        first, last = asked.get("first"), asked.get("last")
        if first and last and (last < first or last < self.days[0] or self.days[1] < first):
            self.add_error("last", _("Give days of this roster, the first before the last."))
        return asked

    def absent(self) -> list[date]:
        """Return the days of the roster on which they are away."""
        first, last = max(self.cleaned_data["first"], self.days[0]), min(self.cleaned_data["last"], self.days[1])
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]


class WishesOpenForm(PlainForm):
    """Until when agents can say what they wish for."""

    until = day_field(
        gettext_lazy("Agents can wish until"), required=False,
        help_text=gettext_lazy("Empty: they cannot, or no longer."),
    )  # fmt: skip


class TablesForm(PlainForm):
    """The tables as a workbook."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


def row_form(table: str, choices: Mapping[str, Sequence[str]], language: Language) -> type[PlainForm]:
    """Return the form of one row of a table: a field for each of its columns, with these choices by column."""
    fields: dict[str, Any] = {}
    for head in heads_of(table, language):
        known = choices.get(head.name) or head.choices
        if known:
            fields[head.name] = forms.ChoiceField(
                label=head.label, required=False, choices=[("", "–"), *((one, one) for one in known)]
            )
        else:
            attrs = {"type": "date"} if head.name in DAYS else {"autocomplete": "off"}
            fields[head.name] = forms.CharField(
                label=head.label, required=False, max_length=200, widget=forms.TextInput(attrs=dict(attrs))
            )
    return type("RowForm", (PlainForm,), fields)
