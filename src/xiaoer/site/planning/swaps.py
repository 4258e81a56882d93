"""Swaps of days between two people: asked, agreed to, approved; the engine checks the rules at each step."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from xiaoer.actions.plan_roster_value import Kept, value_of
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.site.audit import note
from xiaoer.site.models import Person, Roster, RosterChange, ShiftSwap
from xiaoer.site.planning.roster import said_broken
from xiaoer.site.planning.roster_changes import Change, change_duties
from xiaoer.site.planning.roster_known import by_cell, problem_known, today_of, value_known
from xiaoer.site.planning.roster_move import Cell, exchanged, with_shifts

State = ShiftSwap.State
OPEN = (State.ASKED, State.AGREED)


def ask_swap(swap: ShiftSwap, language: Language, *, by: Person) -> ShiftSwap:
    """Return a swap asked for; a ReportableError when it would break a rule, change nothing or is asked already."""
    roster = swap.roster
    _in_time(swap)
    after = _after(swap)
    if swap.name == swap.other or _same(after, roster.duties):
        raise ReportableError.of("site.swap_same")
    _keeps_rules(swap, after, language)
    swap.asked_by, swap.before = by, _cells_now(swap)
    try:
        with transaction.atomic():
            swap.save()
            note("swap_asked", person=by, shop=roster.shop, about=swap)
    except IntegrityError:
        raise ReportableError.of("site.swap_open") from None
    return swap


def answer_swap(swap: ShiftSwap, language: Language, *, agrees: bool, by: Person) -> None:
    """Agree to a swap or decline it; a ReportableError when it is too late, void, or would break a rule by now."""
    if agrees:
        _still_possible(swap, language)
    state = State.AGREED if agrees else State.DECLINED
    with transaction.atomic():
        waiting = ShiftSwap.objects.filter(pk=swap.pk, state=State.ASKED)
        if waiting.update(state=state, answered_by=by, answered_at=timezone.now()):
            note("swap_answered", person=by, shop=swap.roster.shop, about=swap, details={"state": str(state)})


def withdraw_swap(swap: ShiftSwap, *, by: Person) -> None:
    """Take a swap back that nobody has decided yet."""
    with transaction.atomic():
        if ShiftSwap.objects.filter(pk=swap.pk, state__in=OPEN).update(state=State.WITHDRAWN):
            note("swap_withdrawn", person=by, shop=swap.roster.shop, about=swap)


def decide_swap(swap: ShiftSwap, answer: str, language: Language, *, approved: bool, by: Person) -> None:
    """Approve a swap, which changes the roster, or refuse it; a ReportableError when it can no longer be done."""
    with transaction.atomic():
        given = {"decided_by": by, "decided_at": timezone.now(), "answer": answer}
        waiting = ShiftSwap.objects.filter(pk=swap.pk, state=State.AGREED)
        if approved:
            after = _still_possible(swap, language)
            if not waiting.update(state=State.APPROVED, **given):
                raise ReportableError.of("site.swap_void")
            duties = value_of(problem_known(swap.roster, language), after).duties
            why = swap.words or answer
            change_duties(swap.roster, Change(duties, RosterChange.Kind.SWAPPED, swap.roster.version, why), by=by)
        elif not waiting.update(state=State.REFUSED, **given):
            raise ReportableError.of("site.swap_void")
        note("swap_decided", person=by, shop=swap.roster.shop, about=swap, details={"approved": str(approved)})


def is_over(swap: ShiftSwap) -> bool:
    """Return whether the days of an open swap have come, so that nothing more can be done with it."""
    return swap.state in OPEN and min(swap.day, swap.other_day) <= today_of(swap.roster.shop)


def is_void(swap: ShiftSwap) -> bool:
    """Return whether the roster changed on the days of a swap since it was asked."""
    return not _same(swap.before, _cells_now(swap))


def pairs_of(swap: ShiftSwap) -> list[tuple[Cell, Cell]]:
    """Return the cells that are exchanged: both people's days."""
    days = sorted({str(swap.day), str(swap.other_day)})
    return [((swap.name, day), (swap.other, day)) for day in days]


def _still_possible(swap: ShiftSwap, language: Language) -> list[Kept]:
    _in_time(swap)
    if swap.state not in OPEN or swap.roster.state != Roster.State.PUBLISHED or is_void(swap):
        raise ReportableError.of("site.swap_void")
    after = _after(swap)
    _keeps_rules(swap, after, language)
    return after


def _in_time(swap: ShiftSwap) -> None:
    if min(swap.day, swap.other_day) <= today_of(swap.roster.shop):
        raise ReportableError.of("site.swap_late")


def _keeps_rules(swap: ShiftSwap, after: Iterable[Kept], language: Language) -> None:
    before = value_known(swap.roster, language).broken
    new = [one for one in value_of(problem_known(swap.roster, language), after).broken if one not in before]
    if new:
        raise ReportableError.of(
            "site.swap_breaks", values={"rules": "; ".join(said_broken(one, language) for one in new)}
        )


def _after(swap: ShiftSwap) -> list[Kept]:
    return with_shifts(swap.roster.duties, exchanged(swap.roster.duties, pairs_of(swap)))


def _cells_now(swap: ShiftSwap) -> list[Mapping[str, Any]]:
    now = by_cell(swap.roster.duties)
    return [now[cell] for pair in pairs_of(swap) for cell in pair if cell in now]


def _same(one: Sequence[Kept], other: Sequence[Kept]) -> bool:
    shifts = [{cell: duty["shift"] for cell, duty in by_cell(each).items()} for each in (one, other)]
    return shifts[0] == shifts[1]
