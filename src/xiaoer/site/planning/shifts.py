"""One's own shifts: when to work, what was changed and why, wishes for days to come, swaps with colleagues."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language, say_issues
from xiaoer.site.audit import note
from xiaoer.site.models import CalendarAddress, Person, Roster, RosterChange, ShiftSwap, ShiftWish, Shop
from xiaoer.site.planning.activity_days import doing_said
from xiaoer.site.planning.roster_changes import touched
from xiaoer.site.planning.roster_day import said_days
from xiaoer.site.planning.roster_known import by_cell, problem_known, today_of
from xiaoer.site.planning.roster_people import is_theirs, own_days
from xiaoer.site.planning.shift_forms import SwapForm, WishForm
from xiaoer.site.planning.swap_words import SwapShown, shown_swap
from xiaoer.site.planning.swaps import answer_swap, ask_swap, withdraw_swap

BACK_DAYS, MOST_DAYS, NEWS_DAYS, MOST_SWAPS = 7, 60, 14, 20
MOST_WISHES = 20  # of one person for one roster


@dataclass(frozen=True)
class OwnDuty:
    """One shift of the reader: in which roster, by which name, on which day, and whether it is over."""

    roster: Roster
    name: str
    day: date
    shift: str
    start: str
    end: str
    breaks: str
    over: bool
    is_today: bool
    doing: str = ""  # by activity, where the day is shared out


@dataclass(frozen=True)
class WishesOpen:
    """A roster to come that takes wishes: the reader's name in it, the form, and the wishes so far."""

    roster: Roster
    name: str
    form: WishForm
    wishes: tuple[ShiftWish, ...]


