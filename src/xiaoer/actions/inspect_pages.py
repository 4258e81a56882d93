"""The pages of inspection: what a run found by agent, one conversation with its findings, all items."""

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from xiaoer.actions.inspect_conversation import InspectedConversation, inspected_conversation
from xiaoer.actions.inspect_findings import FindingShown, ScoreRow, findings_in, scores_in, standards_in
from xiaoer.actions.inspect_load import InspectAsk, Inspection, open_inspection, standards_of
from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.repeated_mistakes import LEAST, repeated_json, repeated_mistakes
from xiaoer.actions.shop_data import catalog_of
from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.near_names import near_names
from xiaoer.inspection.score import Score
from xiaoer.inspection.standards import Standards

MOST_REPEATED = MOST_NAMED = 5
RUN = {
    "agent": Kind.TEXT, "conversations": Kind.COUNT, "with_findings": Kind.COUNT, "findings": Kind.COUNT,
    "fatal": Kind.COUNT, "score": Kind.NUMBER,
}  # fmt: skip
SHOW = {"place": Kind.COUNT, "at": Kind.TEXT, "sender": Kind.TEXT, "text": Kind.TEXT, "found": Kind.TEXT}
ITEMS = {
    "standard": Kind.TEXT, "name": Kind.TEXT, "label": Kind.TEXT, "by": Kind.TEXT, "points": Kind.NUMBER,
    "severity": Kind.TEXT, "fatal": Kind.TEXT, "reason": Kind.TEXT,
}  # fmt: skip


def run_page(home: Path, ask: InspectAsk, language: Language) -> Page:
    """Return who was found to do what in the days asked for; each conversation that is not up to date is read first.

    A ReportableError when the shop or a day can not be read, or there are no messages then.
    """
    with open_inspection(home, ask) as inspection:
        if not inspection.done.days:
            days = ", ".join(f"{one.first}…{one.last}" for one in inspection.data.days_with_data()) or "–"
            raise ReportableError.of(
                "cli.no_data_then", values={"days": days, "shop": " + ".join(inspection.data.shops)}
            )
        rows = scores_in(inspection, by=("agent",), decisions={})
        whole = next(iter(scores_in(inspection, by=(), decisions={})), None)
        shown = inspection.data.shown_agents({row.key[0] for row in rows})
        found = findings_in(inspection, language)
        touched = _touched(found)
        period = word("period", language, first=ask.period.first, last=ask.period.last)
        return Page(
            name="inspect",
            title=f"{word('inspect_run_title', language)} · {' + '.join(inspection.data.shops)} · {period}",
            columns=_columns(RUN, language),
            rows=tuple(_run_row(shown[row.key[0]], row, touched.get(row.key[0], 0), language) for row in rows),
            total=None if whole is None else _run_row(word("total", language), whole, len_touched(found), language),
            language=language,
            data={
                "agents": [_score_json(row) | {"agent": row.key[0]} for row in rows],
                "findings": [finding_json(one) for one in found],
                "repeated": [repeated_json(one) for one in repeated_mistakes(found)],
                "meta": {
                    "shops": list(inspection.data.shops), "from": str(ask.period.first), "to": str(ask.period.last),
                    "snapshot": inspection.data.snapshot.seq, "standards": inspection.standards.digest,
                    "days_read": inspection.done.read,
                },
            },
            lead=tuple(_run_lead(inspection, found, language)),
            notes=(word("inspect_run_note", language), *inspection.data.remarks(language)),
        )  # fmt: skip


