"""What inspection found in some days, by item and by agent, counted where the findings lie; and what people changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from xiaoer.actions.inspect_added import added_in
from xiaoer.actions.inspect_findings import Decisions, id_of, judged_of
from xiaoer.actions.inspect_load import InspectAsk, Inspection, open_inspection
from xiaoer.base.language import Language
from xiaoer.base.steps import Step
from xiaoer.inspection.schema import By
from xiaoer.inspection.score import FindingId, Score, machine_scores, score_of


@dataclass(frozen=True)
class ItemCount:
    """One item: in how many conversations it was found, with how many points in all; `by_agent` how often of whom."""

    item: str
    label: str
    reason: str
    standard: str
    by: str
    severity: str
    fatal: bool
    found: int
    points: Decimal
    by_agent: Mapping[str, int]


@dataclass(frozen=True)
class AgentCount:
    """One account: conversations, those with a finding, and the machine's score."""

    agent: str
    shown: str
    conversations: int
    touched: int
    machine: Score


@dataclass(frozen=True)
class Summary:
    """All of some days; `days` have messages. Items by points lost, then name; accounts as they are shown."""

    days: int
    version: str
    items: tuple[ItemCount, ...]
    agents: tuple[AgentCount, ...]
    whole: AgentCount


def inspection_summary(home: Path, ask: InspectAsk, language: Language) -> Summary:
    """Return what the standards found in the days asked for; days that are not up to date are read first."""
    with open_inspection(home, ask) as inspection:
        agents = _agents(inspection)
        whole = AgentCount(
            "", "", sum(one.conversations for one in agents), sum(one.touched for one in agents),
            _sum([one.machine for one in agents]),
        )  # fmt: skip
        items = _items(inspection, language)
        return Summary(inspection.done.days, inspection.standards.digest, items, agents, whole)


def decided_scores(home: Path, ask: InspectAsk, summary: Summary, decisions: Decisions) -> dict[str, Score]:
    """Return the score after people's decisions of each account that they bear on; of all others it is the machine's.

    Only conversations that somebody decided about are looked at again. The empty name is all accounts together.
    """
    here = {id_: one for id_, one in decisions.items() if _within(ask, id_)}
    if not here:
        return {}
    days = ", ".join(sorted({f"DATE '{date.fromisoformat(id_.day)}'" for id_ in here}))
    talks = {(id_.day, id_.agent, id_.buyer) for id_ in here}
    with open_inspection(home, ask) as inspection:
        rows: list[dict[str, Any]] = inspection.rows(f"SELECT * FROM finding WHERE day IN ({days})")
        rows = [row for row in rows if (str(row["day"]), row["agent"], row["buyer"]) in talks]
        added = list(added_in(inspection, here, {id_of(row) for row in rows}))
    changed: dict[str, Score] = {}
    for one in summary.agents:
        own = [row for row in rows if row["agent"] == one.agent]
        more = [judged for judged in added if judged.id.agent == one.agent]
        number = len({talk for talk in talks if talk[1] == one.agent})
        if own or more:
            before, after = score_of(number, judged_of(own, {})), score_of(number, [*judged_of(own, here), *more])
            changed[one.agent] = _moved(one.machine, before, after)
    if changed:
        changed[""] = _sum([changed.get(one.agent, one.machine) for one in summary.agents])
    return changed


def _within(ask: InspectAsk, id_: FindingId) -> bool:
    day = date.fromisoformat(id_.day)
    return ask.period.first <= day <= ask.period.last and ask.shop in (None, id_.shop)


def _moved(score: Score, before: Score, after: Score) -> Score:
    return replace(
        score,
        total=score.total + after.total - before.total,
        fatal=score.fatal + after.fatal - before.fatal,
        findings=score.findings + after.findings - before.findings,
    )


def _sum(scores: list[Score]) -> Score:
    return Score(
        sum((one.total for one in scores), Decimal(0)), sum(one.of for one in scores),
        sum(one.fatal for one in scores), sum(one.findings for one in scores),
    )  # fmt: skip


def _agents(inspection: Inspection) -> tuple[AgentCount, ...]:
    rows = inspection.engine.query([*machine_scores(), Step("asked", "SELECT * FROM machine_score")]).to_pylist()
    shown = inspection.data.shown_agents({str(row["agent"]) for row in rows})
    made = [
        AgentCount(
            row["agent"], shown[row["agent"]], row["conversations"], row["touched"],
            Score(Decimal(row["total"]), row["conversations"], row["fatal"], row["findings"]),
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (one.shown, one.agent)))


def _items(inspection: Inspection, language: Language) -> tuple[ItemCount, ...]:
    sql = (
        "SELECT item, agent, CAST(COUNT(*) AS BIGINT) AS found, SUM(points) AS points, "
        "MAX(CASE WHEN fatal THEN 1 ELSE 0 END) AS fatal FROM finding GROUP BY item, agent"
    )
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in inspection.rows(sql):
        grouped.setdefault(str(row["item"]), []).append(row)
    standards = inspection.standards
    made = []
    for name, rows in grouped.items():
        item = standards.items[name]
        made.append(ItemCount(
            name, item.label.in_language(language), item.reason.in_language(language),
            standards.standards[standards.standard_of[name]].label.in_language(language), item.find.by.value,
            item.severity.value, any(row["fatal"] for row in rows), sum(row["found"] for row in rows),
            sum((Decimal(row["points"]) for row in rows), Decimal(0)),
            {row["agent"]: row["found"] for row in sorted(rows, key=lambda row: (-row["found"], row["agent"]))},
        ))  # fmt: skip
    return tuple(sorted(made, key=lambda one: (one.by == By.MODEL.value, not one.fatal, one.points, one.item)))