def own_shifts(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the reader's shifts, wishes and swaps."""
    return _page(request, shop)


def own_wish(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Wish for a day of a roster to come: a shift, or a day off."""
    asked = request.POST.get("roster", "")
    found = next((one for one in _open_for(request, shop, request.POST) if str(one.roster.pk) == asked), None)
    if found is None:
        raise ReportableError.of("site.wish_closed")
    if not found.form.is_valid():
        return _page(request, shop, wishing=found)
    given = found.form.cleaned_data
    if len(found.wishes) >= MOST_WISHES:
        found.form.add_error(None, _("These are as many wishes as one roster takes."))
        return _page(request, shop, wishing=found)
    with transaction.atomic():
        made, _new = ShiftWish.objects.update_or_create(
            roster=found.roster, name=found.name, day=given["day"], shift=given["shift"],
            defaults={"person": request.user, "want": given["want"] == "yes", "weight": int(given["weight"])},
        )  # fmt: skip
        touched(found.roster)
        note("wished", person=request.user, shop=shop, about=made)
    return redirect("own_shifts", shop.pk)


def own_wish_withdraw(request: HttpRequest, shop: Shop, wish: int) -> HttpResponse:
    """Take a wish back while the roster takes wishes."""
    found = get_object_or_404(ShiftWish.objects.select_related("roster"), pk=wish, roster__shop=shop)
    if found.person_id != request.user.pk:
        raise ReportableError.of("site.not_own")
    if not _takes_wishes(found.roster, shop):
        raise ReportableError.of("site.wish_closed")
    with transaction.atomic():
        note("wish_withdrawn", person=request.user, shop=shop, about=found)
        touched(found.roster)
        found.delete()
    return redirect("own_shifts", shop.pk)


def own_swap(request: HttpRequest, shop: Shop, published: int) -> HttpResponse:
    """Ask a colleague to swap a day."""
    found = get_object_or_404(Roster, pk=published, shop=shop, state=Roster.State.PUBLISHED)
    coming = [one for one in _duties(request.user, shop) if one.roster.pk == found.pk and one.day > today_of(shop)]
    asked = request.POST.get("day") or request.GET.get("day")
    mine = next((one for one in coming if asked in (None, str(one.day))), None)
    if mine is None:
        raise ReportableError.of("site.swap_same")
    names, cells = {one.name for one in coming}, by_cell(found.duties)
    there = {
        name: str(cells.get((name, str(mine.day)), {}).get("shift", ""))
        for name in problem_known(found, request.reads).people
        if name not in names
    }
    first = max(found.first, today_of(shop) + timedelta(days=1))
    form = SwapForm(mine, there, first, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        try:
            ask_swap(form.swap(), request.reads, by=request.user)
            return redirect("own_shifts", shop.pk)
        except ReportableError as error:
            form.add_error(None, say_issues(error.issues, request.reads))
    return render(request, "planning/own_swap.html", {"shop": shop, "form": form, "mine": mine},
                  status=422 if form.errors else 200)  # fmt: skip


def own_swap_answer(request: HttpRequest, shop: Shop, swap: int) -> HttpResponse:
    """Agree to a colleague's swap, or decline it."""
    found = _swap_of(shop, swap)
    if found.other not in own_days(request.user, found.roster):
        raise ReportableError.of("site.not_own")
    answer_swap(found, request.reads, agrees="agree" in request.POST, by=request.user)
    return redirect("own_shifts", shop.pk)


def own_swap_withdraw(request: HttpRequest, shop: Shop, swap: int) -> HttpResponse:
    """Take one's own swap back."""
    found = _swap_of(shop, swap)
    if found.asked_by_id != request.user.pk:
        raise ReportableError.of("site.not_own")
    withdraw_swap(found, by=request.user)
    return redirect("own_shifts", shop.pk)


def own_duties(person: Person, shop: Shop, first: date, last: date) -> list[OwnDuty]:
    """Return a person's shifts of the published rosters of a shop on these days, in order."""
    today = today_of(shop)
    found = []
    rosters = Roster.objects.filter(shop=shop, state=Roster.State.PUBLISHED, first__lte=last, last__gte=first)
    for roster in rosters.select_related("shop"):
        names = own_days(person, roster)
        for duty in roster.duties:
            day = date.fromisoformat(duty["day"])
            if duty["person"] in names and first <= day <= last and is_theirs(names[duty["person"]], day):
                breaks = " ".join(f"{begins}–{ends}" for begins, ends in duty["breaks"])
                found.append(OwnDuty(roster, duty["person"], day, duty["shift"], duty["start"], duty["end"], breaks,
                                     day < today, day == today))  # fmt: skip
    return sorted(found, key=lambda one: (one.day, one.start))


def _duties(person: Person, shop: Shop) -> list[OwnDuty]:
    today = today_of(shop)
    return own_duties(person, shop, today - timedelta(days=BACK_DAYS), today + timedelta(days=MOST_DAYS))


def _with_doing(duties: list[OwnDuty], language: Language) -> list[OwnDuty]:
    said: dict[tuple[int, str, date], str] = {}
    for roster in {one.roster.pk: one.roster for one in duties}.values():
        days = [one.day for one in duties if one.roster.pk == roster.pk]
        said |= {(roster.pk, *key): text for key, text in doing_said(roster, days, language).items()}
    return [replace(one, doing=said.get((one.roster.pk, one.name, one.day), "")) for one in duties]


def _page(request: HttpRequest, shop: Shop, *, wishing: WishesOpen | None = None) -> HttpResponse:
    duties = _duties(request.user, shop)
    coming = _with_doing([one for one in duties if not one.over], request.reads)
    opened = [
        wishing if wishing is not None and wishing.roster == one.roster else one for one in _open_for(request, shop)
    ]
    swaps = _swaps(request, shop)
    return render(request, "planning/own_shifts.html", {
        "shop": shop, "title": _title(coming), "weeks": _weeks(coming), "past": [one for one in duties if one.over],
        "news": _news(request.user, shop), "opened": opened, "swaps": swaps,
        "asked_of_me": [one for one in swaps if one.mine_to_answer],
        "bound": request.user.accounts.filter(shop=shop).exists(),
        "calendar": CalendarAddress.objects.filter(person=request.user, revoked_at=None).first(),
    }, status=422 if wishing is not None else 200)  # fmt: skip


def _title(coming: list[OwnDuty]) -> str:
    if not coming:
        return _("No shift of yours is published")
    one = coming[0]
    when = _("Today") if one.is_today else f"{one.day:%m-%d}"
    return _("%(when)s: %(shift)s, %(start)s to %(end)s") % {
        "when": when, "shift": one.shift, "start": one.start, "end": one.end,
    }  # fmt: skip


def _weeks(coming: Iterable[OwnDuty]) -> list[dict[str, Any]]:
    weeks: dict[date, list[OwnDuty]] = {}
    for one in coming:
        weeks.setdefault(one.day - timedelta(days=one.day.weekday()), []).append(one)
    return [{"monday": monday, "duties": duties} for monday, duties in weeks.items()]


def _news(person: Person, shop: Shop) -> list[dict[str, Any]]:
    """Return what was changed of the reader's days after publishing, lately."""
    since = today_of(shop) - timedelta(days=NEWS_DAYS)
    holds = Q(roster__state=Roster.State.PUBLISHED) | Q(kind=RosterChange.Kind.WITHDRAWN)
    made = RosterChange.objects.filter(holds, roster__shop=shop, after_publishing=True, at__date__gte=since)
    found = []
    for one in made.select_related("by", "roster__shop").order_by("-at")[:MOST_SWAPS]:
        names = own_days(person, one.roster)
        days = [day for day in said_days(one) if day["person"] in names]
        if days:
            found.append({"change": one, "days": days, "withdrawn": one.kind == RosterChange.Kind.WITHDRAWN})
    return found


def _open_for(request: HttpRequest, shop: Shop, *data: Any) -> list[WishesOpen]:  # noqa: ANN401 -- a form's
    """Return the drafts that take wishes of the reader now."""
    drafts = Roster.objects.filter(shop=shop, state=Roster.State.DRAFT, wishes_until__gte=today_of(shop))
    found = []
    for roster in drafts.select_related("shop"):
        for name in own_days(request.user, roster):
            shifts = [row["name"] for row in roster.tables.get("shifts", []) if row.get("name")]
            form = WishForm(shifts, (roster.first, roster.last), *data)
            found.append(WishesOpen(roster, name, form, tuple(roster.wishes.filter(name=name))))
    return found


def _takes_wishes(roster: Roster, shop: Shop) -> bool:
    until = roster.wishes_until
    return roster.state == Roster.State.DRAFT and until is not None and until >= today_of(shop)


def _swaps(request: HttpRequest, shop: Shop) -> list[SwapShown]:
    made = ShiftSwap.objects.filter(roster__shop=shop, roster__state=Roster.State.PUBLISHED)
    found = []
    for one in made.select_related("roster__shop", "decided_by").order_by("-id")[: MOST_SWAPS * 5]:
        names = own_days(request.user, one.roster)
        if one.name in names or one.other in names:
            found.append(shown_swap(one, asked_me=one.other in names, asked_by_me=one.asked_by_id == request.user.pk))
    return found[:MOST_SWAPS]


def _swap_of(shop: Shop, number: int) -> ShiftSwap:
    found: ShiftSwap = get_object_or_404(ShiftSwap.objects.select_related("roster__shop"), pk=number, roster__shop=shop)
    return found
