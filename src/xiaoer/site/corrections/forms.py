"""The forms of corrections: what was wrong, what is right, why."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.site.audit import WITHDRAWALS
from xiaoer.site.forms import PlainForm, day_field

ACCOUNT = {"list": "accounts", "autocomplete": "off"}


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Why"), max_length=200,
        help_text=gettext_lazy("It stands beside the figure for good, with your name. Write no customer's name in it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class KeepForm(PlainForm):
    """Why a filtered contact counts after all."""

    reason = _reason()


class OrderForm(PlainForm):
    """Who an order is credited to."""

    order_id = forms.CharField(label=gettext_lazy("Order number"), max_length=60)
    decision = forms.ChoiceField(
        label=gettext_lazy("What is right"),
        choices=[
            ("agent", gettext_lazy("It is somebody's: the account below")),
            ("nobody", gettext_lazy("It is nobody's")),
            ("test", gettext_lazy("It is a test order and counts nowhere")),
        ],
    )
    account = forms.CharField(
        label=gettext_lazy("Account"), max_length=120, required=False, widget=forms.TextInput(attrs=ACCOUNT)
    )
    reason = _reason()

    def clean(self) -> dict[str, Any]:
        """Return the answers; who an order is credited to must be named."""
        return _with_account(self, super().clean() or self.cleaned_data, "agent")


class ContactForm(PlainForm):
    """What a contact really was."""

    buyer = forms.CharField(
        label=gettext_lazy("Customer"), max_length=120, help_text=gettext_lazy("The whole name, as in the chat.")
    )
    agent = forms.CharField(
        label=gettext_lazy("Account of the chat"), max_length=120, widget=forms.TextInput(attrs=ACCOUNT)
    )
    day = day_field(gettext_lazy("Day"))
    decision = forms.ChoiceField(
        label=gettext_lazy("What is right"),
        choices=[
            ("spam", gettext_lazy("It is no reception: filter it")),
            ("keep", gettext_lazy("It counts, whatever the filters say")),
            ("other", gettext_lazy("Somebody else handled it: the account below")),
        ],
    )
    account = forms.CharField(
        label=gettext_lazy("Account"), max_length=120, required=False, widget=forms.TextInput(attrs=ACCOUNT)
    )
    reason = _reason()

    def clean(self) -> dict[str, Any]:
        """Return the answers; who really handled a contact must be named."""
        return _with_account(self, super().clean() or self.cleaned_data, "other")


class WithdrawForm(PlainForm):
    """Why a correction is taken back."""

    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=list(WITHDRAWALS.items()))


def _with_account(form: PlainForm, cleaned: dict[str, Any], decision: str) -> dict[str, Any]:
    if cleaned.get("decision") == decision and not cleaned.get("account"):
        form.add_error("account", ValidationError(_("Name the account.")))
    return cleaned
