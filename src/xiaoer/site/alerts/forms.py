"""The forms of rules and addresses."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.metric_pages import list_metrics
from xiaoer.base.language import Language
from xiaoer.site.alerts import addresses
from xiaoer.site.alerts.kinds import DAILY, DIGEST, FAILED, KINDS, LIVE, LIVE_METRICS, MISSING, WAYS, WHOM
from xiaoer.site.forms import PlainForm
from xiaoer.site.models import AlertAddress
from xiaoer.site.pages.data_rows import data_rows

TIME = {"type": "time"}


class AddressForm(PlainForm):
    """Where messages go: what a service gives for its robot, or mail."""

    name = forms.CharField(label=gettext_lazy("Its name"), max_length=40, help_text=gettext_lazy("As leads choose it."))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(addresses.KINDS.items()))
    where = forms.CharField(
        label=gettext_lazy("Where to"), max_length=500,
        help_text=gettext_lazy("The robot's whole webhook address; of mail, whom it goes to."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    secret = forms.CharField(
        label=gettext_lazy("Secret"), max_length=200, required=False, strip=False,
        help_text=gettext_lazy("DingTalk: the signing secret (SEC…), if the robot has one. Mail: the password."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    server = forms.CharField(
        label=gettext_lazy("Mail server"), max_length=120, required=False,
        help_text=gettext_lazy("Only for mail: smtp.example.com:465, for example."),
    )  # fmt: skip
    user = forms.CharField(
        label=gettext_lazy("Mail user"), max_length=120, required=False,
        help_text=gettext_lazy("Only for mail: the mail address that sends."),
    )  # fmt: skip

    def given(self) -> addresses.Given:
        """Return what was typed."""
        asked = self.cleaned_data
        return addresses.Given(*(asked[name].strip() for name in ("kind", "where", "secret", "server", "user")))


class RuleForm(PlainForm):
    """What is worth a message."""

    what = forms.ChoiceField(label=gettext_lazy("What to watch"))
    way = forms.ChoiceField(label=gettext_lazy("Worth a message when it is"), choices=list(WAYS.items()))
    limit = forms.DecimalField(
        label=gettext_lazy("Limit"), required=False, max_digits=12, decimal_places=2,
        help_text=gettext_lazy("In the figure's unit: seconds, per cent, yuan or a count; hours without new data."),
    )  # fmt: skip
    whom = forms.ChoiceField(label=gettext_lazy("Of whom"), choices=list(WHOM.items()))
    only = forms.CharField(
        label=gettext_lazy("Only this agent or group"), max_length=60, required=False,
        help_text=gettext_lazy("The name as the table shows it; empty: each of them."),
    )  # fmt: skip
    addresses = forms.ModelMultipleChoiceField(
        label=gettext_lazy("To whom"), queryset=AlertAddress.objects.none(),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"}),
    )  # fmt: skip
    at = forms.TimeField(
        label=gettext_lazy("Time of the summary"), required=False, widget=forms.TimeInput(attrs=TIME),
        help_text=gettext_lazy("Only for the summary of the morning."),
    )  # fmt: skip
    quiet_from = forms.TimeField(
        label=gettext_lazy("Quiet from"), required=False, widget=forms.TimeInput(attrs=TIME),
        help_text=gettext_lazy("In quiet hours messages wait; what is over by their end is not told."),
    )  # fmt: skip
    quiet_to = forms.TimeField(
        label=gettext_lazy("Quiet to"), required=False, widget=forms.TimeInput(attrs=TIME)
    )  # fmt: skip

    def __init__(self, language: Language, *args: object) -> None:
        super().__init__(*args)
        metrics = data_rows(list_metrics(settings.SITE.home, language), "metrics")
        self.fields["what"].choices = [
            (KINDS[LIVE], [(f"{LIVE} {name}", one.label) for name, one in LIVE_METRICS.items()]),
            (KINDS[DAILY], [(f"{DAILY} {one['name']}", one["label"][language]) for one in metrics]),
            (gettext_lazy("something else"), [(kind, KINDS[kind]) for kind in (FAILED, MISSING, DIGEST)]),
        ]  # fmt: skip
        self.fields["addresses"].queryset = AlertAddress.objects.filter(ended_at=None)

    def clean(self) -> dict[str, Any]:
        """Return the answers; each kind of rule needs its own."""
        asked = super().clean() or self.cleaned_data
        kind, _space, metric = str(asked.get("what", "")).partition(" ")
        limit = asked.get("limit")
        if kind in (LIVE, DAILY, MISSING) and limit is None and "limit" not in self.errors:
            self.add_error("limit", _("This rule needs a limit."))
        if kind == MISSING and limit is not None and not 0 < limit <= 24 * 60:
            self.add_error("limit", _("Write how many hours, from 1 to 1440."))
        if kind == DIGEST and not asked.get("at") and "at" not in self.errors:
            self.add_error("at", _("Choose the time of the summary."))
        if bool(asked.get("quiet_from")) != bool(asked.get("quiet_to")):
            self.add_error("quiet_to", _("Quiet hours need a beginning and an end."))
        return asked

    def rule(self) -> dict[str, Any]:
        """Return the fields of the rule."""
        asked = dict(self.cleaned_data)
        kind, _space, metric = asked.pop("what").partition(" ")
        measured = kind in (LIVE, DAILY)
        limit = asked["limit"] if measured or kind == MISSING else None
        if limit is not None and is_share(kind, metric):
            limit = Decimal(limit) / 100
        way, whom = (asked["way"], asked["whom"]) if measured else ("", "shop")
        only = asked["only"].strip() if whom != "shop" else ""
        at = asked["at"] if kind == DIGEST else None
        return asked | {
            "kind": kind, "metric": metric, "limit": limit, "way": way, "whom": whom, "only": only, "at": at,
        }  # fmt: skip


def is_share(kind: str, metric: str) -> bool:
    """Return whether a figure is a share, typed in per cent."""
    return (kind == LIVE and LIVE_METRICS[metric].unit == "share") or (kind == DAILY and metric.endswith("_share"))
