"""The pages of people: who is here, invitations, a person's roles and accounts."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.shops import accounts_known
from xiaoer.site.account import totp
from xiaoer.site.audit import RESETS
from xiaoer.site.forms import PlainForm, day_field
from xiaoer.site.kept import kept
from xiaoer.site.models import Account, Membership, Person, Shop
from xiaoer.site.people.changes import (
    LINK_DAYS,
    Invited,
    TakenError,
    bind_account,
    end_account,
    end_membership,
    invite,
    password_link,
)
from xiaoer.site.permissions import table
from xiaoer.site.viewer import Viewer


class InviteForm(PlainForm):
    """Whom to invite: a name, a role, and where."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=40)
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    shop = forms.ModelChoiceField(
        label=gettext_lazy("Shop"), queryset=Shop.objects.none(), required=False,
        help_text=gettext_lazy("An owner has every shop; everybody else one."),
    )  # fmt: skip
    group = forms.CharField(
        label=gettext_lazy("Group"), max_length=60, required=False,
        help_text=gettext_lazy("Only for somebody who should see one group of the shop. Empty: the whole shop."),
    )  # fmt: skip
    account = forms.CharField(
        label=gettext_lazy("Account"), max_length=120, required=False,
        help_text=gettext_lazy("For an agent: the account as it stands in the chats."),
        widget=forms.TextInput(attrs={"list": "accounts"}),
    )  # fmt: skip
    first_day = day_field(
        gettext_lazy("First day"), required=False,
        help_text=gettext_lazy("From which day the account is this person's."),
    )  # fmt: skip

    def __init__(self, viewer: Viewer, language: str, *args: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args)
        self.viewer = viewer
        shops = viewer.shops("manage_people")
        roles = {role for shop in shops for role in viewer.roles_to_invite(shop)} | (
            {"owner"} if viewer.is_owner else set()
        )
        self.fields["shop"].queryset = shops
        self.fields["shop"].empty_label = _("Choose a shop")
        self.initial.setdefault("shop", shops[0] if len(shops) == 1 else None)
        self.fields["role"].choices = [
            (name, role.label.in_language(language)) for name, role in table().roles.items() if name in roles
        ]
        self.initial.setdefault("role", "agent")

    def clean(self) -> dict[str, Any]:
        """Return the answers; a role must be the viewer's to give in that shop, an account needs its first day."""
        cleaned = super().clean() or self.cleaned_data
        role, shop = cleaned.get("role"), cleaned.get("shop")
        if role == "owner":
            cleaned["shop"] = None
        elif role and shop is None:
            self.add_error("shop", _("Choose the shop in which this person works."))
        elif role and role not in self.viewer.roles_to_invite(shop):
            self.add_error("role", _("This role is not yours to give in this shop."))
        if role != "agent":
            cleaned["account"], cleaned["first_day"] = "", None
        elif cleaned.get("account") and not cleaned.get("first_day"):
            self.add_error("first_day", _("Say from which day the account is this person's."))
        return cleaned


class AccountForm(PlainForm):
    """An account and its days."""

    shop = forms.ModelChoiceField(label=gettext_lazy("Shop"), queryset=Shop.objects.none())
    account = forms.CharField(
        label=gettext_lazy("Account"), max_length=120, widget=forms.TextInput(attrs={"list": "accounts"})
    )
    first_day = day_field(gettext_lazy("First day"))
    last_day = day_field(
        gettext_lazy("Last day"), required=False,
        help_text=gettext_lazy("Empty: until further notice."),
    )  # fmt: skip

    def __init__(self, shops: Any, *args: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args)
        self.fields["shop"].queryset = shops
        self.fields["shop"].empty_label = _("Choose a shop")
        self.initial.setdefault("shop", shops[0] if len(shops) == 1 else None)

    def clean(self) -> dict[str, Any]:
        """Return the answers; days run forward."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first."))
        return cleaned


class EndForm(PlainForm):
    """The last day of an account."""

    last_day = day_field(gettext_lazy("Last day"))


class ResetForm(PlainForm):
    """Why somebody's second step is reset."""

    reason = forms.ChoiceField(label=gettext_lazy("Why it is reset"), choices=list(RESETS.items()))


def people(request: HttpRequest) -> HttpResponse:
    """Show who is here, as far as they are the viewer's to manage."""
    viewer, reads = request.viewer, request.reads
    everybody = Person.objects.prefetch_related("memberships__shop", "accounts").order_by("name", "id")
    rows = [
        {"person": one, "roles": [_said(m, reads) for m in one.memberships.all() if m.ended_at is None],
         "accounts": [a for a in one.accounts.all() if a.last_day is None or a.last_day >= date.today()]}  # noqa: DTZ011 -- a local day
        for one in everybody
        if viewer.manages(one)
    ]  # fmt: skip
    return render(request, "people/people.html", {"rows": rows})


