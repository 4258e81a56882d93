"""What a word leads to, of what the reader may see; a customer's name never stands in an address."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoer.actions.find_customer import find_customer
from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.page import Kind
from xiaoer.actions.report_choices import report_choices
from xiaoer.actions.shops import accounts_known
from xiaoer.base.mask import masked_name
from xiaoer.site.audit import note
from xiaoer.site.kept import kept
from xiaoer.site.menu import menu_of, shops_of
from xiaoer.site.models import Person, Shop
from xiaoer.site.performance.chat import customer_digest
from xiaoer.site.performance.explain import people_of
from xiaoer.site.performance.state import state_of

LONGEST = 60
MOST = 12


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is called, what more is said of it, and where it is."""

    label: str
    address: str
    said: str = ""


def search(request: HttpRequest) -> HttpResponse:
    """Show the pages, figures and people whose name holds the words."""
    words = _plain(request.GET.get("q", ""))
    shop = _shop(request)
    groups: list[tuple[str, list[Hit]]] = []
    if words:
        found = [
            (_("Pages of the site"), list(_pages(request, words))),
            (_("People"), list(_people(request, shop, words)) if shop is not None else []),
            (_("Figures"), list(_figures(request, words))),
        ]
        groups = [(label, hits[:MOST]) for label, hits in found if hits]
    may = shop is not None and request.viewer.may("read_chats", shop)
    return render(request, "search/search.html", {
        "words": words, "groups": groups, "shop": shop, "may_customers": may, "asked": bool(words),
    })  # fmt: skip


def search_customers(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the orders and conversations of a customer of exactly this name, masked; the search is in the log."""
    name = _plain(request.POST.get("q", ""))
    groups: list[tuple[str, list[Hit]]] = []
    if name:
        found = find_customer(settings.SITE.home, shop.name, name)
        number = len(found.orders) + len(found.chats)
        note("customer_searched", person=request.user, shop=shop, details={"found": number})
        may_correct = request.viewer.may("correct_data", shop)
        orders = [
            Hit(
                one.order_id, reverse("correction_of_order", args=[shop.pk]) if may_correct else "",
                f"{one.created_on or '–'} · {masked_name(one.buyer) or '–'} · "
                f"{cell_text(Kind.YUAN, one.amount, request.reads)}",
            )
            for one in found.orders
        ]  # fmt: skip
        chats = [
            Hit(
                f"{masked_name(one.buyer)} · {one.shown}",
                f"{reverse('chat', args=[shop.pk])}?" + urlencode(
                    {"who": one.agent, "on": one.day, "with": customer_digest(shop, one.buyer)}
                ),
                str(one.day),
            )
            for one in found.chats
        ]  # fmt: skip
        groups = [(label, hits) for label, hits in ((_("Orders"), orders), (_("Conversations"), chats)) if hits]
    return render(request, "search/search.html", {
        "words": name, "groups": groups, "shop": shop, "may_customers": True, "asked": bool(name), "customers": True,
    })  # fmt: skip


def _plain(words: str) -> str:
    """Return the words without what no name holds and databases refuse."""
    return "".join(sign for sign in words if sign.isprintable()).strip()[:LONGEST]


def _shop(request: HttpRequest) -> Shop | None:
    """Return the shop that is asked for where it is the reader's, else their first."""
    shops = shops_of(request.viewer)
    asked = request.GET.get("shop", "")
    return next((one for one in shops if str(one.pk) == asked), shops[0] if shops else None)


def _pages(request: HttpRequest, words: str) -> Iterator[Hit]:
    for entry in menu_of(request, request.viewer).entries:
        if _holds(entry.label, words):
            yield Hit(entry.label, entry.address)
    for label, name in ((_("What the figures mean"), "metrics"), (_("Who sees what"), "who_sees_what")):
        if _holds(label, words):
            yield Hit(label, reverse(name))


def _people(request: HttpRequest, shop: Shop, words: str) -> Iterator[Hit]:
    viewer = request.viewer
    if viewer.may("see_team", shop):
        known = kept(accounts_known, shop.name)
        mine = set(known)
        if known and viewer.groups("see_team", shop) is not None:
            mine = people_of(request, shop, state_of(QueryDict(), shop))
        for account, shown in known.items():
            own = account.removeprefix(f"{shop.name}:")  # else the shop's name would find everybody
            if account in mine and (_holds(shown, words) or _holds(own, words)):
                yield Hit(shown, reverse("agent", args=[shop.pk, account]), account)
    if viewer.may("manage_people"):
        for one in Person.objects.filter(name__icontains=words)[:MOST]:
            if viewer.manages(one):
                yield Hit(one.name, reverse("person", args=[one.pk]), one.login)


def _figures(request: HttpRequest, words: str) -> Iterator[Hit]:
    for _label, each in kept(report_choices, request.reads).groups:
        for one in each:
            if _holds(one.label, words) or _holds(one.name, words):
                yield Hit(one.label, reverse("metric", args=[one.name]), one.help)


def _holds(text: str, words: str) -> bool:
    return words.casefold() in text.casefold()
