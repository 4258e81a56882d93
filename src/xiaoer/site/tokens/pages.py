"""The page of tokens: which there are, a new one, and an end to one."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.plain_issue import say_plain
from xiaoer.site.forms import PlainForm, day_field
from xiaoer.site.journal.take_in import may_be_retried, retry
from xiaoer.site.models import ApiToken, Delivery, Shop
from xiaoer.site.tokens.changes import make_token, revoke_token
from xiaoer.site.tokens.scopes import SCOPES

DELIVERIES = 10
PROBLEMS = 3


class TokenForm(PlainForm):
    """What the token is for, what it may, where, and until when."""

    name = forms.CharField(
        label=gettext_lazy("Program"), max_length=60, help_text=gettext_lazy("Which program will use it.")
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"), choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"}),
    )  # fmt: skip
    shop = forms.ModelChoiceField(label=gettext_lazy("Shop"), queryset=Shop.objects.none(), required=False)
    last_day = day_field(
        gettext_lazy("Last day"), required=False,
        help_text=gettext_lazy("Empty: until it is revoked."),
    )  # fmt: skip

    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        self.fields["shop"].queryset = Shop.objects.all()
        self.fields["shop"].empty_label = _("Every shop")

    def clean_last_day(self) -> object:
        """Return the day; one that is over would make a token of no use."""
        day = self.cleaned_data["last_day"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return day


def tokens(request: HttpRequest) -> HttpResponse:
    """Show the tokens and how posted events come in; make a new one."""
    form = TokenForm(*([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        made, shown = make_token(
            asked["name"], asked["scopes"], shop=asked["shop"], last_day=asked["last_day"], by=request.user
        )
        address = request.build_absolute_uri(reverse("api_shops"))
        return render(request, "tokens/made.html", {"token": made, "shown": shown, "address": address})
    today = timezone.localdate()
    rows = [
        {"token": one, "scopes": [label for name, label in SCOPES.items() if name in one.scopes],
         "over": one.last_day is not None and one.last_day < today}
        for one in ApiToken.objects.select_related("shop")
    ]  # fmt: skip
    deliveries = [
        {"one": one, "again": may_be_retried(one, settings.SITE.home),
         "problems": [say_plain(problem, request.reads) for problem in one.problem[:PROBLEMS]]}
        for one in Delivery.objects.select_related("shop", "token")[:DELIVERIES]
    ]  # fmt: skip
    shown_page = {"form": form, "rows": rows, "deliveries": deliveries}
    return render(request, "tokens/tokens.html", shown_page, status=422 if form.errors else 200)


def token_revoke(request: HttpRequest, api_token: int) -> HttpResponse:
    """Revoke a token."""
    revoke_token(get_object_or_404(ApiToken, pk=api_token), by=request.user)
    return redirect("tokens")


def delivery_retry(request: HttpRequest, delivery: int) -> HttpResponse:
    """Try once more to take in what a program sent and could not be used."""
    retry(get_object_or_404(Delivery, pk=delivery), by=request.user)
    return redirect("tokens")