def _run_lead(inspection: Inspection, found: list[FindingShown], language: Language) -> list[str]:
    """Return what stands out: the items found most, and how many conversations had something fatal."""
    faults = [one for one in found if one.points < 0]
    lost: dict[str, Decimal] = {}
    for one in faults:
        lost[one.label] = lost.get(one.label, Decimal(0)) + one.points
    numbers = Counter(one.label for one in faults)
    most = sorted(lost.items(), key=lambda pair: (pair[1], pair[0]))[:MOST_NAMED]
    mark = "；" if language != "en" else "; "
    listed = mark.join(f"{label} {numbers[label]:,}" for label, _ in most)
    lines = [word("inspect_most", language, items=listed)] if most else [word("inspect_clean", language)]
    fatal = len({(one.id.shop, one.conversation) for one in found if one.fatal})
    lines += [word("inspect_fatal", language, number=f"{fatal:,}")] if fatal else []
    again = repeated_mistakes(found)[:MOST_REPEATED]
    shown = inspection.data.shown_agents({one.agent for one in again})
    named = mark.join(f"{shown[one.agent]} {one.label} {one.times:,}" for one in again)
    return [*lines, *([word("inspect_repeated", language, least=LEAST, mistakes=named)] if again else [])]


def _touched(found: list[FindingShown]) -> dict[str, int]:
    seen = {(one.id.agent, one.id.shop, one.conversation) for one in found}
    numbers: dict[str, int] = {}
    for agent, _, _ in seen:
        numbers[agent] = numbers.get(agent, 0) + 1
    return numbers


def len_touched(found: list[FindingShown]) -> int:
    """Return how many conversations have a finding."""
    return len({(one.id.shop, one.conversation) for one in found})


def _run_row(name: str, row: ScoreRow, touched: int, language: Language) -> tuple[Cell, ...]:
    score = row.machine
    values: tuple[Value, ...] = (name, score.of, touched, score.findings, score.fatal, score.value)
    return tuple(_cell(kind, value, language) for kind, value in zip(RUN.values(), values, strict=True))


def _score_json(row: ScoreRow) -> dict[str, object]:
    return {
        "conversations": row.machine.of, "findings": row.machine.findings, "fatal": row.machine.fatal,
        "score": _number(row.machine),
        "points": {name: str(value) for name, value in sorted(row.machine.points.items())},
    }  # fmt: skip


def _number(score: Score) -> str | None:
    return None if score.value is None else str(score.value)


def finding_json(one: FindingShown) -> dict[str, object]:
    """Return a finding for scripts; no words of the conversation, only places in it."""
    return {
        "shop": one.id.shop, "day": one.id.day, "agent": one.id.agent, "buyer": one.id.buyer, "item": one.id.item,
        "standard": one.standard, "by": one.by, "points": str(one.points), "severity": one.severity,
        "fatal": one.fatal, "at": one.at.isoformat(), "stage": one.stage, "version": one.version,
        "in_force_since": str(one.in_force_since), "conversation": one.conversation,
        "evidence": [
            {"place": mark.place, "at": mark.at.isoformat(), "start": mark.start, "end": mark.end, "role": mark.role}
            for mark in one.evidence
        ],
        "more": dict(one.more),
    }  # fmt: skip


def show_page(home: Path, conversation: str, language: Language, *, shop: str | None = None) -> Page:
    """Return one conversation, each message with what was found at it."""
    found = inspected_conversation(home, conversation, language, shop=shop)
    lead = [word("inspect_score", language, score=f"{found.machine_score:f}")]
    lead += [_said_finding(one, language) for one in found.findings] or [word("inspect_clean", language)]
    return Page(
        name="inspect_show",
        title=f"{word('inspect_show_title', language)} · {found.id}",
        columns=_columns(SHOW, language),
        rows=tuple(_line_row(found, place, language) for place in range(len(found.lines))),
        language=language,
        data=_conversation_json(found),
        lead=tuple(lead),
        notes=(word("inspect_masked", language),),
    )


def _said_finding(one: FindingShown, language: Language) -> str:
    if one.fatal:
        worth = word("inspect_fatal_worth", language)
    elif one.points:
        worth = f"{one.points.normalize():+f}".replace("-", "−")
    else:
        worth = word("inspect_no_points", language)
    return f"{one.label}（{worth}）：{one.reason}" if language != "en" else f"{one.label} ({worth}): {one.reason}"


