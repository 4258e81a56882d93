"""What people do with rosters; each change and its entry in the log are one transaction; none is lost to another."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from xiaoer.actions.plan_roster_tables import days_of, first_rows, with_holidays
from xiaoer.actions.plan_roster_value import rows_after
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.site.audit import note
from xiaoer.site.models import Person, Roster, RosterChange, ShiftSwap, Shop
from xiaoer.site.planning.roster_known import by_cell, problem_known, today_of
from xiaoer.site.planning.roster_people import accounts_for, people_of

Duty = Mapping[str, Any]
Tables = Mapping[str, Sequence[Mapping[str, str]]]
State, Kind = Roster.State, RosterChange.Kind
OPEN = (State.DRAFT, State.PUBLISHED)


@dataclass(frozen=True)
class Change:
    """Who works when from now on, what was done for it and why; `version` is that of the roster it was made from.

    `rows` are to stand in the tables besides: days that are pinned from now on, or leave.
    """

    duties: Sequence[Duty]
    kind: str
    version: int
    why: str = ""
    undoes: RosterChange | None = None
    rows: Tables = field(default_factory=dict)


def new_roster(shop: Shop, days: tuple[date, date], groups: Sequence[str], language: Language, *, by: Person) -> Roster:
    """Return a new draft: it begins with what was filled in for the last one, else with the people of the shop."""
    first, last = days
    before = Roster.objects.filter(shop=shop, first__lt=first).exclude(state=State.DROPPED).first()
    people = people_of(shop, first, groups)
    if before is not None:
        tables = _carried_on(before, first, language)
    else:
        tables = first_rows([{"name": name} for name in people], (last - first).days + 1, language)
    tables = with_holidays(tables, first, last)
    names = [row.get("name", "") for row in tables.get("people", [])]
    with transaction.atomic():
        made = Roster.objects.create(
            shop=shop,
            first=first,
            last=last,
            tables=tables,
            accounts=accounts_for(shop, names, first, last),
            made_by=by,
        )
        note("roster_begun", person=by, shop=shop, about=made)
    return made


def _carried_on(before: Roster, first: date, language: Language) -> dict[str, list[dict[str, str]]]:
    try:
        return rows_after(problem_known(before, language), before.tables, before.duties, first)
    except ReportableError:  # the tables of before have faults: they are carried on as they are
        return {name: before.tables[name] for name in ("people", "shifts", "rules") if name in before.tables}


def change_tables(roster: Roster, tables: Tables, *, edition: int, by: Person) -> None:
    """Keep other tables, whose need says of which days the roster is.

    A ReportableError when somebody changed them meanwhile, or it is published.
    """
    names = [row.get("name", "") for row in tables.get("people", [])]
    first, last = days_of(tables) or (roster.first, roster.last)
    accounts = accounts_for(roster.shop, names, first, last)
    with transaction.atomic():
        drafts = Roster.objects.filter(pk=roster.pk, edition=edition, state=State.DRAFT)
        if not drafts.update(tables=tables, accounts=accounts, first=first, last=last, edition=edition + 1):
            raise ReportableError.of("site.roster_changed")
        note("roster_tables_changed", person=by, shop=roster.shop, about=roster)


def change_duties(roster: Roster, given: Change, *, by: Person) -> RosterChange:
    """Return the change of who works when; a ReportableError when somebody changed it meanwhile.

    A day that somebody changed is no longer pinned, unless the change pins it.
    """
    before, after = by_cell(roster.duties), by_cell(given.duties)
    gone = [duty for cell, duty in before.items() if after.get(cell) != duty]
    come = [duty for cell, duty in after.items() if before.get(cell) != duty]
    new: dict[str, Any] = {"duties": list(given.duties), "version": given.version + 1}
    if given.kind != Kind.MADE:
        pinned = {(row["name"], row["day"]) for row in given.rows.get("fixed", [])}
        tables = without_pins(roster.tables, {*by_cell(gone), *by_cell(come), *pinned})
        tables |= {name: [*tables.get(name, []), *rows] for name, rows in given.rows.items()}
        new |= {"tables": tables, "edition": roster.edition + 1}
    with transaction.atomic():
        same = Roster.objects.filter(pk=roster.pk, version=given.version, state__in=OPEN)
        if not (same.filter(edition=roster.edition) if "tables" in new else same).update(**new):
            raise ReportableError.of("site.roster_changed")
        made = RosterChange.objects.create(
            roster=roster, version=given.version + 1, kind=given.kind, why=given.why, by=by, undoes=given.undoes,
            gone=gone, come=come, after_publishing=roster.state == State.PUBLISHED,
        )  # fmt: skip
        note(
            "roster_changed", person=by, shop=roster.shop, about=roster, details={"kind": given.kind, "change": made.pk}
        )
    roster.refresh_from_db()
    return made


def without_pins(tables: Mapping[str, Any], cells: Collection[tuple[str, str]]) -> dict[str, Any]:
    """Return tables in which these people's days are not fixed."""
    return dict(tables) | {
        "fixed": [row for row in tables.get("fixed", []) if (row.get("name"), row.get("day")) not in cells]
    }