def invitation_new(request: HttpRequest) -> HttpResponse:
    """Make an invitation; its link is shown once."""
    viewer, reads = request.viewer, request.reads
    form = InviteForm(viewer, reads, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        invited = Invited(
            answers["role"], answers["shop"], answers["name"], group=answers["group"], account=answers["account"],
            first_day=answers["first_day"],
        )  # fmt: skip
        _made, token = invite(invited, by=request.user)
        return _link(request, answers["name"], reverse("invitation", args=[token]))
    shown = {"form": form, "accounts": _accounts(viewer)}
    return render(request, "people/invite.html", shown, status=422 if form.errors else 200)


def person(request: HttpRequest, person: Person) -> HttpResponse:
    """Show one person's roles and accounts."""
    reads = request.reads
    return _person(request, person, AccountForm(_shops(request, person)), reads)


def account_new(request: HttpRequest, person: Person) -> HttpResponse:
    """Bind an account to a person."""
    form = AccountForm(_shops(request, person), request.POST)
    if form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("first_day", "last_day")}
        try:
            bind_account(person, form.cleaned_data["shop"], form.cleaned_data["account"], by=request.user, **days)
        except TakenError:
            form.add_error("account", _("On one of these days this account is somebody's already."))
        else:
            return redirect("person", person.pk)
    return _person(request, person, form, request.reads)


def account_end(request: HttpRequest, person: Person, account: int) -> HttpResponse:
    """Let an account be the person's up to a day."""
    found = get_object_or_404(Account, pk=account, person=person)
    _mine(request, found.shop)
    form = EndForm(request.POST)
    if form.is_valid():
        end_account(found, last_day=form.cleaned_data["last_day"], by=request.user)
    return redirect("person", person.pk)


def membership_end(request: HttpRequest, person: Person, membership: int) -> HttpResponse:
    """End one role of a person; one's own stays, so that no shop is left without an owner by mistake."""
    found = get_object_or_404(Membership, pk=membership, person=person, ended_at=None)
    if person != request.user:
        end_membership(found, by=request.user)
    return redirect("people")


def password_link_new(request: HttpRequest, person: Person) -> HttpResponse:
    """Make a link by which the person chooses a new password; shown once."""
    token = password_link(person, by=request.user)
    return _link(request, person.name, reverse("invitation", args=[token]))


def second_step_reset(request: HttpRequest, person: Person) -> HttpResponse:
    """Reset the second step of somebody else, after a reason; of one's own it takes a code, on one's own page."""
    if person == request.user:
        return redirect("second_step_off")
    if not person.has_second_step:
        return redirect("person", person.pk)
    form = ResetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        totp.reset(person, by=request.user, reason=form.cleaned_data["reason"])
        return redirect("person", person.pk)
    shown = {"person": person, "form": form}
    return render(request, "people/second_step_reset.html", shown, status=422 if form.errors else 200)


def _person(request: HttpRequest, person: Person, form: AccountForm, reads: str) -> HttpResponse:
    running = person.memberships.filter(ended_at=None).select_related("shop")
    shown = {
        "person": person, "form": form, "accounts": _accounts(request.viewer),
        "memberships": [(one, _said(one, reads)) for one in running], "readable": totp.readable(person),
        "bound": person.accounts.filter(shop__in=_shops(request, person)).select_related("shop"),
    }  # fmt: skip
    return render(request, "people/person.html", shown, status=422 if form.errors else 200)


def _link(request: HttpRequest, name: str, address: str) -> HttpResponse:
    whole = f"{settings.SITE.addresses[0]}{address}" if settings.SITE.addresses else request.build_absolute_uri(address)
    return render(request, "people/link.html", {"name": name, "link": whole, "days": LINK_DAYS})


def _shops(request: HttpRequest, person: Person) -> Any:  # noqa: ANN401 -- a query set
    """Return the shops that the viewer manages and in which the person is an agent."""
    where = person.memberships.filter(ended_at=None, role="agent").values("shop")
    return request.viewer.shops("manage_people").filter(pk__in=where)


def _mine(request: HttpRequest, shop: Shop) -> None:
    if not request.viewer.may("manage_people", shop):
        raise Http404


def _accounts(viewer: Viewer) -> list[str]:
    """Return the accounts to choose from, of every shop that the viewer manages."""
    from xiaoer.actions.shops import known_shops

    known = set(known_shops(settings.SITE.home))
    shops = [shop.name for shop in viewer.shops("manage_people") if shop.name in known]
    return sorted({account for shop in shops for account in kept(accounts_known, shop)})


def _said(membership: Membership, reads: str) -> str:
    role = table().roles[membership.role].label.in_language(reads)
    where = [str(part) for part in (membership.shop, membership.group) if part]
    return " · ".join([role, *where])
