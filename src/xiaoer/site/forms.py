"""Forms look and speak alike: Tabler's classes, plain labels, hints below, problems tied to their fields."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.site.models import Person
from xiaoer.site.models.person import login_of

CLASSES = {"Select": "form-select", "CheckboxInput": "form-check-input"}


class PlainForm(forms.Form):
    """A form whose widgets have the classes of the style sheet and say where their hint and problem stand."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, label_suffix="", **options)
        for name, field in self.fields.items():
            widget = field.widget
            widget.attrs.setdefault("class", CLASSES.get(type(widget).__name__, "form-control"))
            if field.help_text:
                widget.attrs["aria-describedby"] = f"hint_{name}"

    def add_error(self, field: str | None, error: Any) -> None:  # noqa: ANN401 -- Django's signature
        """Add a problem, and tie the field to the place where it is said."""
        super().add_error(field, error)
        if field is not None:
            attrs = self.fields[field].widget.attrs
            attrs |= {"aria-invalid": "true", "aria-describedby": f"problem_{field}"}
            attrs["class"] = f"{attrs['class'].removesuffix(' is-invalid')} is-invalid"


def day_field(label: Any, **more: Any) -> forms.DateField:  # noqa: ANN401 -- a text that waits for its language
    """Return a field for a day, as browsers ask for one."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"), **more
    )


class LoginField(forms.CharField):
    """A login that nobody has yet, in the form it is kept in."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Login"), max_length=60, min_length=2,
            help_text=gettext_lazy("What you type to sign in: a short name, a mail address or a phone number."),
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        )  # fmt: skip

    def clean(self, value: str) -> str:
        """Return the login; a problem when somebody has it."""
        login = login_of(super().clean(value))
        if Person.objects.filter(login=login).exists():
            raise ValidationError(_("Somebody has this login already. Choose another."))
        return login


class PersonForm(PlainForm):
    """Who somebody is: login, name, a password of their own."""

    login = LoginField()
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=40, help_text=gettext_lazy("How others see you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    password = forms.CharField(
        label=gettext_lazy("Password"), max_length=200, strip=False,
        help_text=gettext_lazy("At least 10 signs, not only digits, and none that many people use."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    field_order: tuple[str, ...] = ("name", "login", "password")

    def clean(self) -> dict[str, Any]:
        """Return the answers; a password that is easily guessed is refused."""
        cleaned = super().clean() or self.cleaned_data
        check_password(
            self, cleaned.get("password"), Person(login=cleaned.get("login", ""), name=cleaned.get("name", ""))
        )
        return cleaned


def check_password(form: PlainForm, password: str | None, person: Person) -> None:
    """Add to the form what is wrong with a new password."""
    if not password:
        return
    try:
        password_validation.validate_password(password, person)
    except ValidationError as problem:
        form.add_error("password", problem)