def keep_outcome(roster: Roster, outcome: Mapping[str, Any]) -> None:
    """Keep what is known of the last making."""
    Roster.objects.filter(pk=roster.pk).update(outcome=dict(outcome))


def undo(roster: Roster, version: int, why: str, *, by: Person) -> RosterChange | None:
    """Return the change that takes the last one back; None where there is nothing to take back."""
    last = undoable(roster)
    if last is None or roster.version != version:
        return None
    gone = by_cell(last.come)
    rest = [duty for cell, duty in by_cell(roster.duties).items() if cell not in gone]
    change = Change([*rest, *last.gone], Kind.UNDONE, version, why, undoes=last)
    return change_duties(roster, change, by=by)


def undoable(roster: Roster) -> RosterChange | None:
    """Return the change that undoing would take back: the last that is not undone; not the making, nor a swap."""
    for one in roster.changes.select_related("undone_by").order_by("-version"):
        if one.kind == Kind.UNDONE or hasattr(one, "undone_by"):
            continue
        return one if one.kind in (Kind.MOVED, Kind.MENDED) else None
    return None


def publish(roster: Roster, duties: Sequence[Duty], *, version: int, by: Person) -> None:
    """Let agents see a roster of these duties; a ReportableError names a day on which somebody has another one."""
    with transaction.atomic():
        Shop.objects.select_for_update().get(pk=roster.shop_id)  # two that publish at once take turns
        _alone(roster, duties)
        drafts = Roster.objects.filter(pk=roster.pk, state=State.DRAFT, version=version, edition=roster.edition)
        published = {"state": State.PUBLISHED, "published_by": by, "published_at": timezone.now()}
        if not drafts.exclude(version=0).update(**published, duties=list(duties)):
            raise ReportableError.of("site.roster_changed")
        note("roster_published", person=by, shop=roster.shop, about=roster)


def _alone(roster: Roster, duties: Sequence[Duty]) -> None:
    mine = {(roster.accounts.get(one["person"], one["person"]), one["day"]) for one in duties}
    others = Roster.objects.filter(
        shop=roster.shop, state=State.PUBLISHED, first__lte=roster.last, last__gte=roster.first
    )
    for other in others.exclude(pk=roster.pk):
        for one in other.duties:
            if (other.accounts.get(one["person"], one["person"]), one["day"]) in mine:
                raise ReportableError.of("site.rostered_already", values={"day": one["day"]})


def withdraw(roster: Roster, why: str, *, version: int, by: Person) -> None:
    """Take a publication back: it is a draft again, its open swaps are void, and agents read which shifts went and why.

    A ReportableError when a day of it has come, which is to be changed instead, or somebody changed it meanwhile.
    """
    if roster.first <= today_of(roster.shop):
        raise ReportableError.of("site.roster_has_begun", values={"day": str(roster.first)})
    with transaction.atomic():
        same = Roster.objects.filter(pk=roster.pk, version=version, state=State.PUBLISHED)
        draft = {"state": State.DRAFT, "published_by": None, "published_at": None, "version": version + 1}
        if not same.update(**draft):
            raise ReportableError.of("site.roster_changed")
        made = RosterChange.objects.create(
            roster=roster, version=version + 1, kind=Kind.WITHDRAWN, why=why, by=by, gone=roster.duties,
            after_publishing=True,
        )  # fmt: skip
        roster.swaps.filter(state__in=(ShiftSwap.State.ASKED, ShiftSwap.State.AGREED)).update(
            state=ShiftSwap.State.VOID
        )
        note("roster_withdrawn", person=by, shop=roster.shop, about=roster, details={"change": made.pk})
    roster.refresh_from_db()


def drop(roster: Roster, *, by: Person) -> None:
    """Throw a draft away; it stays on record."""
    with transaction.atomic():
        if Roster.objects.filter(pk=roster.pk, state=State.DRAFT).update(state=State.DROPPED):
            note("roster_dropped", person=by, shop=roster.shop, about=roster)


def open_for_wishes(roster: Roster, until: date | None, *, by: Person) -> None:
    """Let agents say what they wish for until a day; None: no longer."""
    with transaction.atomic():
        if Roster.objects.filter(pk=roster.pk, state=State.DRAFT).update(wishes_until=until):
            note("roster_wishes_opened", person=by, shop=roster.shop, about=roster, details={"until": str(until or "")})


def touched(roster: Roster) -> None:
    """Count a change of what a roster is made from that stands beside its tables."""
    Roster.objects.filter(pk=roster.pk).update(edition=F("edition") + 1)
