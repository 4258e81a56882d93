"""One's own inspection: what was found and judged, what is said about it; acknowledged, or appealed."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiaoer.actions.inspect_conversation import InspectedConversation
from xiaoer.actions.inspect_findings import FindingFilter, findings_of
from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.inspect_scorecard import item_labels
from xiaoer.actions.inspect_summary import decided_scores, inspection_summary
from xiaoer.base.days import Period, parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import say_issues
from xiaoer.base.mask import masked_name
from xiaoer.site.agents.own import days_of, own_of
from xiaoer.site.agents.own_behind import names_of_others
from xiaoer.site.audit import note
from xiaoer.site.forms import PlainForm
from xiaoer.site.inspection.appeals import EXPECTED, Objection, appeal, last_day_to_appeal, withdraw
from xiaoer.site.inspection.card import APPEALS, VERDICTS, Card, Entry, card_of, said_points
from xiaoer.site.inspection.changes import acknowledge
from xiaoer.site.inspection.decisions import decisions_of, rows_held
from xiaoer.site.inspection.found import appeals_of
from xiaoer.site.inspection.home import said_score
from xiaoer.site.inspection.reading import AT_ONCE, reading_known
from xiaoer.site.inspection.talk import Line, asked_of, lines_of, talk_asked
from xiaoer.site.kept import kept
from xiaoer.site.models import Account, Appeal, CoachingNote, Review, Shop
from xiaoer.site.pages.months import month_of
from xiaoer.site.performance.chat import ASKED
from xiaoer.site.performance.state import LONGEST

MOST = 100


class AppealForm(PlainForm):
    """What is wrong with a finding."""

    expected = forms.ChoiceField(
        label=gettext_lazy("What you expect"), choices=list(EXPECTED.items()),
        widget=forms.RadioSelect(attrs={"class": "ticks"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Somebody who did not judge this reads it and decides. Write no customer's name."),
    )  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One account of the reader in a month: its scores, what was judged, what was found, what was said."""

    account: Account
    days: Period
    read: bool
    conversations: int
    machine: str
    decided: str
    reviews: tuple[dict[str, Any], ...]
    findings: tuple[dict[str, Any], ...]
    more: int
    appeals: tuple[dict[str, Any], ...]
    notes: tuple[CoachingNote, ...]


