"""A shop's own roster: from the tables that a lead filled in to who works when, as pages of a book and as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xiaoer.actions.plan_roster_made import make_roster, mend_roster
from xiaoer.actions.plan_roster_pages import pages_of
from xiaoer.actions.plan_roster_tables import roster_form
from xiaoer.actions.plan_roster_value import RosterProblem, days_asked
from xiaoer.actions.plan_roster_ways import law_notes, said_lacking
from xiaoer.actions.plan_roster_words import standing_lead
from xiaoer.actions.plan_stop import Stop
from xiaoer.actions.render.book import Book
from xiaoer.actions.render.page import Page
from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Place
from xiaoer.base.language import Language
from xiaoer.base.mask import shape_of
from xiaoer.planning.roster.shop import made_problem, plan_of, read_tables


@dataclass(frozen=True)
class RosterAsk:
    """What to roster: the tables, a table of need instead of theirs, or a roster to mend with who is away when."""

    plan: Path
    need: Path | None = None
    repair: Path | None = None
    absent: tuple[str, ...] = ()


def roster_book(ask: RosterAsk, stop: Stop, language: Language) -> Book:
    """Return the roster: by person, by day, cover, what each carries; JSON is the first page's."""
    form = roster_form()
    tables = read_tables(ask.plan, form)
    if ask.need is not None:
        tables |= {"need": read_tables(ask.need, form).get("need", [])}
    problem = RosterProblem(made_problem(plan_of(tables, form)))
    if ask.repair is not None:
        return _repaired(problem, ask.repair, ask.absent, language)
    made = make_roster(problem, stop)
    lead = standing_lead(made.roster, made.seconds, language)
    notes = law_notes(made.shop.plan, language)
    if made.broken:
        names = word("roster_between", language).join(one.person for one in made.broken)
        notes.append(word("roster_rules_broken", language, number=len(made.broken), names=names))
    notes += said_lacking(made.shop, made.roster, made.lacking(), language)
    return _book(tuple(pages_of(made.shop, made.roster, lead, notes, language)))


def _repaired(problem: RosterProblem, kept: Path, absent: tuple[str, ...], language: Language) -> Book:
    done = mend_roster(problem, kept_roster(kept), dict(_absence(problem, text) for text in absent))
    names = word("roster_between", language).join(done.touched)
    lead = [
        word(
            "roster_repaired", language, number=len(done.touched), names=names, seconds=f"{done.seconds:.1f}",
            before=f"{done.cost_alone:,.6g}", cost=f"{done.roster.cost:,.6g}",
        )
    ]  # fmt: skip
    changes = [
        {"person": one.person, "day": one.day.isoformat(), "from": one.before, "to": one.after} for one in done.changes
    ]
    notes = [word("roster_change", language, **one) for one in changes]
    more = {"touched": list(done.touched), "changes": changes}
    return _book(tuple(pages_of(done.shop, done.roster, lead, notes, language, more=more)))


def _book(pages: tuple[Page, ...]) -> Book:
    return Book(pages[0].title, pages, pages[0].language, pages[0].data)


def kept_roster(file: Path) -> list[Mapping[str, object]]:
    """Return the duties of a roster that was written as JSON."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        duties = content["duties"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ReportableError.of("roster.not_kept", place=Place(file=file.name)) from error
    return [duty for duty in duties if isinstance(duty, dict)]


def _absence(problem: RosterProblem, text: str) -> tuple[str, list[date]]:
    """Return who is away and on which days, of NAME@DAY or NAME@DAY..DAY."""
    name, _, days = text.partition("@")
    if name not in problem.people:
        raise ReportableError.of("roster.absent_unknown", values={"found": shape_of(name)})
    try:
        return name, days_asked(problem, days)
    except ValueError:
        raise ReportableError.of("roster.absent_days", values={"found": shape_of(days)}) from None
