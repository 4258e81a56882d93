"""How a planned shift was kept: adherence, conformance, late, left early, gone in between, never there, overtime.

adherence = time online within planned work ÷ planned work; conformance = all time online ÷ planned work, so overtime
makes up for lateness in conformance only. Vendors differ in both words: these are ours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, order=True)
class Span:
    """A time from a start up to an end, in whole microseconds since 1970."""

    start: int
    end: int

    @property
    def micros(self) -> int:
        """Return how long it is."""
        return self.end - self.start


@dataclass(frozen=True)
class Kept:
    """One shift of one person: durations in microseconds; they add up: planned = present + late + early + between."""

    planned: int
    present: int
    late: int
    early: int
    between: int
    overtime: int
    missing: bool

    @property
    def adherence(self) -> Fraction | None:
        """Return present within planned work ÷ planned work; None where nothing was planned."""
        return Fraction(self.present, self.planned) if self.planned else None

    @property
    def conformance(self) -> Fraction | None:
        """Return all time present ÷ planned work; None where nothing was planned."""
        return Fraction(self.present + self.overtime, self.planned) if self.planned else None

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(
            self.planned + other.planned, self.present + other.present, self.late + other.late,
            self.early + other.early, self.between + other.between, self.overtime + other.overtime,
            self.missing and other.missing,
        )  # fmt: skip


NOTHING = Kept(0, 0, 0, 0, 0, 0, missing=True)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that touch as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if span.micros <= 0:
            continue
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def overlap(left: Sequence[Span], right: Sequence[Span]) -> list[Span]:
    """Return the times that are in both of two ordered lists without overlaps."""
    found, at, other = [], 0, 0
    while at < len(left) and other < len(right):
        start, end = max(left[at].start, right[other].start), min(left[at].end, right[other].end)
        if start < end:
            found.append(Span(start, end))
        if left[at].end <= right[other].end:
            at += 1
        else:
            other += 1
    return found


def kept_by_shift(planned: Iterable[Span], online: Iterable[Span], *, day: Span) -> Kept:
    """Return how one person's planned work of a day was kept; what is online on that day outside of it is overtime.

    Of planned work in pieces (a break between), late is counted from the first piece and early to the end of the last;
    whoever never came is missing, and all of it is neither late nor early but in between.
    """
    work, there = merged(planned), merged(online)
    inside = overlap(work, there)
    total, present = _length(work), _length(inside)
    overtime = _length(overlap([day], there)) - _length(overlap([day], inside))
    if not inside:
        return Kept(total, 0, 0, 0, total, overtime, missing=total > 0)
    late = _length(overlap(work, [Span(work[0].start, inside[0].start)]))
    early = _length(overlap(work, [Span(inside[-1].end, work[-1].end)]))
    return Kept(total, present, late, early, total - present - late - early, overtime, missing=False)


def _length(spans: Iterable[Span]) -> int:
    return sum(span.micros for span in spans)
