"""Findings as values: what was found where, by agent, item or day, a page at a time; scores that follow from them.

These functions are what the site calls. People's decisions are kept elsewhere and handed in as values.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from xiaoer.actions.inspect_added import added_in, added_of
from xiaoer.actions.inspect_load import InspectAsk, Inspection, open_inspection
from xiaoer.actions.shop_data import in_zone
from xiaoer.base.language import Language
from xiaoer.inspection.score import Decision, FindingId, Judged, Score, conversation_score, score_of, with_decision
from xiaoer.inspection.standards import Standards

Decisions = Mapping[FindingId, Decision]
MOST = 200


@dataclass(frozen=True)
class Mark:
    """One piece of evidence: the message's place in its conversation (from 0), the span of its characters.

    `start` = `end` is the whole message. `role` is said, missing (something should have followed) or context.
    """

    place: int
    at: datetime
    start: int
    end: int
    role: str


@dataclass(frozen=True)
class FindingShown:
    """One finding in the reader's language; `points` and `fatal` are the machine's, `more` fills its condition in."""

    id: FindingId
    label: str
    reason: str
    standard: str
    standard_label: str
    by: str
    points: Decimal
    severity: str
    fatal: bool
    at: datetime
    stage: str
    version: str
    in_force_since: date
    evidence: tuple[Mark, ...]
    more: Mapping[str, str | int]

    @property
    def conversation(self) -> str:
        """Return the conversation's name, as `xiaoer inspect show` takes it."""
        return f"{self.id.day}/{self.id.agent}/{self.id.buyer}"


@dataclass(frozen=True)
class FindingFilter:
    """Which findings: by account, item, standard, severity, fatal ones only; None is any."""

    agent: str | None = None
    item: str | None = None
    standard: str | None = None
    severity: str | None = None
    fatal: bool = False


@dataclass(frozen=True)
class FindingPage:
    """Some findings of all that there are, the latest first."""

    total: int
    start: int
    findings: tuple[FindingShown, ...]


def findings_of(
    home: Path, ask: InspectAsk, which: FindingFilter, language: Language, *, start: int = 0, most: int = 50
) -> FindingPage:
    """Return a page of findings by `which`, from number `start` on (0 is the latest), at most `most` (≤ 200).

    A ReportableError when the item does not exist, or the shop or days can not be used.
    """
    with open_inspection(home, ask) as inspection:
        if which.item is not None:
            inspection.standards.item(which.item)
        where = _where(which)
        (counted,) = inspection.rows(f"SELECT CAST(COUNT(*) AS BIGINT) AS number FROM finding WHERE {where}")
        order = f'"at" DESC, shop, agent, buyer, item LIMIT {min(most, MOST):d} OFFSET {start:d}'
        chosen = inspection.rows(f"SELECT * FROM finding WHERE {where} ORDER BY {order}")
        shown = tuple(_shown(row, inspection, language) for row in chosen)
        return FindingPage(int(str(counted["number"])), start, shown)


def findings_in(inspection: Inspection, language: Language, where: str = "TRUE") -> list[FindingShown]:
    """Return the findings of an open session that meet an SQL condition, in the order in which they happened."""
    rows = sorted(_rows(inspection, where), key=lambda row: (row["at"], row["item"]))
    return [_shown(row, inspection, language) for row in rows]


def _rows(inspection: Inspection, where: str = "TRUE") -> list[dict[str, Any]]:
    return inspection.rows(f"SELECT * FROM finding WHERE {where}")


def _where(which: FindingFilter) -> str:
    asked = (("agent", which.agent), ("item", which.item), ("standard", which.standard), ("severity", which.severity))
    said = [f"{name} = {_text(value)}" for name, value in asked if value is not None]
    return " AND ".join([*said, *(["fatal"] if which.fatal else [])]) or "TRUE"


def _text(value: str) -> str:
    """Return a text as SQL writes it."""
    quoted = value.replace("'", "''").replace("\0", "")
    return f"'{quoted}'"


def _shown(row: Mapping[str, Any], inspection: Inspection, language: Language) -> FindingShown:
    standards = inspection.standards
    item, settings = standards.items[row["item"]], inspection.data.snapshot.settings_of(row["shop"])

    def at(micros: int) -> datetime:
        shown = in_zone(micros, settings)
        assert shown is not None
        return shown

    return FindingShown(
        id_of(row), item.label.in_language(language), item.reason.in_language(language), row["standard"],
        standards.standards[row["standard"]].label.in_language(language), row["by"], row["points"], row["severity"],
        row["fatal"], at(row["at"]), row["stage"], row["version"], row["in_force_since"],
        tuple(Mark(one["place"], at(one["at"]), one["start"], one["end"], one["role"]) for one in row["evidence"]),
        json.loads(row["more"]),
    )  # fmt: skip


