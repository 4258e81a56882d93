"""What stands behind a figure: the formula with its numbers, the rules in force, and every row, customers masked."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from xiaoer.actions.explain import explain as explained
from xiaoer.actions.explain_ask import ExplainAsk
from xiaoer.actions.render.page import Page
from xiaoer.actions.shops import clock_of
from xiaoer.base.mask import masked_name, masked_words
from xiaoer.site.kept import kept, kept_large
from xiaoer.site.models import Shop
from xiaoer.site.pages.filtered import masked
from xiaoer.site.pages.table import Shown, table_of
from xiaoer.site.performance.chat import customer_digest
from xiaoer.site.performance.doors import ASKED, FURTHER, behind
from xiaoer.site.performance.lines import lines_of
from xiaoer.site.performance.state import LONGEST, State, state_of

ROWS = 30


def explain(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the rows behind a figure: beside the table when asked from there, else as a page."""
    state = state_of(request.GET, shop)
    asked = {name: request.GET.get(name, "")[:LONGEST] for name in ASKED}
    if "of" in request.GET or not asked["figure"]:
        return _lead(request, shop, state)
    _may_ask(request, shop, state, asked)
    page = kept_large(explained, ask_of(shop, state, asked), request.reads)
    may_see_rows = request.viewer.may("see_contacts", shop)
    leaf = Paginator(page.rows if may_see_rows else (), ROWS).get_page(request.GET.get("page"))
    shown = masked(replace(page, rows=tuple(leaf.object_list), notes=notes_of(page, whole=may_see_rows)))
    chats = chats_of(page, shop, state.query(**asked), leaf) if request.viewer.may("read_chats", shop) else []
    template = "performance/panel.html" if request.headers.get("HX-Request") else "performance/explain.html"
    return render(request, template, {
        "shop": shop, "page": shown, "lines": lines_with(shown, chats), "leaf": leaf, "chats": chats,
        "columns": shown.columns, "may_see_rows": may_see_rows,
        "address": f"{reverse('explain', args=[shop.pk])}?{state.query(**asked)}", "query": state.query(),
    })  # fmt: skip


def ask_of(shop: Shop, state: State, asked: dict[str, str]) -> ExplainAsk:
    """Return the question that an address asks."""
    days = state.days.period
    return ExplainAsk(
        asked["figure"], str(days.first), str(days.last), agent=asked["agent"] or None, shop=shop.name,
        day=asked["day"] or None, policy=state.one("policy") or None,
        of=tuple((name, text) for name in FURTHER if (text := asked[f"in_{name}"])),
    )  # fmt: skip


def chats_of(page: Page, shop: Shop, query: str, leaf: Leaf, *, to: str = "chat") -> list[str]:
    """Return the address of the conversation behind each row of a leaf; empty for rows of no conversation."""
    rows = page.data["rows"]
    assert isinstance(rows, list)
    clock = kept(clock_of, shop.name)
    found = []
    for row in rows[max(0, leaf.start_index() - 1) : leaf.end_index()]:
        if not (row["buyer"] and row["agent"] and row["start_at"]):
            found.append("")
            continue
        on = clock.local_day(datetime.fromisoformat(row["start_at"]))
        asked = {"who": row["agent"], "on": on, "with": customer_digest(shop, row["buyer"])}
        found.append(f"{reverse(to, args=[shop.pk])}?{'&'.join(one for one in (query, urlencode(asked)) if one)}")
    return found


def lines_with(page: Page, chats: list[str]) -> list[tuple[tuple[Shown, ...], str]]:
    """Return the rows, each with the address of its conversation; empty for none."""
    rows = table_of(page).rows
    return list(zip(rows, chats or [""] * len(rows), strict=True))


def notes_of(page: Page, *, whole: bool) -> tuple[str, ...]:
    """Return the notes with customers masked; who may not see contacts is not told of single corrections."""
    corrections = page.data["corrections"]
    assert isinstance(corrections, list)
    notes = page.notes
    for one in corrections:
        if not whole:
            notes = tuple(note for note in notes if one["reason"] not in note)
            continue
        notes = tuple(note.replace(one["reason"], masked_words(one["reason"])) for note in notes)
        if one["buyer"]:
            notes = tuple(note.replace(one["buyer"], masked_name(one["buyer"])) for note in notes)
    return notes


def _lead(request: HttpRequest, shop: Shop, state: State) -> HttpResponse:
    """Lead from a cell to its own address; back to the table from a cell that leads nowhere.

    A cell of the table is named by its place, those of other pages say their question: `figure=sales_yuan&day=…`,
    those of a map their weekday and hour too.
    """
    door = request.GET.get("of", "")
    if "=" in door:
        said = QueryDict(door)
        asked = {name: said[name][:LONGEST] for name in ASKED if name in said} if "figure" in said else None
        if asked is not None and (at := request.GET.get("at", "")):
            asked["in_weekday"], _, asked["in_hour"] = at[:LONGEST].partition(".")
    else:
        asked = behind(lines_of(shop, state, request.reads, request.viewer), door)
    if asked is None:
        return redirect(f"{reverse('team', args=[shop.pk])}?{state.query()}")
    return redirect(f"{reverse('explain', args=[shop.pk])}?{state.query(**asked)}")


def _may_ask(request: HttpRequest, shop: Shop, state: State, asked: dict[str, str]) -> None:
    """Refuse who leads some groups only a figure that is not of one of them, or of somebody in them."""
    groups = request.viewer.groups("see_team", shop)
    if groups is None or (not asked["agent"] and asked["in_group"] in groups):
        return
    if asked["agent"] not in people_of(request, shop, state):
        raise PermissionDenied


def people_of(request: HttpRequest, shop: Shop, state: State) -> set[str]:
    """Return the accounts whose figures of these days the reader may see."""
    people = replace(state, given={"by": ["agent"]})
    return {str(whose["agent"]) for whose in lines_of(shop, people, request.reads, request.viewer).whose}
