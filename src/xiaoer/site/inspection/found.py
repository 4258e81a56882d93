"""The list of findings, and a conversation with what was found in it, reached from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from xiaoer.actions.inspect_conversation import InspectedConversation
from xiaoer.actions.inspect_decisions import Decision, FindingId
from xiaoer.actions.inspect_findings import FindingFilter, FindingShown, findings_of
from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.inspect_scorecard import item_labels
from xiaoer.actions.shops import accounts_known
from xiaoer.base.mask import masked_name
from xiaoer.site.audit import note
from xiaoer.site.inspection.card import VERDICTS, card_of, said_points
from xiaoer.site.inspection.changes import begin_review
from xiaoer.site.inspection.decisions import decisions_of, rows_held
from xiaoer.site.inspection.reading import AT_ONCE, reading_known
from xiaoer.site.inspection.tabs import tabs_of
from xiaoer.site.inspection.talk import asked_of, lines_of, talk_asked
from xiaoer.site.kept import kept
from xiaoer.site.models import Appeal, Review, Shop
from xiaoer.site.performance.chat import ASKED
from xiaoer.site.performance.state import LONGEST, state_of

ROWS = 50


@dataclass(frozen=True)
class Row:
    """One finding of the list."""

    finding: FindingShown
    agent: str
    buyer: str
    points: str
    verdict: str
    address: str


def inspection_findings(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the findings of some days, of one item or agent, customers masked."""
    state = state_of(request.GET, shop)
    days = state.days.period
    ask = InspectAsk(str(days.first), str(days.last), shop.name)
    if reading_known(ask).read > AT_ONCE:
        return redirect(f"{reverse('inspection', args=[shop.pk])}?{state.query()}")
    item, agent = (request.GET.get(name, "")[:LONGEST] for name in ("item", "agent"))
    shown = kept(accounts_known, shop.name)
    agent = agent if agent in shown else ""
    which = FindingFilter(agent=agent or None, item=item or None, fatal=request.GET.get("fatal") == "1")
    asked_page = request.GET.get("page", "1")
    number = int(asked_page) if asked_page.isdecimal() and len(asked_page) < 7 else 1
    page = kept(findings_of, ask, which, request.reads, start=max(0, number - 1) * ROWS, most=ROWS)
    leaf = Paginator(range(page.total), ROWS).get_page(number)
    if leaf.number != number and page.total:
        page = kept(findings_of, ask, which, request.reads, start=(leaf.number - 1) * ROWS, most=ROWS)
    decisions = decisions_of(shop, day__range=(days.first, days.last))
    labels = kept(item_labels, request.reads)
    may_read = request.viewer.may("read_chats", shop)
    return render(request, "inspection/findings.html", {
        "shop": shop, "state": state, "tabs": tabs_of(request, shop), "total": page.total,
        "said_total": f"{page.total:,}", "leaf": leaf,
        "rows": [_row(shop, one, decisions, shown, may_read=may_read) for one in page.findings],
        "item": item, "item_label": labels.get(item, item), "agent": agent, "agents": shown, "labels": labels,
        "fatal": which.fatal, "kept": state.hidden("period", "from", "to"), "may_read": may_read,
        "reason": page.findings[0].reason if item and page.findings else "",
    })  # fmt: skip


def _row(
    shop: Shop, one: FindingShown, decisions: Mapping[FindingId, Decision], shown: Mapping[str, str], *, may_read: bool
) -> Row:
    decision = decisions.get(one.id)
    asked = asked_of(shop, one.id.day, one.id.agent, one.id.buyer)
    address = f"{reverse('inspection_talk', args=[shop.pk])}?{urlencode(asked)}" if may_read else ""
    return Row(
        one, shown.get(one.id.agent, one.id.agent), masked_name(one.id.buyer), said_points(one.points),
        str(VERDICTS[decision.verdict]) if decision else "", address,
    )  # fmt: skip


def inspection_talk(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show a conversation with its findings and what was decided about them; the look is in the log."""
    asked = {name: request.GET.get(name, "")[:LONGEST] for name in ASKED}
    found = talk_asked(shop, asked, request.reads)
    details: dict[str, str | int | None] = {
        "list": "inspection", "agent": asked["who"], "day": asked["on"], "customer": asked["with"]
    }  # fmt: skip
    note("chat_read", person=request.user, shop=shop, details=details)
    blind = _judges_it(request, shop, found)
    rows = {} if blind else rows_held(shop, found)
    appeals = {} if blind else appeals_of(shop, found)
    return render(request, "inspection/talk.html", {
        "shop": shop, "tabs": tabs_of(request, shop), "found": found, "lines": lines_of(found), "blind": blind,
        "card": card_of(found, rows, request.reads, appeals), "buyer": masked_name(found.id.buyer),
        "agent": kept(accounts_known, shop.name).get(found.id.agent, found.id.agent), "question": urlencode(asked),
        "reviews": [] if blind else _reviews(shop, found), "may_judge": request.viewer.may("judge", shop),
        "of_customer": urlencode(asked),
    })  # fmt: skip


def inspection_judge(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Begin to judge a conversation of one's own choice."""
    asked = {name: request.GET.get(name, "")[:LONGEST] for name in ASKED}
    found = talk_asked(shop, asked, request.reads)
    return redirect("review", shop.pk, begin_review(shop, found, by=request.user).pk)


def appeals_of(shop: Shop, found: InspectedConversation) -> dict[str, Appeal]:
    """Return the last appeal of each item of a conversation."""
    made = Appeal.objects.filter(
        shop=shop, day=date.fromisoformat(found.id.day), agent=found.id.agent, buyer=found.id.buyer
    )
    return {one.item: one for one in made.order_by("id")}


def _judges_it(request: HttpRequest, shop: Shop, found: InspectedConversation) -> bool:
    """Return whether the reader is to judge it beside others, and so must not see what they decided."""
    own = Review.objects.filter(shop=shop, inspector=request.user, done_at=None, plan__readers__gt=1)
    return own.filter(
        day=date.fromisoformat(found.id.day), agent=found.id.agent, buyer=found.id.buyer, plan__ended_at=None
    ).exists()


def _reviews(shop: Shop, found: InspectedConversation) -> list[Review]:
    done = Review.objects.filter(shop=shop, done_at__isnull=False, counts=True, day=date.fromisoformat(found.id.day))
    return list(done.filter(agent=found.id.agent, buyer=found.id.buyer).select_related("inspector").order_by("done_at"))
