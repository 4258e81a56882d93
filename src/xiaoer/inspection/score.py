"""Scores: 100 less the points of what was found and stands; one fatal finding makes a conversation's score 0.

Over several conversations the scores are added up and divided once (Σ/Σ); how many had something fatal stands beside,
so that an average never hides it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from xiaoer.base.steps import Step

FULL, NONE = Decimal(100), Decimal(0)
CENT = Decimal("0.01")


class Verdict(StrEnum):
    """What a person decided about a finding."""

    ACCEPTED = "accepted"
    REFUSED = "refused"  # the finding counts for nothing
    RESTATED = "restated"  # it counts for other points
    ADDED = "added"  # no machine found it, a person did: for what the item is worth that day, or for other points


@dataclass(frozen=True)
class Decision:
    """A person's decision about one finding; `points` and `fatal` only where it is restated or added for others."""

    verdict: Verdict
    points: Decimal | None = None
    fatal: bool | None = None


@dataclass(frozen=True, order=True)
class FindingId:
    """What names a finding for ever: the same conversation read again finds the same one."""

    shop: str
    day: str
    agent: str
    buyer: str
    item: str


@dataclass(frozen=True)
class Judged:
    """A finding with its worth after what people decided."""

    id: FindingId
    standard: str
    points: Decimal
    fatal: bool
    decided: bool = False


@dataclass(frozen=True)
class Score:
    """A score and what it is made of; `of` conversations, `fatal` of them with something fatal."""

    total: Decimal
    of: int
    fatal: int
    findings: int
    points: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def value(self) -> Decimal | None:
        """Return the mean score of the conversations, two places, half up; None where there is none."""
        return None if not self.of else (self.total / self.of).quantize(CENT, ROUND_HALF_UP)


def with_decision(finding: Judged, decision: Decision | None) -> Judged | None:
    """Return the finding as it counts after a decision; None when it was refused."""
    if decision is None:
        return finding
    if decision.verdict is Verdict.REFUSED:
        return None
    if decision.verdict is Verdict.ACCEPTED:
        return Judged(finding.id, finding.standard, finding.points, finding.fatal, decided=True)
    points = finding.points if decision.points is None else decision.points
    fatal = finding.fatal if decision.fatal is None else decision.fatal
    return Judged(finding.id, finding.standard, points, fatal, decided=True)


def conversation_score(findings: Iterable[Judged]) -> Decimal:
    """Return a conversation's score: 0 with anything fatal, else 100 with all points, from 0 to 100."""
    total = FULL
    for one in findings:
        if one.fatal:
            return NONE
        total += one.points
    return min(FULL, max(NONE, total))


def score_of(conversations: int, findings: Iterable[Judged]) -> Score:
    """Return the score of so many conversations, of which those without a finding have all of their points."""
    by_conversation: dict[tuple[str, str, str, str], list[Judged]] = {}
    points: dict[str, Decimal] = {}
    number = 0
    for one in findings:
        key = (one.id.shop, one.id.day, one.id.agent, one.id.buyer)
        by_conversation.setdefault(key, []).append(one)
        points[one.standard] = points.get(one.standard, NONE) + one.points
        number += 1
    clean = conversations - len(by_conversation)
    total = clean * FULL + sum((conversation_score(one) for one in by_conversation.values()), NONE)
    fatal = sum(any(one.fatal for one in found) for found in by_conversation.values())
    return Score(total, conversations, fatal, number, points)


def machine_scores() -> list[Step]:
    """Return the steps to `machine_score`: by account what `score_of` says of its conversations and findings.

    `conversations`, those `touched` by a finding, `findings`, `fatal` conversations, the `total` of scores.
    """
    talk = "shop, day, agent, buyer"
    return [
        Step("talk_score", f"""
SELECT {talk}, CAST(COUNT(*) AS BIGINT) AS findings, MAX(CASE WHEN fatal THEN 1 ELSE 0 END) AS fatal,
  CASE WHEN MAX(CASE WHEN fatal THEN 1 ELSE 0 END) = 1 OR {FULL} + SUM(points) < {NONE} THEN {NONE}
       WHEN {FULL} + SUM(points) > {FULL} THEN {FULL} ELSE {FULL} + SUM(points) END AS score
FROM finding GROUP BY {talk}"""),
        Step("talk_sum", """
SELECT agent, CAST(COUNT(*) AS BIGINT) AS touched, CAST(SUM(findings) AS BIGINT) AS findings,
  CAST(SUM(fatal) AS BIGINT) AS fatal, SUM(score) AS total
FROM talk_score GROUP BY agent"""),
        Step("talks_read", "SELECT agent, CAST(COUNT(*) AS BIGINT) AS conversations FROM inspected GROUP BY agent"),
        Step("machine_score", f"""
SELECT talks_read.agent AS agent, conversations, COALESCE(touched, 0) AS touched, COALESCE(findings, 0) AS findings,
  COALESCE(fatal, 0) AS fatal,
  (conversations - COALESCE(touched, 0)) * {FULL} + COALESCE(total, {NONE}) AS total
FROM talks_read LEFT JOIN talk_sum ON talk_sum.agent = talks_read.agent"""),
    ]  # fmt: skip
