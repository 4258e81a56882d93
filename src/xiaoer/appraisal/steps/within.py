"""Who is compared with whom: everybody of the scheme, or those of one role or group."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node


class Within(StrEnum):
    """Whom a step puts beside each other."""

    ALL = "all"
    ROLE = "role"
    GROUP = "group"


_KEYS: dict[Within, Callable[[Member], str]] = {
    Within.ALL: lambda member: "",
    Within.ROLE: lambda member: member.person.role,
    Within.GROUP: lambda member: member.person.group,
}


def run_within(within: Within, members: Sequence[Member], run: Callable[[list[Member]], list[Node]]) -> list[Node]:
    """Return the nodes of a step that is run for each role or group by itself, in the order of the people given."""
    teams: dict[str, list[int]] = {}
    for place, member in enumerate(members):
        teams.setdefault(_KEYS[within](member), []).append(place)
    made: dict[int, Node] = {}
    for places in teams.values():
        made.update(zip(places, run([members[place] for place in places]), strict=True))
    return [made[place] for place in range(len(members))]
