"""A scorecard: what machines found and people decided of one conversation, and the scores that follow."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from xiaoer.actions.inspect_conversation import InspectedConversation
from xiaoer.actions.inspect_decisions import Decision, FindingId, Verdict
from xiaoer.actions.inspect_findings import Decisions, FindingShown
from xiaoer.actions.inspect_scorecard import HumanItem, human_items, item_labels, scores_after
from xiaoer.base.days import parse_day
from xiaoer.base.language import Language
from xiaoer.site.kept import kept
from xiaoer.site.models import Appeal, FindingDecision

REASONS = {
    "context": _("the words mean something else here"),
    "quoted": _("somebody else's words, or quoted"),
    "righted": _("put right in the same conversation"),
    "unclear": _("the words do not show it"),
    "noisy": _("the item itself finds too much"),
}
VERDICTS = {
    "accepted": _("stands"),
    "refused": _("does not stand"),
    "restated": _("counts differently"),
    "added": _("found by a person"),
}
APPEALS = {
    "open": _("appealed, not decided yet"),
    "upheld": _("appeal upheld"),
    "refused": _("appeal refused"),
    "withdrawn": _("appeal withdrawn"),
}


@dataclass(frozen=True)
class Entry:
    """One item of a scorecard: a finding, or an item for people; `decided` is what the reader of it decided."""

    item: str
    label: str
    reason: str
    standard: str
    points: Decimal
    fatal: bool
    places: tuple[int, ...]
    decided: FindingDecision | None = None
    appeal: Appeal | None = None

    @property
    def verdict(self) -> str:
        """Return what was decided in words; empty for nothing."""
        return str(VERDICTS[self.decided.verdict]) if self.decided else ""

    @property
    def why(self) -> str:
        """Return why it was refused in words."""
        return str(REASONS.get(self.decided.reason, "")) if self.decided else ""

    @property
    def appealed(self) -> str:
        """Return what became of its appeal in words."""
        return str(APPEALS[self.appeal.state]) if self.appeal else ""

    @property
    def worth(self) -> str:
        """Return the points as they are read: with a true minus."""
        points = self.points if self.decided is None or self.decided.points is None else self.decided.points
        return said_points(points)


@dataclass(frozen=True)
class Card:
    """What a conversation was found to hold, what only people judge, what people added, both scores."""

    found: tuple[Entry, ...]
    human: tuple[Entry, ...]
    added: tuple[Entry, ...]
    machine: Decimal
    score: Decimal

    @property
    def left(self) -> int:
        """Return how many findings nobody has judged."""
        return sum(one.decided is None for one in self.found)


def said_points(points: Decimal) -> str:
    """Return points as they are read: signed, with a true minus."""
    return "0" if not points else f"{points.normalize():+f}".replace("-", "−")


def card_of(
    found: InspectedConversation, rows: dict[str, FindingDecision], language: Language,
    appeals: dict[str, Appeal] | None = None,
) -> Card:  # fmt: skip
    """Return the scorecard of a conversation; `rows` are decisions by item, the scores are the engine's."""
    home = settings.SITE.home
    appeals = appeals or {}
    machine, score = scores_after(home, found, decisions_from(found, rows))
    human = human_items(home, parse_day(found.id.day, name="on"), language)
    known = {one.id.item for one in found.findings} | {one.name for one in human}
    labels = kept(item_labels, language)
    added = tuple(
        Entry(item, labels.get(item, item), "", "", row.points or Decimal(0), False, (), row, appeals.get(item))
        for item, row in rows.items()
        if item not in known and row.verdict == Verdict.ADDED
    )
    return Card(
        tuple(_found(one, rows, appeals) for one in found.findings),
        tuple(_human(one, rows, appeals) for one in human), added, machine, score,
    )  # fmt: skip


def decisions_from(found: InspectedConversation, rows: dict[str, FindingDecision]) -> Decisions:
    """Return decisions by item as the engine takes them."""
    return {
        finding_id(found, item): Decision(Verdict(one.verdict), one.points, one.fatal) for item, one in rows.items()
    }


def finding_id(found: InspectedConversation, item: str) -> FindingId:
    """Return what names a finding of a conversation."""
    return FindingId(found.shop, found.id.day, found.id.agent, found.id.buyer, item)


def _found(one: FindingShown, rows: dict[str, FindingDecision], appeals: dict[str, Appeal]) -> Entry:
    places = tuple(sorted({mark.place for mark in one.evidence}))
    item = one.id.item
    return Entry(
        item, one.label, one.reason, one.standard_label, one.points, one.fatal, places, rows.get(item),
        appeals.get(item),
    )  # fmt: skip


def _human(one: HumanItem, rows: dict[str, FindingDecision], appeals: dict[str, Appeal]) -> Entry:
    return Entry(
        one.name, one.label, one.reason, one.standard, one.points, one.fatal, (), rows.get(one.name),
        appeals.get(one.name),
    )  # fmt: skip
