"""A shop's own roster: from the tables that a lead filled in to who works when, as pages of a book and as JSON."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xiaoer.actions.plan_roster_pages import pages_of
from xiaoer.actions.plan_roster_ways import lack_notes, law_notes
from xiaoer.actions.plan_roster_words import standing_lead
from xiaoer.actions.plan_stop import Stop
from xiaoer.actions.render.book import Book
from xiaoer.actions.render.page import Page
from xiaoer.actions.wording import word
from xiaoer.base.catalog import Catalog
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Place
from xiaoer.base.language import Language
from xiaoer.base.mask import shape_of
from xiaoer.planning.roster import best_roster, possible
from xiaoer.planning.roster.shop import RosterForm, ShopProblem, made_problem, plan_of, read_tables
from xiaoer.planning.roster.shop.form import clock, days_between
from xiaoer.planning.roster.shop.repair import repair

MOST_TOUCHED = 3


@dataclass(frozen=True)
class RosterAsk:
    """What to roster: the tables, a table of need instead of theirs, or a roster to mend with who is away when."""

    plan: Path
    need: Path | None = None
    repair: Path | None = None
    absent: tuple[str, ...] = ()


def roster_book(ask: RosterAsk, stop: Stop, language: Language) -> Book:
    """Return the roster: by person, by day, cover, what each carries; JSON is the first page's."""
    form = Catalog().load_one("planning/roster.yaml", RosterForm)
    tables = read_tables(ask.plan, form)
    if ask.need is not None:
        tables |= {"need": read_tables(ask.need, form).get("need", [])}
    shop = made_problem(plan_of(tables, form))
    if ask.repair is not None:
        return _repaired(shop, ask, language)
    problem, broken = possible(shop.problem)
    shop = ShopProblem(shop.plan, problem, shop.rows, shop.ways)
    watch = stop.watch()
    roster = best_roster(problem, watch, seed=stop.seed)
    lead = standing_lead(roster, watch.past, language)
    notes = law_notes(shop.plan, form, language)
    if broken:
        names = word("roster_between", language).join(one.person for one in broken)
        notes.append(word("roster_rules_broken", language, number=len(broken), names=names))
    notes += lack_notes(shop, roster, language)
    return _book(tuple(pages_of(shop, roster, lead, notes, language)))


def _repaired(shop: ShopProblem, ask: RosterAsk, language: Language) -> Book:
    before = _kept_roster(ask.repair or ask.plan)
    kinds = {name: number for number, name in enumerate(shop.problem.kinds, start=1)}
    dates = {shop.plan.date_of(day).isoformat(): day for day in range(shop.plan.days)}
    base = {member.name: [0] * shop.plan.days for member in shop.plan.people}
    breaks = {}
    for duty in before:
        name, day, shift = str(duty.get("person")), dates.get(str(duty.get("day"))), str(duty.get("shift"))
        if name in base and day is not None and shift in kinds:
            base[name][day] = kinds[shift]
            breaks[name, day] = tuple((clock(str(a)), clock(str(b))) for a, b in _pairs(duty))
    absent = dict(_absence(shop, text) for text in ask.absent)
    began = time.monotonic()
    done = repair(shop, base, absent, breaks, most_people=MOST_TOUCHED)
    names = word("roster_between", language).join(done.touched)
    took = f"{time.monotonic() - began:.1f}"
    lead = [
        word(
            "roster_repaired", language, number=len(done.touched), names=names, seconds=took,
            before=f"{done.cost_alone:,.6g}", cost=f"{done.roster.cost:,.6g}",
        )
    ]  # fmt: skip
    changed = [
        {
            "person": person.name,
            "day": shop.plan.date_of(day).isoformat(),
            "from": _name(shop, was),
            "to": _name(shop, now),
        }
        for person, line in zip(shop.problem.people, done.roster.lines, strict=True)
        for day, (was, now) in enumerate(zip(base[person.name], _kinds(shop, person.group, line), strict=True))
        if was != now
    ]
    notes = [word("roster_change", language, **one) for one in changed]
    more = {"touched": list(done.touched), "changes": changed}
    return _book(tuple(pages_of(shop, done.roster, lead, notes, language, more=more)))


def _book(pages: tuple[Page, ...]) -> Book:
    return Book(pages[0].title, pages, pages[0].language, pages[0].data)


def _moved(shop: ShopProblem, person: str, day: int, kinds: tuple[int, int]) -> dict[str, str]:
    was, now = (_name(shop, kind) for kind in kinds)
    return {"person": person, "day": shop.plan.date_of(day).isoformat(), "from": was, "to": now}


def _kinds(shop: ShopProblem, group: int, line: object) -> list[int]:
    options = getattr(line, "options", ())
    return [int(shop.problem.options[group].kind[option]) if option >= 0 else 0 for option in options]


def _name(shop: ShopProblem, kind: int) -> str:
    return shop.problem.kinds[kind - 1] if kind else ""


def _pairs(duty: Mapping[str, object]) -> list[tuple[str, str]]:
    pairs = duty.get("breaks")
    return [(str(one[0]), str(one[1])) for one in pairs] if isinstance(pairs, list) else []


def _kept_roster(file: Path) -> list[Mapping[str, object]]:
    """Return the duties of a roster that was written as JSON."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        duties = content["duties"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ReportableError.of("roster.not_kept", place=Place(file=file.name)) from error
    return [duty for duty in duties if isinstance(duty, dict)]


def _absence(shop: ShopProblem, text: str) -> tuple[str, list[int]]:
    """Return who is away and on which days, of NAME@DAY or NAME@DAY..DAY."""
    name, _, days = text.partition("@")
    if name not in {member.name for member in shop.plan.people}:
        raise ReportableError.of("roster.absent_unknown", values={"found": shape_of(name)})
    try:
        return name, list(days_between(days, shop.plan))
    except ValueError:
        raise ReportableError.of("roster.absent_days", values={"found": shape_of(days)}) from None
