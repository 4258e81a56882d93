"""Reads a shift-scheduling instance and judges a solution, rule by rule; nothing of the product is used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

Solution = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Staff:
    """One person's limits."""

    most_of: dict[str, int]
    most_minutes: int
    least_minutes: int
    longest_run: int
    shortest_run: int
    shortest_rest: int
    most_weekends: int


@dataclass(frozen=True)
class ShiftInstance:
    """All sections of an instance."""

    days: int
    minutes: dict[str, int]
    not_after: dict[str, set[str]]
    staff: dict[str, Staff]
    days_off: dict[str, set[int]]
    wanted: list[tuple[str, int, str, int]]
    unwanted: list[tuple[str, int, str, int]]
    cover: list[tuple[int, str, int, int, int]]


def read_shift_instance(text: str) -> ShiftInstance:
    """Return the instance."""
    sections: dict[str, list[list[str]]] = {}
    for line in text.splitlines():
        if line.startswith("SECTION"):
            rows = sections.setdefault(line.strip(), [])
        elif line.strip() and not line.startswith("#"):
            rows.append(line.strip().split(","))
    staff = {
        row[0]: Staff({k: int(n) for k, n in (part.split("=") for part in row[1].split("|"))}, *map(int, row[2:8]))
        for row in sections["SECTION_STAFF"]
    }
    requests = {
        name: [(who, int(day), shift, int(weight)) for who, day, shift, weight in sections.get(name, [])]
        for name in ("SECTION_SHIFT_ON_REQUESTS", "SECTION_SHIFT_OFF_REQUESTS")
    }
    return ShiftInstance(
        days=int(sections["SECTION_HORIZON"][0][0]),
        minutes={row[0]: int(row[1]) for row in sections["SECTION_SHIFTS"]},
        not_after={row[0]: set(row[2].split("|")) - {""} for row in sections["SECTION_SHIFTS"]},
        staff=staff,
        days_off={row[0]: {int(day) for day in row[1:]} for row in sections.get("SECTION_DAYS_OFF", [])},
        wanted=requests["SECTION_SHIFT_ON_REQUESTS"],
        unwanted=requests["SECTION_SHIFT_OFF_REQUESTS"],
        cover=[(int(d), s, int(n), int(u), int(o)) for d, s, n, u, o in sections["SECTION_COVER"]],
    )


def broken_rules(instance: ShiftInstance, solution: Solution) -> list[str]:
    """Return every hard rule that is broken, in words; an empty list is a valid solution."""
    found = [f"{name} has no line" for name in instance.staff if len(solution.get(name, ())) != instance.days]
    for name, line in solution.items():
        if name in instance.staff and len(line) == instance.days:
            found += [f"{name}: {what}" for what in broken_by_line(instance, name, line)]
    return found


def broken_by_line(instance: ShiftInstance, name: str, line: Sequence[str]) -> list[str]:
    """Return the rules that one person's line breaks."""
    who = instance.staff[name]
    worked = [shift for shift in line if shift]
    minutes = sum(instance.minutes[shift] for shift in worked)
    found = [f"more than {most} {kind}" for kind, most in who.most_of.items() if worked.count(kind) > most]
    if not who.least_minutes <= minutes <= who.most_minutes:
        found.append(f"{minutes} minutes")
    found += [f"works on day {day}" for day in instance.days_off.get(name, ()) if line[day]]
    found += [f"{b} after {a}" for a, b in zip(line, line[1:], strict=False) if a and b in instance.not_after[a]]
    padded = [*line, ""]
    weekends = sum(bool(padded[day] or padded[day + 1]) for day in range(5, instance.days, 7))
    if weekends > who.most_weekends:
        found.append(f"{weekends} weekends")
    day = 0
    for works, run in groupby(line, key=bool):
        length = len(list(run))
        inside = day > 0 and day + length < instance.days
        day += length
        if works and length > who.longest_run:
            found.append(f"works {length} days on end")
        if inside and length < (who.shortest_run if works else who.shortest_rest):
            found.append(f"{'works' if works else 'rests'} only {length} days")
    return found


def penalty(instance: ShiftInstance, solution: Solution) -> int:
    """Return the objective of a solution."""
    total = sum(weight for who, day, shift, weight in instance.wanted if solution[who][day] != shift)
    total += sum(weight for who, day, shift, weight in instance.unwanted if solution[who][day] == shift)
    for day, shift, needed, under, over in instance.cover:
        there = sum(line[day] == shift for line in solution.values())
        total += max(0, needed - there) * under + max(0, there - needed) * over
    return total
