"""The first run: whoever has the token from the server's terminal makes the owner's account, once."""

import secrets
from threading import Lock

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.site.account.sign_in import BACKEND
from xiaoer.site.forms import PersonForm
from xiaoer.site.models import Person
from xiaoer.site.people.changes import make_owner

_ONE_AT_A_TIME = Lock()


class OwnerForm(PersonForm):
    """The owner, and the token that only the server's terminal told."""

    token = forms.CharField(
        label=gettext_lazy("First-run token"), max_length=100,
        help_text=gettext_lazy("The server wrote it into its terminal when it started."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    field_order = ("token", "name", "login", "password")

    def clean_token(self) -> str:
        """Return the token when it is the server's."""
        given, wanted = str(self.cleaned_data["token"]), str(settings.SITE.token)
        if not wanted or not secrets.compare_digest(given.encode(), wanted.encode()):
            raise forms.ValidationError(_("This is not the token in the server's terminal."))
        return given


def welcome(request: HttpRequest) -> HttpResponse:
    """Make the owner's account while there is nobody; afterwards this page leads to the front door."""
    with _ONE_AT_A_TIME:
        if Person.objects.exists():
            return redirect("home")
        form = OwnerForm(
            request.POST if request.method == "POST" else None, initial={"token": request.GET.get("token")}
        )
        if request.method == "POST" and form.is_valid():
            made = form.cleaned_data
            owner = make_owner(login=made["login"], name=made["name"], password=made["password"])
            login(request, owner, backend=BACKEND)
            return redirect("shops")
    return render(request, "pages/welcome.html", {"form": form}, status=422 if form.errors else 200)