def own_inspection(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show what inspection says of the reader's accounts in a month."""
    month = month_of(request.GET.get("month"), shop)
    accounts = list(request.user.accounts.filter(shop=shop))
    held = [(one, days) for one in accounts if (days := days_of(one, month.period)) is not None]
    parts = [_part(request, shop, one, days) for one, days in held]
    waiting = sum(not row["review"].acknowledged_at for part in parts for row in part.reviews)
    return render(request, "inspection/own.html", {
        "shop": shop, "month": month, "parts": parts, "bound": bool(accounts), "waiting": waiting,
    })  # fmt: skip


def own_inspection_talk(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show one of the reader's conversations with what was found in it; the look is in the log."""
    found, asked = _own_talk(request, shop)
    details: dict[str, str | int | None] = {
        "list": "own_inspection", "agent": asked["who"], "day": asked["on"], "customer": asked["with"]
    }  # fmt: skip
    note("chat_read", person=request.user, shop=shop, details=details)
    return _talk_page(request, shop, found, asked)


def own_acknowledge(request: HttpRequest, shop: Shop, feedback: int) -> HttpResponse:
    """Note that the reader has seen a review of a conversation of theirs."""
    found = get_object_or_404(Review, pk=feedback, shop=shop)
    own_of(request.user, shop, found.agent, Period(found.day, found.day))
    if found.done_at is None or not found.counts:
        raise ReportableError.of("site.not_own")
    acknowledge(found, by=request.user)
    return redirect(f"{reverse('own_inspection', args=[shop.pk])}?month={found.day:%Y-%m}")


def own_appeal(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Appeal a finding: what is expected, and why."""
    found, asked = _own_talk(request, shop)
    item = request.GET.get("item", "")[:LONGEST]
    form = AppealForm(*([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        given = Objection(item, form.cleaned_data["expected"], form.cleaned_data["reason"])
        try:
            appeal(found, shop, given, by=request.user)
            return redirect(f"{reverse('own_inspection_talk', args=[shop.pk])}?{urlencode(asked)}")
        except ReportableError as error:
            form.add_error(None, say_issues(error.issues, request.reads))
    rows = rows_held(shop, found)
    card = card_of(found, rows, request.reads)
    entry = next((one for one in (*card.found, *card.human, *card.added) if one.item == item), None)
    if entry is None:
        raise ReportableError.of("site.no_such_finding")
    return render(request, "inspection/own_appeal.html", {
        "shop": shop, "entry": entry, "form": form, "question": urlencode(asked),
        "last": last_day_to_appeal(shop, entry.decided.review if entry.decided else None),
    }, status=422 if form.errors else 200)  # fmt: skip


def own_appeal_withdraw(request: HttpRequest, shop: Shop, objection: int) -> HttpResponse:
    """Take an appeal of the reader's back."""
    found = get_object_or_404(Appeal, pk=objection, shop=shop)
    if found.raised_by_id != request.user.pk:
        raise ReportableError.of("site.not_own")
    withdraw(found, by=request.user)
    return redirect(f"{reverse('own_inspection', args=[shop.pk])}?month={found.day:%Y-%m}")


def _part(request: HttpRequest, shop: Shop, account: Account, days: Period) -> Part:
    ask = InspectAsk(str(days.first), str(days.last), shop.name)
    here = {"shop": shop, "agent": account.account, "day__range": (days.first, days.last)}
    reviews = Review.objects.filter(**here, done_at__isnull=False, counts=True).order_by("acknowledged_at", "-done_at")
    raised = Appeal.objects.filter(**here).order_by("-id")[:MOST]
    labels = kept(item_labels, request.reads)
    notes = CoachingNote.objects.filter(shop=shop, agent=account.account, shown=True)
    read = reading_known(ask).read <= AT_ONCE
    conversations, machine, decided = _scores(request, shop, account, ask) if read else (0, "–", "–")
    findings, more = _findings(request, shop, account, ask) if read else ((), 0)
    return Part(
        account, days, read, conversations, machine, decided,
        tuple({"review": one, "address": _address(shop, one)} for one in _unacknowledged_first(list(reviews[:MOST]))),
        findings, more,
        tuple({"appeal": one, "item": labels.get(one.item, one.item), "state": APPEALS[one.state],
               "address": _address(shop, one)} for one in raised),
        tuple(notes.filter(Q(done_at=None) | Q(at__date__gte=days.first))[:MOST]),
    )  # fmt: skip


def _unacknowledged_first(reviews: list[Review]) -> list[Review]:
    return sorted(reviews, key=lambda one: one.acknowledged_at is not None)


def _scores(request: HttpRequest, shop: Shop, account: Account, ask: InspectAsk) -> tuple[int, str, str]:
    summary = kept(inspection_summary, ask, request.reads)
    own = next((one for one in summary.agents if one.agent == account.account), None)
    if own is None:
        return 0, "–", "–"
    decisions = decisions_of(shop, agent=account.account, day__range=(ask.period.first, ask.period.last))
    changed = decided_scores(settings.SITE.home, ask, summary, decisions)
    score = changed.get(account.account, own.machine)
    return own.conversations, said_score(own.machine.value), said_score(score.value)


def _findings(
    request: HttpRequest, shop: Shop, account: Account, ask: InspectAsk
) -> tuple[tuple[dict[str, Any], ...], int]:
    page = kept(findings_of, ask, FindingFilter(agent=account.account), request.reads, most=MOST)
    decisions = decisions_of(shop, agent=account.account, day__range=(ask.period.first, ask.period.last))
    rows = []
    for one in page.findings:
        decision = decisions.get(one.id)
        asked = asked_of(shop, one.id.day, one.id.agent, one.id.buyer)
        rows.append({
            "finding": one, "buyer": masked_name(one.id.buyer), "points": said_points(one.points),
            "verdict": VERDICTS[decision.verdict] if decision else "",
            "address": f"{reverse('own_inspection_talk', args=[shop.pk])}?{urlencode(asked)}",
        })  # fmt: skip
    return tuple(rows), page.total - len(rows)


def _address(shop: Shop, one: Review | Appeal) -> str:
    asked = asked_of(shop, one.day, one.agent, one.buyer)
    return f"{reverse('own_inspection_talk', args=[shop.pk])}?{urlencode(asked)}"


def _own_talk(request: HttpRequest, shop: Shop) -> tuple[InspectedConversation, dict[str, str]]:
    asked = {name: request.GET.get(name, "")[:LONGEST] for name in ASKED}
    day = parse_day(asked["on"], name="on")
    own_of(request.user, shop, asked["who"], Period(day, day))
    return talk_asked(shop, asked, request.reads), asked


def _talk_page(request: HttpRequest, shop: Shop, found: InspectedConversation, asked: dict[str, str]) -> HttpResponse:
    rows = rows_held(shop, found)
    card = card_of(found, rows, request.reads, appeals_of(shop, found))
    reviews = Review.objects.filter(
        shop=shop, day=date.fromisoformat(found.id.day), agent=found.id.agent, buyer=found.id.buyer, counts=True,
        done_at__isnull=False,
    )  # fmt: skip
    return render(request, "inspection/own_talk.html", {
        "shop": shop, "found": found, "lines": without_colleagues(lines_of(found), shop, found.id.agent), "card": card,
        "entries": entries_of(card), "buyer": masked_name(found.id.buyer), "question": urlencode(asked),
        "reviews": list(reviews), "month": found.id.day[:7],
    })  # fmt: skip


def entries_of(card: Card) -> list[tuple[Entry, bool]]:
    """Return what takes or gives points, or did, and whether it can be appealed now."""
    human = [one for one in card.human if one.decided is not None and one.decided.verdict == "added"]
    every = [*card.found, *human, *card.added]
    return [(one, _appealable(one)) for one in every]


def _appealable(one: Entry) -> bool:
    stands = one.decided is None or one.decided.verdict != "refused"
    takes = one.fatal or one.points < 0 or (one.decided is not None and one.decided.verdict == "added")
    return stands and takes and (one.appeal is None or one.appeal.state == Appeal.State.WITHDRAWN)


def without_colleagues(lines: list[Line], shop: Shop, account: str) -> list[Line]:
    """Return the lines with colleagues' names covered, character by character, so that marks stay in their places."""
    names = names_of_others(shop, account)

    def plain(text: str) -> str:
        for name in names:
            text = text.replace(name, "*" * len(name))
        return text

    return [
        replace(line, pieces=tuple(replace(piece, text=plain(piece.text)) for piece in line.pieces)) for line in lines
    ]
