"""What stands behind one's own figure, and one's own conversations; of nobody else, whatever an address asks for."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoer.actions.conversation import Conversation, Order
from xiaoer.base.days import Period, parse_day
from xiaoer.site.agents.own import own_of
from xiaoer.site.agents.own_behind import names_of_others, own_page
from xiaoer.site.audit import note
from xiaoer.site.models import Shop
from xiaoer.site.performance.chat import ASKED, conversation_of, masked, parts_of
from xiaoer.site.performance.explain import ROWS, chats_of, lines_with
from xiaoer.site.performance.state import LONGEST, state_of


def own_explain(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the rows behind a figure of one of the reader's accounts, on days on which it was theirs."""
    asked_for = state_of(request.GET, shop)
    asked = {name: request.GET.get(name, "")[:LONGEST] for name in ("figure", "agent", "day")}
    one = own_of(request.user, shop, asked["agent"], asked_for.days.period)
    state = replace(asked_for, days=replace(asked_for.days, period=one.days), given=_days(one.days))
    page = own_page(shop, one.account.account, state, {name: asked[name] for name in ("figure", "day")}, request.reads)
    leaf = Paginator(page.rows, ROWS).get_page(request.GET.get("page"))
    chats = chats_of(page, shop, state.query(**asked), leaf, to="own_chat")
    shown = replace(page, rows=tuple(leaf.object_list))
    template = "performance/panel.html" if request.headers.get("HX-Request") else "agents/own_explain.html"
    return render(request, template, {
        "shop": shop, "page": shown, "lines": lines_with(shown, chats), "leaf": leaf, "chats": chats,
        "columns": shown.columns, "may_see_rows": True, "others_too": not page.title,
        "address": f"{reverse('own_explain', args=[shop.pk])}?{state.query(**asked)}",
        "month": f"{one.days.first:%Y-%m}",
    })  # fmt: skip


def own_chat(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show a conversation of one of the reader's accounts, names and numbers masked; the look is in the log."""
    asked = {name: request.GET.get(name, "")[:LONGEST] for name in ASKED}
    day = parse_day(asked["on"], name="on")
    one = own_of(request.user, shop, asked["who"], Period(day, day))
    found = conversation_of(shop, asked, request.reads)
    details: dict[str, str | int | None] = {
        "list": "chat", "agent": asked["who"], "day": asked["on"], "customer": asked["with"]
    }  # fmt: skip
    note("chat_read", person=request.user, shop=shop, details=details)
    found = without_colleagues(masked(found), one.account.account, names_of_others(shop, one.account.account))
    return render(request, "performance/chat.html", {
        "shop": shop, "found": found, "parts": list(parts_of(found, request.reads)), "orders": found.orders,
        "back": f"{reverse('own', args=[shop.pk])}?month={day:%Y-%m}", "seen": False, "may_see": False, "own": True,
    })  # fmt: skip


def without_colleagues(found: Conversation, account: str, colleagues: tuple[str, ...]) -> Conversation:
    """Return a conversation in which a colleague is one without a name, in orders and in what was said."""
    colleague = _("a colleague")

    def plain(text: str) -> str:
        for name in colleagues:
            text = text.replace(name, colleague)
        return text

    def credited(who: str | None) -> str | None:
        return who if who in (None, account, found.agent) else colleague

    def order(one: Order) -> Order:
        mine = account in (one.agent, one.order_agent, one.payment_agent) or found.agent in (
            one.agent,
            one.order_agent,
            one.payment_agent,
        )
        return replace(
            one,
            order_id=one.order_id if mine else "***",
            amount=one.amount if mine else None,
            agent=credited(one.agent),
            order_agent=credited(one.order_agent),
            payment_agent=credited(one.payment_agent),
        )

    return replace(
        found,
        before=tuple(replace(one, text=plain(one.text)) for one in found.before),
        sessions=tuple(
            replace(one, said=tuple(replace(said, text=plain(said.text)) for said in one.said))
            for one in found.sessions
        ),
        orders=tuple(map(order, found.orders)),
    )


def _days(days: Period) -> dict[str, list[str]]:
    return {"period": ["days"], "from": [str(days.first)], "to": [str(days.last)]}