def _line_row(found: InspectedConversation, place: int, language: Language) -> tuple[Cell, ...]:
    line = found.lines[place]
    marks = [one.label for one in found.findings if any(mark.place == place for mark in one.evidence)]
    sender = word("inspect_sender_robot" if line.automatic else f"inspect_sender_{line.sender}", language)
    mark = "、" if language != "en" else ", "
    values: tuple[Value, ...] = (
        place + 1,
        line.at.strftime("%H:%M:%S"),
        sender,
        line.text,
        mark.join(dict.fromkeys(marks)),
    )
    return tuple(_cell(kind, value, language) for kind, value in zip(SHOW.values(), values, strict=True))


def _conversation_json(found: InspectedConversation) -> dict[str, object]:
    return {
        "conversation": str(found.id), "shop": found.shop, "score": str(found.machine_score),
        "lines": [
            {
                "place": line.place, "at": line.at.isoformat(), "sender": line.sender, "kind": line.kind,
                "automatic": line.automatic, "text": line.text,
            }
            for line in found.lines
        ],
        "findings": [finding_json(one) | {"label": one.label, "reason": one.reason} for one in found.findings],
    }  # fmt: skip


def items_page(home: Path, language: Language, *, standard: str | None = None) -> Page:
    """Return every item of the standards in force, those of the shop's own catalog laid over ours.

    A ReportableError with near names when there is no such standard.
    """
    standards = standards_of(catalog_of(home))
    if standard is not None and standard not in standards.standards:
        near = ", ".join(near_names(standard, standards.standards) or standards.standards)
        raise ReportableError.of("inspect.unknown_standard", values={"name": standard[:40], "near": near})
    names = [name for name in standards_in(standards) if standard in (None, name)]
    items = [(name, item) for name in names for item in standards.standards[name].items]
    return Page(
        name="inspect_items",
        title=word("inspect_items_title", language, number=len(items), standards=len(names)),
        columns=_columns(ITEMS, language),
        rows=tuple(_item_row(standards, name, item, language) for name, item in items),
        language=language,
        data={"items": [item_json(standards, item) for _, item in items], "version": standards.digest},
        notes=(word("inspect_items_note", language),),
    )


def _item_row(standards: Standards, standard: str, name: str, language: Language) -> tuple[Cell, ...]:
    item = standards.items[name]
    values: tuple[Value, ...] = (
        standards.standards[standard].label.in_language(language), name, item.label.in_language(language),
        word(f"inspect_by_{item.find.by.value}", language), item.points,
        word(f"inspect_severity_{item.severity.value}", language), word("yes", language) if item.fatal else "",
        item.reason.in_language(language),
    )  # fmt: skip
    return tuple(_cell(kind, value, language) for kind, value in zip(ITEMS.values(), values, strict=True))


def item_json(standards: Standards, name: str) -> dict[str, Any]:
    """Return an item for scripts, with its labels in both languages."""
    item = standards.items[name]
    return {
        "name": name, "standard": standards.standard_of[name], "label": item.label.model_dump(),
        "reason": item.reason.model_dump(), "who": item.who.value, "stage": list(item.stage),
        "by": item.find.by.value, "points": str(item.points), "severity": item.severity.value, "fatal": item.fatal,
        "since": str(item.since),
        "changes": [change.model_dump(mode="json", exclude_none=True) for change in item.changes],
    }  # fmt: skip


def _columns(kinds: dict[str, Kind], language: Language) -> tuple[Column, ...]:
    said = {"fatal": "inspect_fatal_column", "score": "inspect_score_column"}
    return tuple(Column(name, word(said.get(name, f"inspect_{name}"), language), kind) for name, kind in kinds.items())


def _cell(kind: Kind, value: Value, language: Language) -> Cell:
    if isinstance(value, Decimal):
        return Cell(value, f"{value.normalize():f}".replace("-", "−"))
    return Cell(value, cell_text(kind, value, language) if value != "" else "")
