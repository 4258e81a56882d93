"""A roster for an instance of the shift-scheduling benchmarks: found, listed, and said how good it is proven to be."""

import time
from pathlib import Path

from xiaoer.actions.plan_roster_words import NONE_KNOWN, is_proven, standing_lead
from xiaoer.actions.plan_stop import Stop
from xiaoer.actions.render.page import Cell, Column, Page
from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Place
from xiaoer.base.language import Language
from xiaoer.planning.roster import (
    KEPT,
    Broken,
    Everyone,
    Instance,
    Lack,
    Problem,
    Roster,
    additions,
    best_roster,
    kinds_of,
    lacks_of,
    possible,
    read_instance,
    short_rows,
)  # fmt: skip

EXPLAINED = 20  # rows of lacking cover that are explained one by one
SECONDS_TO_EXPLAIN = 5.0


def instance_page(file: Path, stop: Stop, language: Language) -> Page:
    """Return the roster as a page: a row per person, a column per day; JSON holds objective, bound and solution."""
    try:
        text = file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise ReportableError.of("roster.file_unreadable", place=Place(file=file.name)) from error
    instance = read_instance(text, file.name)
    problem, broken = possible(instance.problem)
    watch = stop.watch()
    roster = best_roster(problem, watch, seed=stop.seed)
    took = watch.past
    shifts = [_shifts(problem, roster, number) for number in range(len(problem.people))]
    lacks = _lacks(problem, roster)
    columns = (
        Column("person", word("roster_person", language), fixed=True),
        *(Column(f"day_{day}", str(day)) for day in range(problem.days)),
    )
    rows = tuple(
        (Cell(person.name, person.name), *(Cell(shift, shift) for shift in line))
        for person, line in zip(problem.people, shifts, strict=True)
    )
    return Page(
        name="plan_roster",
        title=word("roster_instance_title", language, what=file.stem),
        columns=columns,
        rows=rows,
        language=language,
        data=_json(instance, problem, roster, shifts=shifts, lacks=lacks, broken=broken, took=took, name=file.stem),
        lead=tuple(standing_lead(roster, took, language)),
        notes=(*_broken_notes(broken, language), *_lack_notes(problem, lacks, language)),
    )


def _shifts(problem: Problem, roster: Roster, number: int) -> list[str]:
    line = roster.lines[number]
    if line is None:
        return [""] * problem.days
    return [problem.kinds[kind - 1] if kind else "" for kind in kinds_of(problem, problem.people[number], line)]


def _lacks(problem: Problem, roster: Roster) -> list[Lack]:
    everyone = Everyone(problem)
    until = time.monotonic() + SECONDS_TO_EXPLAIN
    rows = short_rows(everyone, roster)
    return lacks_of(everyone, roster, rows[:EXPLAINED], over=lambda: time.monotonic() > until)


def _row_names(problem: Problem) -> dict[int, tuple[int, str]]:
    """Return the day and shift of each row of cover."""
    options = problem.options[0]
    return {
        int(row): (int(options.day[option]), problem.kinds[int(options.kind[option]) - 1])
        for option in range(len(options.day))
        for row in options.rows[options.begins[option] : options.begins[option + 1]]
    }


def _json(  # noqa: PLR0913 -- all that is known of the roster
    instance: Instance, problem: Problem, roster: Roster, *, shifts: list[list[str]], lacks: list[Lack],
    broken: tuple[Broken, ...], took: float, name: str,
) -> dict[str, object]:  # fmt: skip
    names = _row_names(problem)
    have = additions(problem, roster.lines)
    target = problem.cover.target
    by_person = {person.name: line for person, line in zip(problem.people, shifts, strict=True)}
    explained = {lack.row: lack for lack in lacks}
    short = [row for row in range(len(target)) if have[row] < target[row]]
    return {
        "instance": name,
        "objective": round(roster.cost) if not broken else None,
        "bound": round(roster.bound) if roster.bound > NONE_KNOWN and not broken else None,
        "gap_share": None if broken else gap_share(roster),
        "optimal": not broken and is_proven(roster.cost, roster.bound),
        "seconds": round(took, 2),
        "solution": by_person,
        "rules_broken": [
            {"person": one.person, "rules": [rule_name(problem, rule) for rule in one.rules]} for one in broken
        ],
        "cover_short": [
            {"day": names[row][0], "shift": names[row][1], "missing": round(target[row] - have[row]),
             "ways": _ways_json(problem, explained.get(row))}
            for row in short if row in names
        ],
        "cover_over": [
            {"day": day, "shift": shift, "surplus": round(have[row] - target[row])}
            for row, (day, shift) in sorted(names.items()) if have[row] > target[row]
        ],
        "wishes_refused": [
            {"person": wish.person, "day": wish.day, "shift": wish.shift, "on": wish.on, "weight": wish.weight}
            for wish in instance.wishes
            if (by_person[wish.person][wish.day] == wish.shift) != wish.on
        ],
    }  # fmt: skip


def gap_share(roster: Roster) -> float | None:
    """Return how far the cost is above the bound, as a share of the cost; None without a bound."""
    if roster.bound < NONE_KNOWN:
        return None
    return round((roster.cost - roster.bound) / roster.cost, 6) if roster.cost > 0 else 0.0


def rule_name(problem: Problem, rule: str) -> str:
    """Return a rule's name to scripts; a limit of one shift names it."""
    return f"shift {problem.kinds[int(rule.removeprefix('kind ')) - 1]}" if rule.startswith("kind ") else rule


def _ways_json(problem: Problem, lack: Lack | None) -> list[dict[str, object]] | None:
    if lack is None:
        return None
    return [
        {"person": way.person, "shift": problem.kinds[way.kind - 1], "change": round(way.change, 6),
         "relax": None if way.rule == KEPT else rule_name(problem, way.rule)}
        for way in lack.ways
    ]  # fmt: skip


def _broken_notes(broken: tuple[Broken, ...], language: Language) -> list[str]:
    if not broken:
        return []
    names = word("roster_between", language).join(one.person for one in broken)
    return [word("roster_rules_broken", language, number=len(broken), names=names)]


def _lack_notes(problem: Problem, lacks: list[Lack], language: Language) -> list[str]:
    names = _row_names(problem)
    notes = []
    for lack in lacks:
        day, shift = names[lack.row]
        said = word("roster_short", language, when=day, what=shift, number=f"{lack.missing:g}")
        ways = [
            word(
                "roster_way_kept" if way.rule == KEPT else "roster_way", language, person=way.person,
                rule=rule_words(way.rule, problem, language), change=f"{way.change:+g}",
            )
            for way in lack.ways
        ]  # fmt: skip
        notes.append(said + (word("roster_between", language).join(ways) or word("roster_no_way", language)))
    return notes


def rule_words(rule: str, problem: Problem, language: Language) -> str:
    """Return a rule in words."""
    if rule.startswith("kind "):
        return word("roster_rule_kind", language, shift=problem.kinds[int(rule.removeprefix("kind ")) - 1])
    return "" if rule == KEPT else word(f"roster_rule_{rule}", language)
