"""The page of a shop's settings: what holds since when; a new value, looked at before it is written."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.render.page import Page
from xiaoer.actions.settings import FIXED, check_new_value, set_setting, setting_labels, show_settings
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import say_issues
from xiaoer.site.audit import Details, note
from xiaoer.site.forms import PlainForm, day_field
from xiaoer.site.jobs.start import start
from xiaoer.site.jobs.watched import Watched, Way
from xiaoer.site.kept import kept
from xiaoer.site.models import Job, Shop
from xiaoer.site.pages.data_rows import data_rows
from xiaoer.site.pages.months import month_of

TARGETS = "target."


class SettingForm(PlainForm):
    """A new value from a day on."""

    name = forms.ChoiceField(label=gettext_lazy("Setting"))
    value = forms.CharField(label=gettext_lazy("Value"), max_length=2000, required=False)
    first = day_field(
        gettext_lazy("From which day"), required=False,
        help_text=gettext_lazy("Empty: for all days, past ones too."),
    )  # fmt: skip

    def __init__(self, labels: Mapping[str, str], *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        known = [(name, label) for name, label in labels.items() if name not in FIXED]
        self.fields["name"].choices = [
            (gettext_lazy("Settings"), [one for one in known if not one[0].startswith(TARGETS)]),
            (gettext_lazy("Targets"), [one for one in known if one[0].startswith(TARGETS)]),
        ]  # fmt: skip


def shop_settings(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the settings; look at what a new value would do, or write it."""
    month = month_of(None, shop)
    page = kept(show_settings, request.reads, shop=shop.name)
    rows = data_rows(page, "settings")
    labels = labels_of(page)
    posted = request.POST if request.method == "POST" else None
    given = {name: request.GET.get(name, "") for name in ("name", "value", "first")}
    form = SettingForm(labels, posted, initial=given)
    if posted is not None and form.is_valid():
        asked = {**form.cleaned_data, "first": str(form.cleaned_data["first"] or "") or None}
        try:
            check_new_value(settings.SITE.home, asked["name"], asked["value"])
            if request.POST.get("do") == "write":
                _written(request, shop, asked)
                return redirect("shop_settings", shop.pk)
            days = [str(month.period.first), str(month.period.last)]
            job = start("preview", by=request.user, shop=shop, asked={**asked, "days": days})
            return redirect("setting_preview", shop.pk, job.pk)
        except ReportableError as error:
            form.add_error("value", say_issues(error.issues, request.reads))
    grouped = [
        (name, labels.get(name, name), list(values)) for name, values in groupby(rows, key=lambda row: row["name"])
    ]
    shown = {"shop": shop, "form": form, "settings": grouped, "month": month}
    return render(request, "shop_settings/settings.html", shown, status=422 if form.errors else 200)


def labels_of(page: Page) -> Mapping[str, str]:
    """Return how each setting is called."""
    labels = page.data["labels"]
    assert isinstance(labels, dict)
    return labels


def _written(request: HttpRequest, shop: Shop, asked: dict[str, str]) -> None:
    with transaction.atomic():
        details: Details = {"setting": asked["name"], "from": asked["first"]}
        note("setting_changed", person=request.user, shop=shop, details=details)
        set_setting(settings.SITE.home, asked["name"], asked["value"], shop=shop.name, first=asked["first"])


def _preview(request: HttpRequest, job: Job) -> dict[str, Any]:
    came, asked, reads = job.came, job.asked, request.reads
    assert job.shop is not None
    label = setting_labels(settings.SITE.home, reads).get(asked["name"], asked["name"])
    rows = [
        (row["agent"], [(*cell[reads], cell["changed"]) for cell in row["cells"]])
        for row in came.get("rows", [])
        if any(cell["changed"] for cell in row["cells"])
    ]
    since = f"{_('From which day')} {asked['first']}" if asked.get("first") else ""
    about = [job.shop.name, " – ".join(asked["days"]), f"{label} = {asked.get('value') or '–'}", since]
    return {
        "heading": _("What it would do"), "about": " · ".join(one for one in about if one), "rows": rows,
        "columns": [one["label"][reads] for one in came.get("columns", [])],
        "total": [(*cell[reads], cell["changed"]) for cell in came.get("total", [])],
        "back": Way(reverse("shop_settings", args=[job.shop.pk]), _("Settings")),
    }  # fmt: skip


SETTING_PREVIEW = Watched(
    "preview", "setting_preview", _preview, template="shop_settings/preview.html",
    stopped=gettext_lazy("You stopped it. Nothing was written. Ask again whenever you like."),
)  # fmt: skip
