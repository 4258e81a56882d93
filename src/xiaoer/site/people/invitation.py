"""The page behind a link: join, or choose a new password."""

from django import forms
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from xiaoer.site.account.sign_in import BACKEND
from xiaoer.site.forms import PersonForm, PlainForm, check_password
from xiaoer.site.models import Invitation, Person
from xiaoer.site.people.changes import invitation_of, join, renew_password
from xiaoer.site.permissions import table


class RenewForm(PlainForm):
    """A new password."""

    password = forms.CharField(
        label=gettext_lazy("New password"), max_length=200, strip=False,
        help_text=gettext_lazy("At least 10 signs, not only digits, and none that many people use."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, person: Person, *args: object) -> None:
        self.person = person
        super().__init__(*args)

    def clean(self) -> dict[str, object]:
        """Return the answers; a password that is easily guessed is refused."""
        cleaned = super().clean() or self.cleaned_data
        check_password(self, cleaned.get("password"), self.person)
        return cleaned


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody in by a link that works; who has the link needs nothing else."""
    found = invitation_of(token)
    if found is None:
        return render(request, "people/link_over.html", status=404)
    return _renew(request, token, found.person) if found.person is not None else _join(request, token, found)


def _join(request: HttpRequest, token: str, found: Invitation) -> HttpResponse:
    form = PersonForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        person = join(token, login=answers["login"], name=answers["name"], password=answers["password"])
        if person is None:
            return render(request, "people/link_over.html", status=404)
        login(request, person, backend=BACKEND)
        return redirect("home")
    role = table().roles[found.role]
    reads = request.reads
    shown = {
        "form": form, "role": role.label.in_language(reads), "why": role.why.in_language(reads), "shop": found.shop,
        "by": found.invited_by,
    }  # fmt: skip
    return render(request, "people/join.html", shown, status=422 if form.errors else 200)


def _renew(request: HttpRequest, token: str, person: Person) -> HttpResponse:
    form = RenewForm(person, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        renewed = renew_password(token, password=form.cleaned_data["password"])
        return redirect("sign_in") if renewed else render(request, "people/link_over.html", status=404)
    return render(request, "people/renew.html", {"form": form, "person": person}, status=422 if form.errors else 200)
