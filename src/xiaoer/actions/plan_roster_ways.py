"""What is said of a shop's roster beside it: where people are missing, what would mend it, and what the law says."""

import time

from xiaoer.actions.plan_instance import rule_words
from xiaoer.actions.plan_roster_pages import skills_text, time_text
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.planning.roster import KEPT, Everyone, Lack, Roster, lacks_of
from xiaoer.planning.roster.shop import RosterForm, RosterPlan, ShopProblem
from xiaoer.planning.roster.shop.answer import CoverAt, short_needs

MOST_LACKS = 5
SECONDS = 10.0


def lack_notes(shop: ShopProblem, roster: Roster, language: Language) -> list[str]:
    """Return the dearest lacks, one of each day and skill, with the cheapest ways to mend them."""
    short = short_needs(shop, roster)
    if not short:
        return [word("roster_covered", language)]
    chosen: dict[tuple[int, frozenset[str]], CoverAt] = {}
    for at in short:
        chosen.setdefault((at.wanted.day, at.wanted.skills), at)
    rows = list(chosen.values())[:MOST_LACKS]
    until = time.monotonic() + SECONDS
    lacks = lacks_of(Everyone(shop.problem), roster, [at.number for at in rows], over=lambda: time.monotonic() > until)
    hours = sum(at.missing for at in short) * shop.plan.need[0].minutes / 60
    notes = [word("roster_short_in_all", language, intervals=len(short), hours=f"{hours:.1f}")]
    for at, lack in zip(rows, lacks, strict=False):
        notes.append(_said(shop, at, lack, language))
    return notes


def _said(shop: ShopProblem, at: CoverAt, lack: Lack, language: Language) -> str:
    start = at.wanted.interval * shop.plan.need[0].minutes
    when = f"{shop.plan.date_of(at.wanted.day).isoformat()} {time_text(start)}"
    said = word("roster_short", language, when=when, what=skills_text(at), number=f"{at.missing:g}")
    ways = [
        word(
            "roster_shop_way_kept" if way.rule == KEPT else "roster_shop_way", language, person=way.person,
            shift=shop.problem.kinds[way.kind - 1], rule=rule_words(way.rule, shop.problem, language),
            change=f"{way.change:+.0f}",
        )
        for way in lack.ways
    ]  # fmt: skip
    return said + (word("roster_between", language).join(ways) or word("roster_no_way", language))


def law_notes(plan: RosterPlan, form: RosterForm, language: Language) -> list[str]:
    """Return where the rules asked for go beyond what the law sets on the plan's first day."""
    in_force = [law for law in form.law if law.since <= plan.first.isoformat()]
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
