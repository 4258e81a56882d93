"""One's own account: password, second step, recovery codes, language."""

from django import forms
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.site.account import totp
from xiaoer.site.account.sign_in import CodeField, wanted_place, wrong_code
from xiaoer.site.audit import REASONS, entries_about, note
from xiaoer.site.forms import PlainForm, check_password
from xiaoer.site.models import Person
from xiaoer.site.reader import COOKIE, COOKIE_SECONDS

SECRET = "second_step_secret"


class OwnPassword(forms.CharField):
    """The present password, asked again before something that an open screen should not allow."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Present password"), max_length=200, strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )  # fmt: skip


class AppCodeForm(PlainForm):
    """The first code of an app."""

    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=20, help_text=gettext_lazy("The six digits that the app shows now."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip


class AgainForm(PlainForm):
    """The present password alone."""

    present = OwnPassword()

    def __init__(self, person: Person, *args: object) -> None:
        self.person = person
        super().__init__(*args)

    def clean_present(self) -> str:
        """Return the password when it is right."""
        if not self.person.check_password(self.cleaned_data["present"]):
            raise forms.ValidationError(_("This is not your present password."))
        return str(self.cleaned_data["present"])


class OffForm(AgainForm):
    """The present password and a code: whoever finds an open screen has neither."""

    code = CodeField()


class PasswordForm(AgainForm):
    """The present password and a new one."""

    password = forms.CharField(
        label=gettext_lazy("New password"), max_length=200, strip=False,
        help_text=gettext_lazy("At least 10 signs, not only digits, and none that many people use."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """Return the answers; a new password that is easily guessed is refused."""
        cleaned = super().clean() or self.cleaned_data
        check_password(self, cleaned.get("password"), self.person)
        return cleaned


def me(request: HttpRequest) -> HttpResponse:
    """Show who one is here and what one may."""
    left = request.user.recovery_codes.filter(used_at=None).count()
    return render(request, "account/me.html", {"codes_left": left})


def password(request: HttpRequest) -> HttpResponse:
    """Change the password; every other session of the person ends."""
    form = PasswordForm(request.user, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            request.user.set_password(form.cleaned_data["password"])
            request.user.save(update_fields=["password"])
            note("password_changed", person=request.user, about=request.user)
        request.session.cycle_key()
        update_session_auth_hash(request, request.user)
        return render(request, "account/done.html", {"said": _("The password is changed. Other sessions have ended.")})
    return render(request, "account/password.html", {"form": form}, status=422 if form.errors else 200)


def second_step(request: HttpRequest) -> HttpResponse:
    """Turn the second step on: show the secret, take the first code, show the recovery codes once."""
    if request.user.has_second_step:
        return redirect("me")
    secret = request.session.setdefault(SECRET, totp.new_secret())
    form = AppCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        codes = totp.turn_on(request.user, secret, form.cleaned_data["code"].strip().replace(" ", ""))
        if codes is not None:
            request.session.pop(SECRET)
            request.session.cycle_key()
            return render(request, "account/codes.html", {"codes": codes})
        form.add_error("code", _("This code is wrong. Is the phone's clock right?"))
    shown = {"form": form, "secret": secret, "picture": totp.picture(secret, request.user.login)}
    return render(request, "account/second_step.html", shown, status=422 if form.errors else 200)


def second_step_off(request: HttpRequest) -> HttpResponse:
    """Turn the second step off, after the password and a code."""
    if not request.user.has_second_step:
        return redirect("me")
    form = OffForm(request.user, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        if totp.passes(request.user, form.cleaned_data["code"]):
            totp.turn_off(request.user)
            return render(request, "account/done.html", {"said": _("Signing in asks for the password alone now.")})
        form.add_error("code", wrong_code(request.user))
    return render(request, "account/second_step_off.html", {"form": form}, status=422 if form.errors else 200)


def second_step_was_reset(request: HttpRequest) -> HttpResponse:
    """Tell a person, once they are in again, that somebody reset their second step: who, when and why."""
    if request.user.second_step_reset_at is None:
        return redirect("me")
    wanted = wanted_place(request)
    if request.method == "POST":
        request.user.second_step_reset_at = None
        request.user.save(update_fields=["second_step_reset_at"])
        return redirect("second_step" if "again" in request.POST else wanted)
    entry = entries_about("second_step_reset", request.user).first()
    return render(request, "account/was_reset.html", {"entry": entry, "why": REASONS.get(entry.reason), "next": wanted})


def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, after the password."""
    if not request.user.has_second_step:
        return redirect("me")
    form = AgainForm(request.user, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        return render(request, "account/codes.html", {"codes": totp.new_codes(request.user)})
    return render(request, "account/recovery_codes.html", {"form": form}, status=422 if form.errors else 200)


def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's language, in the account where there is one, and go back to the page."""
    chosen = "en" if request.POST.get("language") == "en" else "zh"
    if request.user.is_authenticated and request.user.language != chosen:
        with transaction.atomic():
            request.user.language = chosen
            request.user.save(update_fields=["language"])
            note("language_chosen", person=request.user, details={"language": chosen})
    answer = redirect(wanted_place(request))
    answer.set_cookie(COOKIE, chosen, max_age=COOKIE_SECONDS, samesite="Lax", secure=request.is_secure(), httponly=True)
    return answer