def id_of(row: Mapping[str, Any]) -> FindingId:
    """Return what names a finding for ever."""
    return FindingId(row["shop"], str(row["day"]), row["agent"], row["buyer"], row["item"])


def judged_of(rows: Sequence[Mapping[str, Any]], decisions: Decisions) -> Iterator[Judged]:
    """Yield findings as they count after people's decisions; refused ones are left out."""
    for row in rows:
        machine = Judged(id_of(row), row["standard"], row["points"], row["fatal"])
        stands = with_decision(machine, decisions.get(machine.id))
        if stands is not None:
            yield stands


@dataclass(frozen=True)
class ScoreRow:
    """The machine's score and the score after people's decisions, of what `key` names (agent, day, group, standard)."""

    key: tuple[str, ...]
    machine: Score
    decided: Score


def scores_of(
    home: Path, ask: InspectAsk, *, by: Sequence[str] = ("agent",), decisions: Decisions | None = None,
    agent: str | None = None,
) -> list[ScoreRow]:  # fmt: skip
    """Return scores by shop, agent, group or day (any of them together), keys ascending; () is one row of all.

    A conversation has 100 less its points, 0 with anything fatal; several have Σ scores ÷ Σ conversations. `machine`
    ignores decisions, `decided` follows them; each says how many conversations had something fatal.
    """
    with open_inspection(home, ask) as inspection:
        return scores_in(inspection, by=by, decisions=decisions or {}, agent=agent)


def scores_in(
    inspection: Inspection, *, by: Sequence[str], decisions: Decisions, agent: str | None = None
) -> list[ScoreRow]:
    """Return the scores of an open session."""
    groups = _groups(inspection) if "group" in by else {}
    read = inspection.rows("SELECT shop, day, agent, COUNT(*) AS number FROM inspected GROUP BY shop, day, agent")
    numbers: dict[tuple[str, ...], int] = {}
    for row in read:
        if agent is None or row["agent"] == agent:
            key = _key(row, by, groups)
            numbers[key] = numbers.get(key, 0) + int(str(row["number"]))
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {key: [] for key in numbers}
    rows = _rows(inspection)
    for row in rows:
        if agent is None or row["agent"] == agent:
            found[_key(row, by, groups)].append(row)
    added: dict[tuple[str, ...], list[Judged]] = {}
    for one in added_in(inspection, decisions, {id_of(row) for row in rows}):
        if agent is None or one.id.agent == agent:
            where = {"shop": one.id.shop, "day": one.id.day, "agent": one.id.agent}
            added.setdefault(_key(where, by, groups), []).append(one)
    return [
        ScoreRow(
            key, score_of(numbers[key], judged_of(rows, {})),
            score_of(numbers[key], [*judged_of(rows, decisions), *added.get(key, ())]),
        )
        for key, rows in sorted(found.items())
    ]  # fmt: skip


def _key(row: Mapping[str, Any], by: Sequence[str], groups: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(groups.get(row["agent"], "") if name == "group" else str(row[name]) for name in by)


def _groups(inspection: Inspection) -> dict[str, str]:
    data = inspection.data
    rows = data.store.current(data.snapshot, "agents", shops=data.shops).to_pylist()
    return {row["agent"]: row["group"] or "" for row in rows}


def score_of_conversation(
    findings: Sequence[FindingShown], decisions: Decisions, standards: Standards
) -> tuple[Decimal, Decimal]:
    """Return a conversation's score by the machine and after people's decisions about it, each 0–100."""
    machine = [Judged(one.id, one.standard, one.points, one.fatal) for one in findings]
    stands = [with_decision(one, decisions.get(one.id)) for one in machine]
    added = added_of(decisions, standards, {one.id for one in findings})
    return conversation_score(machine), conversation_score([*(one for one in stands if one is not None), *added])


def standards_in(standards: Standards) -> list[str]:
    """Return the names of the standards in their order: the eight standards, then the attitudes."""
    ordered = sorted(standards.standards.items(), key=lambda pair: (pair[1].kind != "standard", pair[0]))
    return [name for name, _ in ordered]
