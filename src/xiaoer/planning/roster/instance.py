"""The text format of shift-scheduling benchmarks: sections of comma-separated lines → a problem."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from math import gcd

import numpy as np

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Place
from xiaoer.base.mask import shape_of
from xiaoer.planning.roster.problem import FORBIDDEN, Cover, Options, Person, Problem, Tally

SECTIONS = ("HORIZON", "SHIFTS", "STAFF", "DAYS_OFF", "SHIFT_ON_REQUESTS", "SHIFT_OFF_REQUESTS", "COVER")
COLUMNS = {"SHIFTS": 2, "STAFF": 8, "DAYS_OFF": 2, "SHIFT_ON_REQUESTS": 4, "SHIFT_OFF_REQUESTS": 4, "COVER": 5}


@dataclass(frozen=True)
class Wish:
    """A person wishes to work a shift on a day (or, `on` false, not to); not granting it costs `weight`."""

    person: str
    day: int
    shift: str
    weight: int
    on: bool


@dataclass(frozen=True)
class Instance:
    """An instance as it was read, and the problem made of it."""

    problem: Problem
    wishes: tuple[Wish, ...]


@dataclass
class _Lines:
    """The lines of each section with their numbers, and the file they came from."""

    file: str
    sections: dict[str, list[tuple[int, list[str]]]] = field(default_factory=dict)

    def place(self, line: int) -> Place:
        return Place(file=self.file, line=line)

    def rows(self, section: str) -> Iterator[tuple[int, list[str]]]:
        """Return a section's rows; one that is too short is an error."""
        for line, cells in self.sections.get(section, []):
            if len(cells) < COLUMNS[section]:
                values: dict[str, str | int] = {
                    "section": f"SECTION_{section}",
                    "found": len(cells),
                    "wanted": COLUMNS[section],
                }
                raise ReportableError.of("roster.line_short", place=self.place(line), values=values)
            yield line, cells

    def number(self, line: int, cell: str, *, most: int = 10**9) -> int:
        try:
            value = int(cell)
        except ValueError:
            value = -1
        if 0 <= value <= most:
            return value
        values: dict[str, str | int] = {"found": shape_of(cell), "most": most}
        raise ReportableError.of("roster.number", place=self.place(line), values=values)

    def known(self, line: int, name: str, names: Mapping[str, int]) -> int:
        if name in names:
            return names[name]
        raise ReportableError.of("roster.unknown_name", place=self.place(line), values={"found": shape_of(name)})


