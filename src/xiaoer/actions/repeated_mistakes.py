"""The same mistake again: what one agent was found to do in several conversations of a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xiaoer.actions.inspect_findings import FindingShown

LEAST = 3
GRAVE = ("middle", "high")  # a missing goodbye is no mistake to bring up again and again


@dataclass(frozen=True)
class RepeatedMistake:
    """An agent's mistake by item: in which conversations, the first first."""

    shop: str
    agent: str
    item: str
    label: str
    conversations: tuple[str, ...]

    @property
    def times(self) -> int:
        """Return in how many conversations it was made."""
        return len(self.conversations)


def repeated_mistakes(findings: Sequence[FindingShown], *, least: int = LEAST) -> list[RepeatedMistake]:
    """Return what took points from one agent, slight things left out, in at least so many conversations, most first."""
    made: dict[tuple[str, str, str], list[FindingShown]] = {}
    for one in sorted(findings, key=lambda one: (one.at, one.id)):
        if one.points < 0 and one.severity in GRAVE:
            made.setdefault((one.id.shop, one.id.agent, one.id.item), []).append(one)
    again = [
        RepeatedMistake(*key, found[0].label, tuple(one.conversation for one in found))
        for key, found in made.items()
        if len(found) >= least
    ]
    return sorted(again, key=lambda one: (-one.times, one.shop, one.agent, one.item))


def repeated_json(one: RepeatedMistake) -> Mapping[str, object]:
    """Return it for scripts."""
    return {"shop": one.shop, "agent": one.agent, "item": one.item, "conversations": list(one.conversations)}
