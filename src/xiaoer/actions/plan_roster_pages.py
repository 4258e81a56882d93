"""The pages of a shop's roster: by person, by day with breaks, cover by interval, what each person carries."""

from collections.abc import Iterable, Mapping, Sequence

from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.plan_roster_words import NONE_KNOWN
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.planning.roster import Roster
from xiaoer.planning.roster.shop import RosterPlan, ShopProblem
from xiaoer.planning.roster.shop.answer import (
    CoverAt,
    Duty,
    carried_by,
    cover_of,
    duties_of,
    refused_wishes,
    short_needs,
)  # fmt: skip
from xiaoer.planning.roster.shop.wanted import NEED


def pages_of(
    shop: ShopProblem, roster: Roster, lead: Sequence[str], notes: Sequence[str], language: Language,
    more: Mapping[str, object] | None = None,
) -> Iterable[Page]:  # fmt: skip
    """Return the pages; the first has the JSON of all, with `more` added to it."""
    duties = duties_of(shop, roster.lines)
    title = word("roster_title", language, first=shop.plan.first, last=shop.plan.date_of(shop.plan.days - 1))
    data = {**_json(shop, roster, duties), **(more or {})}
    yield _by_person(shop, duties, title, data, (tuple(lead), tuple(notes)), language)
    yield _by_day(shop, duties, title, language)
    yield _cover(shop, roster, title, language)
    yield _people(shop, roster, title, language)


def _by_person(
    shop: ShopProblem, duties: list[Duty], title: str, data: Mapping[str, object],
    said: tuple[tuple[str, ...], tuple[str, ...]], language: Language,
) -> Page:  # fmt: skip
    at = {(duty.person, duty.day): duty.shift.name for duty in duties}
    days = [shop.plan.date_of(day) for day in range(shop.plan.days)]
    weekdays = word("roster_weekdays", language).split(" ")
    columns = (
        Column("person", word("roster_person", language), fixed=True),
        *(Column(day.isoformat(), f"{day.month}-{day.day} {weekdays[day.weekday()]}") for day in days),
    )
    rows = []
    for member in shop.plan.people:
        cells = [at.get((member.name, day), "") for day in range(shop.plan.days)]
        shown = [
            Cell(shift, shift or ("–" if (member.name, day) in shop.plan.leave else ""))
            for day, shift in enumerate(cells)
        ]
        rows.append((Cell(member.name, member.name), *shown))
    label = word("roster_by_person", language)
    return Page("plan_roster", title, columns, tuple(rows), language, data, lead=said[0], notes=said[1], label=label)


def _by_day(shop: ShopProblem, duties: list[Duty], title: str, language: Language) -> Page:
    names = ("roster_day", "roster_shift", "roster_person", "roster_start", "roster_end", "roster_breaks")
    columns = tuple(Column(name.removeprefix("roster_"), word(name, language)) for name in names)
    rows = []
    for duty in sorted(duties, key=lambda one: (one.day, one.shift.start, one.shift.end, one.person)):
        breaks = " ".join(f"{clock_text(first)}–{clock_text(last)}" for first, last in duty.breaks)
        texts = (
            shop.plan.date_of(duty.day).isoformat(), duty.shift.name, duty.person, clock_text(duty.shift.start),
            clock_text(duty.shift.end), breaks,
        )  # fmt: skip
        rows.append(tuple(Cell(text, text) for text in texts))
    return Page("plan_roster_days", title, columns, tuple(rows), language, {}, label=word("roster_by_day", language))


def _cover(shop: ShopProblem, roster: Roster, title: str, language: Language) -> Page:
    columns = (
        Column("day", word("roster_day", language)),
        Column("start", word("roster_interval", language)),
        Column("skill", word("roster_skill", language)),
        *(Column(name, word(f"roster_{name}", language), Kind.NUMBER) for name in ("needed", "there", "difference")),
    )
    rows = []
    for at in cover_of(shop, roster):
        if at.wanted.kind != NEED:
            continue
        day = shop.plan.date_of(at.wanted.day).isoformat()
        start = clock_text(at.wanted.interval * shop.plan.need[0].minutes)
        over = at.there - at.wanted.people
        numbers = (at.wanted.people, at.there, over)
        cells = [Cell(text, text) for text in (day, start, skills_text(at))]
        rows.append(
            (*cells, *(Cell(round(n, 2), f"{n:g}" if n == round(n) else f"{n:.2f}", missed=over < 0) for n in numbers))
        )
    return Page("plan_roster_cover", title, columns, tuple(rows), language, {}, label=word("roster_cover", language))


def _people(shop: ShopProblem, roster: Roster, title: str, language: Language) -> Page:
    refused = refused_wishes(shop, roster)
    columns = (
        Column("person", word("roster_person", language), fixed=True),
        Column("hours", word("roster_hours", language), Kind.NUMBER),
        *(
            Column(name, word(f"roster_{name}", language), Kind.COUNT)
            for name in ("days", "nights", "weekends", "wishes", "wishes_granted")
        ),
    )
    rows = []
    for one in carried_by(shop, roster):
        wishes = sum(wish.person == one.person for wish in shop.plan.wishes)
        granted = wishes - sum(wish.person == one.person for wish in refused)
        counts = (one.days, one.nights, one.weekends, wishes, granted)
        hours = Cell(round(one.hours, 2), f"{one.hours:g}", missed=one.hours_below > 0)
        rows.append((Cell(one.person, one.person), hours, *(Cell(number, str(number)) for number in counts)))
    return Page("plan_roster_people", title, columns, tuple(rows), language, {}, label=word("roster_carried", language))


def skills_text(at: CoverAt) -> str:
    """Return the skills of a row, any of which will do."""
    return "/".join(sorted(at.wanted.skills - {""}))


def duty_json(plan: RosterPlan, duty: Duty) -> dict[str, object]:
    """Return one duty as scripts read it and as it is kept."""
    return {
        "person": duty.person, "day": plan.date_of(duty.day).isoformat(), "shift": duty.shift.name,
        "start": clock_text(duty.shift.start), "end": clock_text(duty.shift.end),
        "breaks": [[clock_text(first), clock_text(last)] for first, last in duty.breaks],
    }  # fmt: skip


def _json(shop: ShopProblem, roster: Roster, duties: list[Duty]) -> dict[str, object]:
    plan = shop.plan
    minutes = plan.need[0].minutes
    bounded = roster.bound > NONE_KNOWN
    return {
        "first": plan.first.isoformat(),
        "days": plan.days,
        "cost": round(roster.cost, 4),
        "bound": round(roster.bound, 4) if bounded else None,
        "gap_share": round((roster.cost - roster.bound) / max(roster.cost, 1e-9), 6) if bounded else None,
        "duties": [duty_json(plan, duty) for duty in duties],
        "cover_short": [
            {"day": plan.date_of(at.wanted.day).isoformat(), "start": clock_text(at.wanted.interval * minutes),
             "skills": sorted(at.wanted.skills - {""}), "needed": at.wanted.people, "there": round(at.there, 4)}
            for at in short_needs(shop, roster)
        ],
        "wishes_refused": [
            {"person": wish.person, "day": plan.date_of(wish.day).isoformat(), "shift": wish.shift, "want": wish.want}
            for wish in refused_wishes(shop, roster)
        ],
        "people": [
            {"person": one.person, "hours": one.hours, "days": one.days, "nights": one.nights, "weekends": one.weekends,
             "hours_below": round(one.hours_below, 4)}
            for one in carried_by(shop, roster)
        ],
    }  # fmt: skip
