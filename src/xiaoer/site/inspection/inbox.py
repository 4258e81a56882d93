"""The inbox of appeals for who decides, and one appeal beside its conversation."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiaoer.actions.inspect_scorecard import item_labels
from xiaoer.actions.shops import accounts_known
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import say_issues
from xiaoer.base.mask import masked_name
from xiaoer.site.audit import note
from xiaoer.site.forms import PlainForm
from xiaoer.site.inspection.appeals import EXPECTED, Answer, decide, may_not_decide, today_of, worth_of
from xiaoer.site.inspection.card import APPEALS, card_of
from xiaoer.site.inspection.decisions import rows_held
from xiaoer.site.inspection.tabs import tabs_of
from xiaoer.site.inspection.talk import lines_of, talk_of
from xiaoer.site.kept import kept
from xiaoer.site.models import Appeal, Shop
from xiaoer.site.performance.chat import customer_digest

SHOWN = 100


class AnswerForm(PlainForm):
    """What becomes of an appeal."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"), widget=forms.RadioSelect(attrs={"class": "ticks"}),
        choices=[
            ("nothing", gettext_lazy("Upheld: it does not count")),
            ("less", gettext_lazy("Upheld in part: it counts for the points below")),
            ("refused", gettext_lazy("Refused: it stays as it is")),
        ],
    )  # fmt: skip
    points = forms.DecimalField(
        label=gettext_lazy("Points"), required=False, max_digits=5, decimal_places=1, min_value=-100, max_value=0,
        help_text=gettext_lazy("Only when it counts for less: 0 or below, such as -2."),
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Why, for the agent to read"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Write no customer's name."),
    )  # fmt: skip

    def __init__(self, worth: Decimal | None, *args: object) -> None:
        super().__init__(*args)
        self._worth = worth

    def clean(self) -> dict[str, Any]:
        """Return the answers; a part needs its points, fewer than it takes now."""
        asked = super().clean() or self.cleaned_data
        if asked.get("decision") == "less" and "points" not in self.errors:
            points = asked.get("points")
            if points is None:
                self.add_error("points", ValidationError(_("Say for how many points it counts.")))
            elif self._worth is not None and points <= self._worth:
                self.add_error("points", ValidationError(_("That is not less than it takes now.")))
        return asked

    def answer(self) -> Answer:
        """Return what was decided."""
        read = self.cleaned_data
        points = read["points"] if read["decision"] == "less" else None
        return Answer(read["decision"] != "refused", read["words"], points)


def appeals(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the appeals that wait, the soonest due first, and what was decided."""
    every = Appeal.objects.filter(shop=shop).select_related("raised_by", "decided_by")
    waiting = [_row(request, one) for one in every.filter(state=Appeal.State.OPEN)]
    decided = every.exclude(state=Appeal.State.OPEN).order_by("-decided_at")[:SHOWN]
    number = len(waiting)
    title = ngettext("%(number)s appeal waits for an answer", "%(number)s appeals wait for an answer", number)
    return render(request, "inspection/appeals.html", {
        "shop": shop, "tabs": tabs_of(request, shop), "waiting": waiting,
        "title": title % {"number": number} if number else _("No appeal waits for an answer"),
        "decided": [_row(request, one) for one in decided],
    })  # fmt: skip


def appeal_decide(request: HttpRequest, shop: Shop, appeal: int) -> HttpResponse:
    """Show one appeal beside its conversation, and decide it."""
    found = get_object_or_404(Appeal.objects.select_related("shop", "raised_by", "review"), pk=appeal, shop=shop)
    talk = talk_of(shop, found, request.reads)
    rows = rows_held(shop, talk)
    posted = [request.POST] if request.method == "POST" else []
    form = AnswerForm(worth_of(talk, found.item, rows.get(found.item)), *posted)
    if request.method == "POST" and form.is_valid():
        try:
            decide(found, talk, form.answer(), by=request.user)
            return redirect("appeal_decide", shop.pk, found.pk)
        except ReportableError as error:
            form.add_error(None, say_issues(error.issues, request.reads))
    if request.method == "GET":
        details: dict[str, str | int | None] = {
            "list": "appeals", "agent": found.agent, "day": str(found.day),
            "customer": customer_digest(shop, found.buyer),
        }  # fmt: skip
        note("chat_read", person=request.user, shop=shop, about=found, details=details)
    card = card_of(talk, rows, request.reads)
    return render(request, "inspection/appeal.html", {
        "shop": shop, "tabs": tabs_of(request, shop), **_row(request, found), "form": form, "card": card,
        "lines": lines_of(talk), "mine": may_not_decide(found, request.user),
        "entry": next((one for one in (*card.found, *card.human, *card.added) if one.item == found.item), None),
    }, status=422 if form.errors else 200)  # fmt: skip


def _row(request: HttpRequest, one: Appeal) -> dict[str, Any]:
    item = kept(item_labels, request.reads).get(one.item, one.item)
    return {
        "appeal": one, "item": item, "agent": kept(accounts_known, one.shop.name).get(one.agent, one.agent),
        "buyer": masked_name(one.buyer), "state": APPEALS[one.state], "expected": EXPECTED[one.expected],
        "overdue": one.state == Appeal.State.OPEN and today_of(one.shop) > one.answer_by,
    }  # fmt: skip
