"""From how many of a group begin and end an activity in each slot to what each person does."""

from collections.abc import Sequence

from xiaoer.planning.roster.activities.day import DayWork
from xiaoer.planning.roster.activities.programme import Counts, Group


def to_people(
    work: DayWork, groups: Sequence[Group], begins: Counts, ends: Counts, *, turn: int
) -> tuple[tuple[int, ...], ...]:
    """Return what each worker does in each of their slots; who changed least and longest ago is asked first."""
    doing: list[tuple[int, ...]] = [()] * len(work.workers)
    for number, group in enumerate(groups):
        shift = turn % len(group.members)
        members = [*group.members[shift:], *group.members[:shift]]
        for member, activities in zip(members, _lines(work, group, number, begins, ends), strict=True):
            doing[member] = tuple(activities)
    return tuple(doing)


def _lines(work: DayWork, group: Group, number: int, begins: Counts, ends: Counts) -> list[list[int]]:
    """Return the activities of each place in a group, slot by slot."""
    first = [activity for activity in group.can for _ in range(begins.get((number, 0, activity), 0))]
    lines = [[activity] for activity in first]
    since = [0] * len(lines)  # the slot in which each began what they do
    changes = [0] * len(lines)
    for at in range(1, len(group.slots)):
        leaving = []
        for activity in group.can:
            may = [
                place for place, line in enumerate(lines)
                if line[-1] == activity and at - since[place] >= work.shortest[activity]
            ]  # fmt: skip
            may.sort(key=lambda place: (changes[place], since[place], place))
            leaving += may[: ends.get((number, at, activity), 0)]
        coming = [activity for activity in group.can for _ in range(begins.get((number, at, activity), 0))]
        goes_on = dict(zip(leaving, _apart([lines[place][-1] for place in leaving], coming), strict=True))
        for place, line in enumerate(lines):
            after = goes_on.get(place, line[-1])
            if after != line[-1]:
                since[place], changes[place] = at, changes[place] + 1
            line.append(after)
    return lines


def _apart(left: Sequence[int], coming: list[int]) -> list[int]:
    """Return what each that leaves an activity goes on with, out of `coming`: another one wherever that is possible."""
    rest, found = list(coming), []
    for at, activity in enumerate(left):
        later = left[at + 1 :]
        # What those after this one cannot take is given away first.
        choice = min(rest, key=lambda one: (one == activity, -later.count(one), one))
        rest.remove(choice)
        found.append(choice)
    return found
