"""What is said of a shop's roster beside it: where people are missing, what would mend it, and what the law says."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.plan_roster_pages import skills_text
from xiaoer.actions.plan_roster_tables import roster_form
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.planning.roster import KEPT, Everyone, Roster, lacks_of
from xiaoer.planning.roster.shop import RosterPlan, ShopProblem
from xiaoer.planning.roster.shop.answer import CoverAt, missing_by_interval, short_needs

MOST_LACKS = 5
SECONDS = 10.0


@dataclass(frozen=True)
class Mending:
    """One way to have somebody more there: who, on which shift, the rule let go, and how the whole cost changes."""

    person: str
    shift: str
    rule: str
    change: float

    @property
    def keeps_rules(self) -> bool:
        """Return whether no rule is let go."""
        return self.rule == KEPT


@dataclass(frozen=True)
class Lacking:
    """An interval that is short of people, and the cheapest ways to mend it."""

    day: date
    start: str
    skills: str
    missing: float
    ways: tuple[Mending, ...]


def lacking(shop: ShopProblem, roster: Roster) -> list[Lacking]:
    """Return the dearest lacks, one of each day and skill, with the cheapest ways to mend them."""
    chosen: dict[tuple[int, frozenset[str]], CoverAt] = {}
    for at in short_needs(shop, roster):
        chosen.setdefault((at.wanted.day, at.wanted.skills), at)
    rows = list(chosen.values())[:MOST_LACKS]
    until = time.monotonic() + SECONDS
    lacks = lacks_of(Everyone(shop.problem), roster, [at.number for at in rows], over=lambda: time.monotonic() > until)
    return [
        Lacking(
            shop.plan.date_of(at.wanted.day), clock_text(at.wanted.interval * shop.plan.need[0].minutes),
            skills_text(at), at.missing,
            tuple(Mending(way.person, shop.problem.kinds[way.kind - 1], way.rule, way.change) for way in lack.ways),
        )
        for at, lack in zip(rows, lacks, strict=False)
    ]  # fmt: skip


def said_lacking(shop: ShopProblem, roster: Roster, lacks: Sequence[Lacking], language: Language) -> list[str]:
    """Return in words how much is missing in all, and each lack with its ways."""
    short = short_needs(shop, roster)
    if not short:
        return [word("roster_covered", language)]
    missing = missing_by_interval(short)
    hours = sum(missing.values()) * shop.plan.need[0].minutes / 60
    notes = [word("roster_short_in_all", language, intervals=len(missing), hours=f"{hours:.1f}")]
    return notes + [said_lack(one, language) for one in lacks]


def said_lack(one: Lacking, language: Language) -> str:
    """Return one lack in words."""
    when = f"{one.day.isoformat()} {one.start}"
    said = word("roster_short" if one.skills else "roster_short_all", language, when=when, what=one.skills,
                number=f"{one.missing:g}")  # fmt: skip
    ways = [
        word(
            "roster_shop_way_kept" if way.keeps_rules else "roster_shop_way", language, person=way.person,
            shift=way.shift, rule=said_rule(way.rule, language), change=f"{way.change:+.0f}",
        )
        for way in one.ways
    ]  # fmt: skip
    return said + (word("roster_between", language).join(ways) or word("roster_no_way", language))


def said_rule(rule: str, language: Language) -> str:
    """Return a rule of a shop's roster in words; nothing for no rule."""
    return "" if rule == KEPT else word(f"roster_rule_{rule}", language)


def law_notes(plan: RosterPlan, language: Language) -> list[str]:
    """Return where the rules asked for go beyond what the law sets on the plan's first day."""
    in_force = [law for law in roster_form().law if law.since <= plan.first.isoformat()]
    if not in_force:
        return []
    law = in_force[-1]
    source = law.source.in_language(language)
    notes = []
    longest = (float(law.day_hours) + float(law.overtime_day_hours)) * 60
    for shift in plan.shifts:
        if shift.paid_minutes > longest:
            notes.append(word("roster_law_day", language, shift=shift.name, most=f"{longest / 60:g}", source=source))
    if plan.number("week_hours_most") > float(law.week_hours):
        notes.append(word("roster_law_week", language, most=law.week_hours, source=source))
    if plan.number("days_in_a_row") > 6:
        notes.append(word("roster_law_rest", language, source=source))
    return notes
