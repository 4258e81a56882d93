"""One conversation drawn as a chat, with what counts of it: sessions, waits, orders and whose they are.

Every look is in the log. The address names the customer by a digest: no name stands in a browser's history.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.conversation import Conversation, ConversationAsk, Order, Said, Session, conversation, customers_of
from xiaoer.actions.render.cell_text import cell_text, seconds_text
from xiaoer.actions.render.page import Kind
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.mask import masked_name, masked_words
from xiaoer.site.audit import digest_of, note
from xiaoer.site.kept import kept, kept_large
from xiaoer.site.models import Shop
from xiaoer.site.pages.filtered import ReasonForm
from xiaoer.site.performance.doors import ASKED as OF_FIGURE
from xiaoer.site.performance.state import LONGEST, State, state_of

ASKED = ("who", "on", "with")
LISTS = ("lost", "assists", "waits_list")  # pages that lead here and have the chat's `list` as their name
KINDS = {
    "image": gettext_lazy("picture"), "emoji": gettext_lazy("emoji"), "product_card": gettext_lazy("product card"),
    "order_card": gettext_lazy("order card"), "recall": gettext_lazy("taken back"),
    "transfer": gettext_lazy("handed over"), "rating_invite": gettext_lazy("asked for a rating"),
    "system": gettext_lazy("system"),
}  # fmt: skip
SENDERS = {
    "buyer": gettext_lazy("Customer"), "agent": gettext_lazy("Agent"), "robot": gettext_lazy("Robot"),
    "system": gettext_lazy("System"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of the chat: a message with what counts of it, or an order."""

    at: datetime
    side: str
    who: str
    text: str
    notes: tuple[str, ...] = ()
    slow: bool = False


@dataclass(frozen=True)
class Part:
    """One session: what is said of it, and its lines."""

    title: str
    lines: tuple[Line, ...]


def customer_digest(shop: Shop, buyer: str) -> str:
    """Return what stands for a customer of a shop in an address."""
    return digest_of(f"customer {shop.pk} {buyer}")


