"""The standards over real conversations: what must never be said is hardly ever found, and judged findings hold up."""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from tests.functional.real_files import real_file
from xiaoer.base.catalog import Catalog
from xiaoer.base.settings import ShopSettings
from xiaoer.base.tables import canonical_tables
from xiaoer.inspection.schema import By, Item, Severity, Who
from xiaoer.inspection.standards import Standards, load_standards
from xiaoer.inspection.talk import COLUMNS
from xiaoer.inspection.up_to_date import Inspector
from xiaoer.store.message_columns import SORTED_BY, with_message_columns

JUDGED = Path(__file__).parent / "judged"
OPENS = datetime(2026, 3, 2, 2, tzinfo=UTC)
BETWEEN = timedelta(seconds=10)
DIALOGUES, NEVER_SHARE, LEAST_RIGHT = 30, 0.005, 0.75
Lines = Sequence[tuple[str, str]]


def found(standards: Standards, conversations: Iterable[tuple[str, Lines]]) -> set[tuple[str, str]]:
    """Return (conversation, item) of every finding; messages come ten seconds apart."""
    settings = ShopSettings().on(OPENS.date())
    rows = [
        {"shop": "店", "buyer": name, "agent": "店:客服", "sent_at": (OPENS + place * BETWEEN).replace(tzinfo=None),
         "sender": sender, "text": text, "kind": "text", "auto": False, "source_row": place}
        for name, lines in conversations
        for place, (sender, text) in enumerate(lines)
    ]  # fmt: skip
    messages = pa.Table.from_pylist(rows, schema=canonical_tables()["messages"].schema)
    prepared = with_message_columns(messages, settings.clock).sort_by(SORTED_BY).select(COLUMNS)
    findings = Inspector(standards, "店").read(prepared, settings)["finding"]
    return set(zip(findings["buyer"].to_pylist(), findings["item"].to_pylist(), strict=True))


def is_never(item: Item) -> bool:
    """Return whether an item is about words of an agent that must not be said at all."""
    line = item.find.line
    of_agent = item.find.by is By.PHRASE and line is not None and line.who is Who.AGENT
    return of_agent and item.points < 0 and (item.fatal or item.severity is Severity.HIGH)


def judged(name: str, by: str) -> dict[tuple[str, str], str]:
    """Return the verdict of each (conversation, item)."""
    with (JUDGED / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    verdicts = {(row[by], row["item"]): row["verdict"] for row in rows}
    assert len(verdicts) == len(rows)
    assert all(row["why"] for row in rows)
    assert set(verdicts.values()) <= {"right", "wrong", "unclear", "missed"}
    return verdicts


def real_replies() -> list[tuple[str, Lines]]:
    """Return each real reply after the last line before it, named by its line."""
    before = real_file("chat-jddc-pairs", "train.enc").read_text("utf-8").splitlines()
    replies = real_file("chat-jddc-pairs", "train.dec").read_text("utf-8").splitlines()
    last = [([part for part in line.split(",") if part.strip()] or ["在吗"])[-1] for line in before]
    pairs = zip(last, replies, strict=True)
    return [(str(line), (("buyer", asked), ("agent", said.rstrip(",")))) for line, (asked, said) in enumerate(pairs, 1)]


def real_dialogues() -> list[tuple[str, Lines]]:
    """Return the thirty dialogues whose ids have the smallest hash, without the rows that are no turns."""
    lines = real_file("chat-jddc-satisfaction", "jddc_valid_dialogues.jsonl").read_text("utf-8").splitlines()
    dialogues = sorted(map(json.loads, lines), key=lambda one: hashlib.sha256(one["id"].encode()).hexdigest())
    return [
        (one["id"], [
            (sender, turn[name])
            for turn in one["turns"] if turn["user"] != "OVERALL"
            for sender, name in (("buyer", "user"), ("agent", "agent")) if turn[name]
        ])
        for one in dialogues[:DIALOGUES]
    ]  # fmt: skip


@pytest.fixture(scope="module")
def standards() -> Standards:
    return load_standards(Catalog())


def test_what_must_never_be_said_is_hardly_ever_found_and_each_hit_is_judged(standards: Standards) -> None:
    never = {name for name, item in standards.items.items() if is_never(item)}
    assert {"swearing", "off_platform_contact"} <= never
    replies = real_replies()
    assert len(replies) == 4000
    # What must be found is: a reply with each of two forbidden things put among the real ones.
    planted = [
        ("微信", (("buyer", "在吗"), ("agent", "加我微信便宜"))),
        ("骂", (("buyer", "在吗"), ("agent", "你傻逼吧"))),
    ]
    hits = {(name, item) for name, item in found(standards, [*replies, *planted]) if item in never}
    assert {("微信", "off_platform_contact"), ("骂", "swearing")} <= hits
    hits = {hit for hit in hits if hit[0].isdigit()}
    assert len({name for name, _ in hits}) <= NEVER_SHARE * len(replies)
    assert hits <= judged("replies.csv", "line").keys(), "a hit that nobody has judged yet"


def test_findings_in_real_dialogues_are_mostly_right(standards: Standards) -> None:
    dialogues = real_dialogues()
    verdicts = judged("dialogues.csv", "dialogue")
    names = {name for name, _ in dialogues}
    assert {name for name, _ in verdicts} <= names
    hits = found(standards, dialogues)
    counts = Counter(verdicts[hit] for hit in hits if hit in verdicts)
    known = sum(counts.values())
    assert known
    assert counts["right"] + counts["missed"] >= LEAST_RIGHT * (known - counts["unclear"])
    assert known >= 0.8 * len(hits), sorted(hits - verdicts.keys())