def read_instance(text: str, file: str) -> Instance:
    """Return the instance; ReportableError names the line that cannot be used."""
    lines = _sections(text, file)
    horizon = lines.sections["HORIZON"]
    days = lines.number(horizon[0][0], horizon[0][1][0], most=3660)
    shifts = list(lines.rows("SHIFTS"))
    kinds = {cells[0]: number for number, (_, cells) in enumerate(shifts, start=1)}
    minutes = np.array([0, *(lines.number(line, cells[1], most=2880) for line, cells in shifts)])
    follows = np.ones((len(kinds) + 1, len(kinds) + 1), dtype=bool)
    for line, cells in shifts:
        for other in filter(None, (cells[2] if len(cells) > 2 else "").split("|")):
            follows[kinds[cells[0]], lines.known(line, other.strip(), kinds)] = False
    staff = list(lines.rows("STAFF"))
    names = {cells[0]: number for number, (_, cells) in enumerate(staff)}
    toll = np.zeros((len(names), days, len(kinds) + 1))
    wishes = _wishes(lines, names, kinds, days)
    constant = _with_wishes(toll, wishes, names, kinds)
    for line, cells in lines.rows("DAYS_OFF"):
        for day in cells[1:]:
            toll[lines.known(line, cells[0], names), lines.number(line, day, most=days - 1), 1:] = FORBIDDEN
    unit = reduce(gcd, minutes.tolist()) or 1
    people = tuple(
        _person(lines, row, toll[number], kinds=kinds, weights=minutes // unit, unit=unit)
        for number, row in enumerate(staff)
    )
    options, cover = _cover(lines, days, kinds)
    problem = Problem(days, tuple(kinds), follows, people, (options,), cover, constant=constant)
    return Instance(problem, wishes)


def _sections(text: str, file: str) -> _Lines:
    found = _Lines(file)
    section = ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip().lstrip("\ufeff")
        if not line or line.startswith("#"):
            continue
        if line.upper().startswith("SECTION_"):
            section = line.upper().removeprefix("SECTION_").split()[0]
            found.sections.setdefault(section, [])
        elif section:
            found.sections[section].append((number, [cell.strip() for cell in line.rstrip(",").split(",")]))
    for needed in ("HORIZON", "SHIFTS", "STAFF", "COVER"):
        if not found.sections.get(needed):
            values = {"section": f"SECTION_{needed}"}
            raise ReportableError.of("roster.no_section", place=Place(file=file), values=values)
    return found


def _wishes(lines: _Lines, names: Mapping[str, int], kinds: Mapping[str, int], days: int) -> tuple[Wish, ...]:
    found = []
    for section, on in (("SHIFT_ON_REQUESTS", True), ("SHIFT_OFF_REQUESTS", False)):
        for line, (name, day, shift, weight, *_) in lines.rows(section):
            lines.known(line, name, names)
            lines.known(line, shift, kinds)
            found.append(Wish(name, lines.number(line, day, most=days - 1), shift, lines.number(line, weight), on))
    return tuple(found)


def _with_wishes(
    toll: np.ndarray, wishes: tuple[Wish, ...], names: Mapping[str, int], kinds: Mapping[str, int]
) -> float:
    """Add the wishes to the tolls; one to work costs its weight unless granted: a constant and a rebate."""
    constant = 0.0
    for wish in wishes:
        where = names[wish.person], wish.day, kinds[wish.shift]
        toll[where] += -wish.weight if wish.on else wish.weight
        constant += wish.weight if wish.on else 0
    return constant


def _person(
    lines: _Lines,
    row: tuple[int, list[str]],
    toll: np.ndarray,
    *,
    kinds: Mapping[str, int],
    weights: np.ndarray,
    unit: int,
) -> Person:
    line, cells = row
    days = len(toll)
    highest, lowest, longest, shortest, rest, weekends = (lines.number(line, cell) for cell in cells[2:8])
    most = min(highest // unit, days * int(weights.max()))
    total = np.zeros(most + 1)
    total[: min(-(-lowest // unit), most + 1)] = FORBIDDEN
    by_day = np.tile(weights, (days, 1))
    tallies = [Tally("minutes", total, by_day)]
    tallies.append(Tally("weekends", np.zeros(min(weekends, days // 7 + 2) + 1), weekend=True))
    for limit in filter(None, cells[1].split("|")):
        shift, _, number = limit.partition("=")
        kind = lines.known(line, shift.strip(), kinds)
        top = lines.number(line, number.strip())
        if top == 0:
            toll[:, kind] = FORBIDDEN
        elif top < days:
            once = np.zeros_like(by_day)
            once[:, kind] = 1
            tallies.append(Tally(f"kind {kind}", np.zeros(top + 1), once))
    return Person(cells[0], 0, toll, max(longest, 0), max(shortest, 1), max(rest, 1), tuple(tallies))


def _cover(lines: _Lines, days: int, kinds: Mapping[str, int]) -> tuple[Options, Cover]:
    """Return one option per day and kind, and a row of cover for each that is asked for."""
    rows: dict[tuple[int, int], int] = {}
    targets: list[float] = []
    pieces: list[tuple[int, float, float]] = []
    for line, cells in lines.rows("COVER"):
        key = lines.number(line, cells[0], most=days - 1), lines.known(line, cells[1], kinds)
        row = rows.setdefault(key, len(rows))
        if row == len(targets):
            targets.append(float(lines.number(line, cells[2])))
            pieces.append((row, -1.0, float(lines.number(line, cells[3]))))
            pieces.append((row, 1.0, float(lines.number(line, cells[4]))))
    worked = [(day, kind) for day in range(days) for kind in range(1, len(kinds) + 1)]
    covered = [rows.get(key) for key in worked]
    begins = np.concatenate([[0], np.cumsum([row is not None for row in covered])])
    options = Options(
        day=np.array([day for day, _ in worked]),
        kind=np.array([kind for _, kind in worked]),
        begins=begins,
        rows=np.array([row for row in covered if row is not None], dtype=np.int64),
        adds=np.ones(int(begins[-1])),
    )
    of_row, sign, toll = (np.array(column) for column in zip(*pieces, strict=True))
    zeros = np.zeros(len(of_row))
    return options, Cover(np.array(targets), of_row.astype(np.int64), sign, zeros, zeros + np.inf, toll)
