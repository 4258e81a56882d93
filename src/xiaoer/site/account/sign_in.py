"""Signing in: login and password, then a code where the person wants one; signing out."""

from urllib.parse import urlencode

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.site.account import totp
from xiaoer.site.audit import note
from xiaoer.site.forms import PlainForm
from xiaoer.site.models import Person
from xiaoer.site.models.person import login_of
from xiaoer.site.settings import LOCKED_MINUTES

PENDING = "pending"  # who gave the right password and owes the code
PENDING_SECONDS = 300
BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInForm(PlainForm):
    """Login and password."""

    login = forms.CharField(
        label=gettext_lazy("Login"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )  # fmt: skip
    password = forms.CharField(
        label=gettext_lazy("Password"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


class CodeField(forms.CharField):
    """A code of the second step."""

    def __init__(self, **attrs: bool) -> None:
        super().__init__(
            label=gettext_lazy("Code"), max_length=20,
            help_text=gettext_lazy("Six digits from your app, or one of your recovery codes."),
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code", **attrs}),
        )  # fmt: skip


class CodeForm(PlainForm):
    """The code of the second step."""

    code = CodeField(autofocus=True)


def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for login and password; who is in already goes on."""
    wanted = wanted_place(request)
    if not Person.objects.exists():
        return redirect("welcome")
    if request.user.is_authenticated:
        return redirect(wanted)
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        person = authenticate(request, login=login_of(typed["login"]), password=typed["password"])
        if person is not None and person.has_second_step:
            request.session.cycle_key()
            request.session[PENDING] = [person.pk, timezone.now().timestamp()]
            return redirect(_with_next("sign_in_code", wanted))
        if person is not None:
            return _enter(request, person, wanted)
        if not getattr(request, "axes_locked_out", False):
            form.add_error(None, _("Login or password is wrong. Caps lock on, perhaps?"))
    answer = render(request, "account/sign_in.html", {"form": form, "next": wanted})
    answer.status_code = 200 if not form.errors else 422
    return answer


def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the second step."""
    wanted = wanted_place(request)
    person = _pending(request)
    if person is None:
        return redirect(_with_next("sign_in", wanted))
    if not totp.readable(person):
        return render(request, "account/code_unreadable.html", {"login": person.login}, status=409)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if totp.passes(person, form.cleaned_data["code"]):
            request.session.pop(PENDING)
            return _enter(request, person, wanted)
        form.add_error("code", wrong_code(person))
    answer = render(request, "account/code.html", {"form": form, "next": wanted})
    answer.status_code = 200 if not form.errors else 422
    return answer


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    note("signed_out", person=request.user)
    logout(request)
    return redirect("sign_in")


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """Say that there were too many wrong passwords, and how long to wait."""
    form = SignInForm(request.POST)
    form.full_clean()
    form.add_error(None, _too_many())
    return render(request, "account/sign_in.html", {"form": form, "next": wanted_place(request)}, status=429)


def wrong_code(person: Person) -> str:
    """Return what to say of a code that did not pass."""
    person.refresh_from_db()
    return _too_many() if totp.locked(person) else _("This code is wrong, or was used already.")


def _too_many() -> str:
    return _("Too many wrong tries. Wait %(minutes)d minutes, then try again.") % {"minutes": LOCKED_MINUTES}


def _enter(request: HttpRequest, person: Person, wanted: str) -> HttpResponse:
    login(request, person, backend=BACKEND)
    note("signed_in", person=person)
    return redirect(_with_next("second_step_was_reset", wanted) if person.second_step_reset_at else wanted)


def _pending(request: HttpRequest) -> Person | None:
    number, since = request.session.get(PENDING) or (None, 0)
    if timezone.now().timestamp() - since > PENDING_SECONDS:
        return None
    return Person.objects.filter(pk=number, is_active=True).exclude(totp_confirmed_at=None).first()


def wanted_place(request: HttpRequest) -> str:
    """Return where to go then: a place of this site, else the front page."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else "/"


def _with_next(name: str, wanted: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': wanted})}"
