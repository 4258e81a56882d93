"""What was found, as rows: one per item and conversation, and one per conversation that was read."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pyarrow as pa

from xiaoer.base.local_time import instants_of, local_hours
from xiaoer.facts.walked import Flags
from xiaoer.inspection.evidence import Evidence, Role
from xiaoer.inspection.judge import Found
from xiaoer.inspection.place import Place
from xiaoer.inspection.reading import Reading, signals_in
from xiaoer.inspection.schema import STAGES, By
from xiaoer.inspection.standards import Standards, Worth
from xiaoer.inspection.talk import BUYER, HUMAN, Talk
from xiaoer.inspection.voice import SCHEMA as VOICE

POINTS = pa.decimal128(9, 2)
EVIDENCE = pa.struct([
    ("place", pa.int64()), ("at", pa.int64()), ("start", pa.int64()), ("end", pa.int64()), ("role", pa.string()),
])  # fmt: skip
_PLACE = [("shop", pa.string()), ("day", pa.date32()), ("hour", pa.int8()), ("buyer", pa.string()),
          ("agent", pa.string())]  # fmt: skip
SCHEMAS = {
    "finding": pa.schema([
        *_PLACE, ("item", pa.string()), ("standard", pa.string()), ("by", pa.string()), ("points", POINTS),
        ("severity", pa.string()), ("fatal", pa.bool_()), ("in_force_since", pa.date32()), ("version", pa.string()),
        ("at", pa.int64()), ("stage", pa.string()), ("evidence", pa.list_(EVIDENCE)), ("more", pa.string()),
    ]),
    "inspected": pa.schema([
        *_PLACE, ("start_at", pa.int64()), ("end_at", pa.int64()), ("messages", pa.int64()),
        ("human_messages", pa.int64()), ("buyer_messages", pa.int64()), ("regular", pa.bool_()),
        ("transferred", pa.bool_()), ("stages", pa.list_(pa.string())), ("intents", pa.list_(pa.string())),
        ("version", pa.string()),
    ]),
    "voice": VOICE,
}  # fmt: skip
EPOCH = date(1970, 1, 1)


def finding_rows(reading: Reading, found: Iterable[Found], standards: Standards, place: Place) -> pa.Table:
    """Return the findings in the shape of SCHEMAS["finding"]; an item that is not in force that day finds nothing."""
    rows = [row for one in found for row in _rows_of(reading, one, standards)]
    if not rows:
        return SCHEMAS["finding"].empty_table()
    at = np.array([row["at"] for row in rows], np.int64)
    table = pa.Table.from_pylist(rows, schema=pa.schema([f for f in SCHEMAS["finding"] if f.name not in _ADDED]))
    table = table.append_column("shop", pa.repeat(pa.scalar(place.shop), len(rows)))
    table = table.append_column("hour", local_hours(instants_of(at), place.clock))
    return table.select(SCHEMAS["finding"].names).cast(SCHEMAS["finding"])


_ADDED = ("shop", "hour")


def _rows_of(reading: Reading, found: Found, standards: Standards) -> Iterator[dict[str, object]]:
    talk, evidence = reading.talk, found.evidence
    conversation = talk.conversation[evidence.message]
    starts = np.flatnonzero(np.diff(conversation, prepend=-1))
    worths: dict[int, Worth | None] = {}
    for start, end in zip(starts, [*starts[1:], len(conversation)], strict=True):
        number = int(conversation[start])
        day = int(talk.day[number])
        if day not in worths:
            worths[day] = standards.worth(found.item, EPOCH + timedelta(days=day))
        if worth := worths[day]:
            part = evidence.kept(np.arange(start, end))
            yield {
                "day": EPOCH + timedelta(days=day), "buyer": talk.buyer[number].as_py(),
                "agent": talk.agent[number].as_py(), "version": standards.digest,
                "more": json.dumps(evidence.values.get(number, {}), sort_keys=True),
            } | _judgement(found.item, standards, worth) | _evidence(reading, part)  # fmt: skip


def _judgement(name: str, standards: Standards, worth: Worth) -> dict[str, object]:
    by = standards.items[name].find.by
    return {
        "item": name, "standard": standards.standard_of[name], "by": by.value,
        "points": Decimal(0) if by in (By.MODEL, By.HUMAN) else worth.points.quantize(Decimal("0.01")),
        "severity": worth.severity.value, "fatal": worth.fatal, "in_force_since": worth.since,
    }  # fmt: skip


def _evidence(reading: Reading, part: Evidence) -> dict[str, object]:
    talk = reading.talk
    main = next(
        (one for one, role in zip(part.message, part.role, strict=True) if role != Role.CONTEXT), part.message[0]
    )
    columns = (part.message, part.start, part.end, part.role)
    return {
        "at": int(talk.at[main]), "stage": STAGES[int(reading.stage[main]) - 1],
        "evidence": [
            {
                "place": int(talk.place[message]), "at": int(talk.at[message]), "start": int(first), "end": int(last),
                "role": Role(int(role)).name.lower(),
            }
            for message, first, last, role in zip(*columns, strict=True)
        ],
    }  # fmt: skip


def inspected_rows(reading: Reading, standards: Standards, place: Place, regular: Flags) -> pa.Table:
    """Return one row per conversation that was read, in the shape of SCHEMAS["inspected"]."""
    talk = reading.talk
    ends = np.append(talk.start[1:], len(talk))
    first, last = talk.at[talk.start], talk.at[ends - 1]
    return pa.table({
        "shop": pa.repeat(pa.scalar(place.shop), talk.conversations),
        "day": pa.array(talk.day, pa.int32()).cast(pa.date32()),
        "hour": local_hours(instants_of(first), place.clock),
        "buyer": talk.buyer, "agent": talk.agent, "start_at": first, "end_at": last,
        "messages": ends - talk.start,
        "human_messages": talk.counted(talk.of(HUMAN)), "buyer_messages": talk.counted(talk.of(BUYER)),
        "regular": regular if len(regular) else np.zeros(talk.conversations, np.bool_),
        "transferred": talk.transferred,
        "stages": _lists(talk, {name: reading.stage == number for number, name in enumerate(STAGES, 1)}),
        "intents": _lists(
            talk, {name: reading.says(name) & talk.of(BUYER) for name in signals_in(standards.signals)}
        ),
        "version": pa.repeat(pa.scalar(standards.digest), talk.conversations),
    }).select(SCHEMAS["inspected"].names).cast(SCHEMAS["inspected"])  # fmt: skip


def _lists(talk: Talk, flags: dict[str, Flags]) -> pa.Array:
    """Return for each conversation the names whose flag any of its messages has, in their order."""
    found: list[list[str]] = [[] for _ in range(talk.conversations)]
    for name, flag in flags.items():
        for conversation in np.flatnonzero(talk.counted(flag)):
            found[conversation].append(name)
    return pa.array(found, pa.list_(pa.string()))