def chat(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show a conversation, names and numbers masked; the look is in the log."""
    return _shown(request, shop, whole=False)


def chat_whole(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show it with names and numbers, once, after a reason; the look and the reason are in the log."""
    return _shown(request, shop, whole=True)


def _shown(request: HttpRequest, shop: Shop, *, whole: bool) -> HttpResponse:
    asked = {name: request.GET.get(name, "")[:LONGEST] for name in ASKED}
    state = state_of(request.GET, shop)
    found = conversation_of(shop, asked, request.reads, policy=request.GET.get("policy") or None, state=state)
    form = ReasonForm(request.POST if whole else None)
    seen = whole and form.is_valid()
    note(
        "customers_seen" if seen else "chat_read", person=request.user, shop=shop,
        reason=form.cleaned_data["reason"] if seen else "",
        details={"list": "chat", "agent": asked["who"], "day": asked["on"], "customer": asked["with"]},
    )  # fmt: skip
    if not seen:
        found = masked(found)
    of_figure = {name: request.GET.get(name, "")[:LONGEST] for name in OF_FIGURE}
    back = _back(request, shop, of_figure, state)
    return render(request, "performance/chat.html", {
        "shop": shop, "found": found, "parts": list(parts_of(found, request.reads)), "form": form, "seen": seen,
        "orders": found.orders, "may_see": request.viewer.may("see_customers", shop),
        "back": back, "of_list": bool(back) and not of_figure["figure"],
        "question": request.GET.urlencode(), "note_at": _incident_of(request, shop, asked),
    }, status=422 if form.errors else 200)  # fmt: skip


def _incident_of(request: HttpRequest, shop: Shop, asked: dict[str, str]) -> str:
    """Return where an error seen in this conversation is written down; empty for who may not."""
    if not request.viewer.may("note_incidents", shop):
        return ""
    door = f"{reverse('chat', args=[shop.pk])}?{urlencode(asked)}"
    given = {"day": asked["on"], "door": door, "parts": asked["who"]}
    return f"{reverse('incidents', args=[shop.pk])}?{urlencode(given)}"


def _back(request: HttpRequest, shop: Shop, of_figure: dict[str, str], state: State | None) -> str:
    """Return where the reader came from: the figure, or the list, that leads here; empty for neither."""
    if state is None:
        return ""
    if of_figure["figure"]:
        return f"{reverse('explain', args=[shop.pk])}?{state.query(**of_figure)}"
    came_from = request.GET.get("list", "")
    return f"{reverse(came_from, args=[shop.pk])}?{state.query()}" if came_from in LISTS else ""


def conversation_of(
    shop: Shop, asked: dict[str, str], language: Language, *, policy: str | None = None, state: State | None = None
) -> Conversation:
    """Return the conversation that an address asks for, told in the days of `state`; a ReportableError without one."""
    if not all(asked.values()):
        raise ReportableError.of("site.no_chat")
    buyers = kept(customers_of, shop.name, asked["who"], asked["on"])
    buyer = next((one for one in buyers if customer_digest(shop, one) == asked["with"]), None)
    if buyer is None:
        raise ReportableError.of("site.no_chat")
    period = state.days.period if state else None
    ask = ConversationAsk(shop.name, asked["who"], asked["on"], buyer, policy, period)
    return kept_large(conversation, ask, language)


def masked(found: Conversation) -> Conversation:
    """Return the conversation with the customer's name, and what may be a number of theirs, masked."""

    def plain(said: tuple[Said, ...]) -> tuple[Said, ...]:
        return tuple(replace(one, text=masked_words(one.text, name=found.buyer)) for one in said)

    return replace(
        found,
        buyer=masked_name(found.buyer),
        before=plain(found.before),
        sessions=tuple(replace(one, said=plain(one.said)) for one in found.sessions),
    )


def parts_of(found: Conversation, language: Language) -> Iterator[Part]:
    """Yield the chat session by session, orders of that day at their instants."""
    if found.before:
        yield Part(_("Before any session"), tuple(_line(one, language) for one in found.before))
    ends = [one.start_at for one in found.sessions[1:]] + [None]
    for number, (session, end) in enumerate(zip(found.sessions, ends, strict=True), start=1):
        orders = [
            line
            for line in _events(found, language)
            if session.start_at <= line.at and (end is None or line.at < end) and line.at.date() == found.day
        ]
        lines = sorted([*(_line(one, language) for one in session.said), *orders], key=lambda line: line.at)
        yield Part(_title(session, number, language), tuple(lines))


def _title(session: Session, number: int, language: Language) -> str:
    said = [_("Session %(number)s") % {"number": number}]
    if session.first_response is None:
        said.append(_("nobody answered"))
    else:
        said.append(_("first response %(time)s") % {"time": seconds_text(session.first_response, language)})
    said.append(
        _("rounds answered %(answered)s, not %(not)s") % {"answered": session.answered, "not": session.unanswered}
    )
    said.append(_("lasted %(time)s") % {"time": seconds_text(session.duration, language)})
    return " · ".join(said)


def _line(one: Said, language: Language) -> Line:
    notes = []
    if one.wait_seconds is not None:
        notes.append(_("waited %(time)s") % {"time": seconds_text(one.wait_seconds, language)})
    if one.counted_seconds is not None:
        notes.append(_("counted as %(time)s") % {"time": seconds_text(one.counted_seconds, language)})
    if one.slow:
        notes.append(_("slow"))
    if one.automatic:
        notes.append(_("automatic"))
    if one.never_answered:
        notes.append(_("not answered"))
    kind = f"[{KINDS[one.kind]}] " if one.kind in KINDS else ""
    bad = one.slow or one.never_answered
    return Line(one.at, one.sender, str(SENDERS.get(one.sender, one.sender)), kind + one.text, tuple(notes), bad)


def _events(found: Conversation, language: Language) -> Iterator[Line]:
    for order in found.orders:
        for at, what in ((order.created_at, _("Order created")), (order.paid_at, _("Order paid"))):
            if at is not None:
                amount = cell_text(Kind.YUAN, order.amount, language)
                yield Line(at, "order", what, f"{order.order_id} {amount}", (whose(order, found.policy),))


def whose(order: Order, policy: str) -> str:
    """Return whom an order is credited to, and by which rule."""
    if order.agent is None:
        return _("credited to nobody (%(policy)s)") % {"policy": policy}
    return _("credited to %(agent)s (%(policy)s)") % {"agent": order.agent, "policy": policy}
