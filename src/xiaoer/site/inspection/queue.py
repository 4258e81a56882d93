"""What waits for one inspector, and the scorecard of one conversation, judged without taking the hand off the keys."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiaoer.actions.inspect_conversation import InspectedConversation
from xiaoer.actions.inspect_scorecard import item_labels, root_causes
from xiaoer.actions.shops import accounts_known
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language, say_issues
from xiaoer.base.mask import masked_name
from xiaoer.site.audit import note
from xiaoer.site.inspection.card import REASONS, Card, card_of
from xiaoer.site.inspection.changes import Judgement, finish, judge
from xiaoer.site.inspection.decisions import latest
from xiaoer.site.inspection.forms import CommentForm
from xiaoer.site.inspection.tabs import tabs_of, waiting_of
from xiaoer.site.inspection.talk import asked_of, lines_of, talk_of
from xiaoer.site.kept import kept
from xiaoer.site.models import Review, Shop
from xiaoer.site.performance.chat import customer_digest

SHOWN = 100
LATELY = timedelta(days=7)


def inspection_queue(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show what waits for the reader, and what they did lately."""
    waiting = waiting_of(request, shop)
    number = waiting.count()
    since = timezone.now() - LATELY
    done = Review.objects.filter(shop=shop, inspector=request.user, done_at__gt=since).order_by("-done_at")[:SHOWN]
    shown = kept(accounts_known, shop.name)
    title = ngettext("%(number)s conversation waits for you", "%(number)s conversations wait for you", number)
    return render(request, "inspection/queue.html", {
        "shop": shop, "tabs": tabs_of(request, shop), "number": number,
        "title": title % {"number": number} if number else _("Nothing waits for you"),
        "waiting": [_row(one, shown) for one in waiting[:SHOWN]], "done": [_row(one, shown) for one in done],
        "may_plan": request.viewer.may("plan_inspection", shop),
    })  # fmt: skip


def review(request: HttpRequest, shop: Shop, review: int) -> HttpResponse:
    """Show a conversation beside its scorecard, to whom it was given; the look is in the log."""
    found = _own(request, shop, review)
    details: dict[str, str | int | None] = {
        "list": "review", "agent": found.agent, "day": str(found.day), "customer": customer_digest(shop, found.buyer)
    }  # fmt: skip
    note("chat_read", person=request.user, shop=shop, about=found, details=details)
    return _page(request, found, "inspection/review.html", CommentForm())


def review_judge(request: HttpRequest, shop: Shop, review: int) -> HttpResponse:
    """Write what was decided about one item, and show the scorecard with the score that follows."""
    found = _own(request, shop, review)
    talk = talk_of(shop, found, request.reads)
    problem = ""
    try:
        given = judgement_of(request, talk, request.reads)
        if given is None:
            problem = _("Say why it does not stand.")
        else:
            judge(found, given)
    except ReportableError as error:
        problem = say_issues(error.issues, request.reads)
    if not request.headers.get("HX-Request") and not problem:
        return redirect(f"{reverse('review', args=[shop.pk, found.pk])}#card")
    part = request.headers.get("HX-Request")
    template = "inspection/card.html" if part else "inspection/review.html"
    return _page(request, found, template, CommentForm(), problem=problem, status=200 if part or not problem else 422)


def review_done(request: HttpRequest, shop: Shop, review: int) -> HttpResponse:
    """Close the review with its scores, and go on to the next."""
    found = _own(request, shop, review)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, found, "inspection/review.html", form, status=422)
    finish(found, talk_of(shop, found, request.reads), form.cleaned_data["comment"], request.reads)
    after = waiting_of(request, shop).filter(plan=found.plan).first() if found.plan else None
    following = after or waiting_of(request, shop).first()
    return redirect("review", shop.pk, following.pk) if following else redirect("inspection_queue", shop.pk)


def judgement_of(request: HttpRequest, talk: InspectedConversation, language: Language) -> Judgement | None:
    """Return what a form decides; None where a refusal lacks its reason; a ReportableError for an item that is none.

    What a machine found is accepted or refused; of an item that only people judge, a fault is added, and none refused.
    """
    item, verdict = request.POST.get("item", ""), request.POST.get("verdict", "")
    card = card_of(talk, {}, language)
    machine, human = {one.item for one in card.found}, {one.item for one in card.human}
    cause = request.POST.get("cause", "")
    cause = (
        cause
        if cause in {name for _group, each in root_causes(settings.SITE.home, language) for name, _ in each}
        else ""
    )
    if item in machine and verdict in ("accepted", "refused"):
        reason = request.POST.get("reason", "")
        if verdict == "refused" and reason not in REASONS:
            return None
        return Judgement(item, verdict, reason if verdict == "refused" else "", cause if verdict == "accepted" else "")
    if item in human and verdict in ("fault", "fine"):
        return Judgement(item, "added" if verdict == "fault" else "refused", cause=cause if verdict == "fault" else "")
    if item in kept(item_labels, language) and item not in machine and verdict in ("fault", "fine"):
        return Judgement(item, "added" if verdict == "fault" else "refused", cause=cause)
    raise ReportableError.of("site.no_such_finding")


def _own(request: HttpRequest, shop: Shop, number: int) -> Review:
    found: Review = get_object_or_404(Review.objects.select_related("plan", "shop"), pk=number, shop=shop)
    if found.inspector_id != request.user.pk:
        raise ReportableError.of("site.not_your_review")
    return found


def _row(one: Review, shown: dict[str, str]) -> dict[str, Any]:
    return {"review": one, "agent": shown.get(one.agent, one.agent), "buyer": masked_name(one.buyer)}


def _page(
    request: HttpRequest, found: Review, template: str, form: CommentForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    talk = talk_of(found.shop, found, request.reads)
    card: Card = card_of(talk, latest(found.decisions.order_by("id")), request.reads)
    named = {one.item for one in (*card.found, *card.human, *card.added)}
    return render(request, template, {
        "shop": found.shop, "tabs": tabs_of(request, found.shop), "review": found, "card": card, "form": form,
        "lines": lines_of(talk), "buyer": masked_name(found.buyer), "problem": problem,
        "agent": kept(accounts_known, found.shop.name).get(found.agent, found.agent),
        "reasons": list(REASONS.items()), "causes": root_causes(settings.SITE.home, request.reads),
        "missed": [(name, label) for name, label in kept(item_labels, request.reads).items() if name not in named],
        "of_customer": urlencode(asked_of(found.shop, found.day, found.agent, found.buyer)),
        "left": waiting_of(request, found.shop).exclude(pk=found.pk).count(),
    }, status=status)  # fmt: skip
