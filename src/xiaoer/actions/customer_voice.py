"""What customers say, by topic and product over time: how many conversations, and their own words as examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.actions.inspect_load import InspectAsk, Inspection, open_inspection
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.wording import word
from xiaoer.base.days import DAY
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.mask import masked_in_place
from xiaoer.base.near_names import near_names
from xiaoer.facts.corrections import corrected_messages

QUOTES = 3
LOOKED_AT = 12  # so many of the latest are looked through for quotes that differ
TOPICS = ("complaint", "wish", "leaving", "source", "praise")
COLUMNS = {"topic": Kind.TEXT, "about": Kind.TEXT, "product": Kind.TEXT, "conversations": Kind.COUNT,
           "trend": Kind.TEXT, "quote": Kind.TEXT}  # fmt: skip


@dataclass(frozen=True)
class Quote:
    """A customer's words, with what is personal covered, and the conversation they stand in."""

    conversation: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class VoiceRow:
    """One thing that customers say: of which topic, about which product (empty: not known), how often on which day."""

    topic: str
    signal: str
    label: str
    product: str
    conversations: int
    by_day: Mapping[str, int]
    quotes: tuple[Quote, ...]


def customer_voice(home: Path, ask: InspectAsk, language: Language, *, topic: str | None = None) -> list[VoiceRow]:
    """Return what customers said in the days asked for, the most frequent of each topic first.

    A conversation counts once for each thing said in it. A ReportableError when shop, days or topic can not be used.
    """
    if topic is not None and topic not in TOPICS:
        near = ", ".join(near_names(topic, TOPICS) or TOPICS)
        raise ReportableError.of("inspect.unknown_topic", values={"name": topic[:40], "near": near})
    with open_inspection(home, ask) as inspection:
        rows = [row for row in inspection.rows("SELECT * FROM voice") if topic in (None, row["topic"])]
        titles = _titles(inspection, rows)
        grouped: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        for row in sorted(rows, key=lambda one: (one["at"], one["shop"], one["buyer"], one["agent"])):
            key = (str(row["topic"]), str(row["signal"]), titles.get(_key(row), ""))
            grouped.setdefault(key, []).append(row)
        words = _Words(inspection)
        made = [
            _voice_row(key, found, inspection, words, language)
            for key, found in grouped.items()
        ]  # fmt: skip
        return sorted(made, key=lambda one: (TOPICS.index(one.topic), -one.conversations, one.signal, one.product))


def voice_page(home: Path, ask: InspectAsk, language: Language, *, topic: str | None = None) -> Page:
    """Return what customers said as a page."""
    rows = customer_voice(home, ask, language, topic=topic)
    period = word("period", language, first=ask.period.first, last=ask.period.last)
    return Page(
        name="voice",
        title=f"{word('voice_title', language)} · {period}",
        columns=tuple(Column(name, word(f"voice_{name}", language), kind) for name, kind in COLUMNS.items()),
        rows=tuple(_cells(row, ask, language) for row in rows),
        language=language,
        data={"rows": [_json(row) for row in rows]},
        notes=(word("voice_note", language),),
    )


def _voice_row(
    key: tuple[str, str, str], found: Sequence[Mapping[str, Any]], inspection: Inspection, words: "_Words",
    language: Language,
) -> VoiceRow:  # fmt: skip
    topic, signal, product = key
    by_day: dict[str, int] = {}
    for row in found:
        by_day[str(row["day"])] = by_day.get(str(row["day"]), 0) + 1
    label = inspection.standards.signals[signal].label.in_language(language)
    return VoiceRow(topic, signal, label, product, len(found), by_day, _quotes(found, words))


def _quotes(found: Sequence[Mapping[str, Any]], words: "_Words") -> tuple[Quote, ...]:
    """Return the latest quotes, the latest last; the same words are shown once where others can be had."""
    latest = [words.quote(row) for row in found[-LOOKED_AT:]]
    distinct = {quote.text: quote for quote in latest}  # of the same words the latest
    return tuple(quote for quote in latest if distinct[quote.text] is quote)[-QUOTES:]


class _Words:
    """The words of messages, read a day at a time."""

    def __init__(self, inspection: Inspection) -> None:
        self._data = inspection.data
        self._days: dict[tuple[str, str], dict[tuple[str, str], list[str]]] = {}

    def quote(self, row: Mapping[str, Any]) -> Quote:
        """Return the words that a row points to."""
        day = (row["shop"], str(row["day"]))
        if day not in self._days:
            self._days[day] = self._read(row)
        text = self._days[day][row["agent"], row["buyer"]][row["place"]]
        name = f"{row['day']}/{row['agent']}/{row['buyer']}"
        return Quote(name, masked_in_place(text, name=row["buyer"]), row["start"], row["end"])

    def _read(self, row: Mapping[str, Any]) -> dict[tuple[str, str], list[str]]:
        data = self._data
        slices = data.store.slices(data.snapshot, row["shop"], first=row["day"], last=row["day"])
        columns = ("local_date", "buyer", "agent", "text")
        messages = pa.concat_tables(list(data.store.messages(data.snapshot, slices, columns=columns)))
        texts: dict[tuple[str, str], list[str]] = {}
        for one in corrected_messages(messages, data.snapshot.corrections_of(row["shop"])).to_pylist():
            texts.setdefault((one["agent"], one["buyer"]), []).append(one["text"] or "")
        return texts


def _key(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return (row["shop"], row["buyer"], str(row["day"]))


def _titles(inspection: Inspection, rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str, str], str]:
    """Return the product of each row: of the card shown, else of the customer's latest order by then."""
    data = inspection.data
    products = data.store.current(data.snapshot, "products", shops=data.shops).to_pylist()
    named = {row["product_id"]: row["title"] or row["product_id"] for row in products}
    buyers = pa.array(sorted({str(row["buyer"]) for row in rows}), pa.string())
    orders = data.store.current(data.snapshot, "orders", shops=data.shops)
    own = orders.filter(pc.fill_null(pc.is_in(orders["buyer"], buyers), False)).sort_by("created_at").to_pylist()
    lines = data.store.current(data.snapshot, "order_lines", shops=data.shops)
    wanted = pa.array(sorted({row["order_id"] for row in own}), pa.string())
    titles = {
        (row["shop"], row["order_id"]): row["title"] or ""
        for row in lines.filter(pc.is_in(lines["order_id"], wanted)).to_pylist()
    }
    ordered: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for order in own:
        ordered.setdefault((order["shop"], order["buyer"]), []).append(order)
    found: dict[tuple[str, str, str], str] = {}
    for row in rows:
        before = [
            order for order in ordered.get((row["shop"], row["buyer"]), ())
            if order["created_at"] is not None and order["created_at"].date() <= row["day"] + DAY
        ]  # fmt: skip
        told = titles.get((row["shop"], before[-1]["order_id"]), "") if before else ""
        found[_key(row)] = named.get(row["product_id"], "") or told
    return found


def _cells(row: VoiceRow, ask: InspectAsk, language: Language) -> tuple[Cell, ...]:
    trend = "".join(_BARS[min(row.by_day.get(str(day), 0), len(_BARS) - 1)] for day in ask.period.days())
    product = row.product or word("voice_no_product", language)
    texts = (word(f"voice_topic_{row.topic}", language), row.label, product)
    quote = row.quotes[-1].text if row.quotes else ""
    return (
        *(Cell(text, text) for text in texts), Cell(row.conversations, f"{row.conversations:,}"),
        Cell(trend, trend), Cell(quote, quote),
    )  # fmt: skip


_BARS = "·▁▂▃▄▅▆▇█"


def _json(row: VoiceRow) -> dict[str, object]:
    return {
        "topic": row.topic, "signal": row.signal, "label": row.label, "product": row.product,
        "conversations": row.conversations, "by_day": dict(row.by_day),
        "quotes": [
            {"conversation": one.conversation, "text": one.text, "start": one.start, "end": one.end}
            for one in row.quotes
        ],
    }  # fmt: skip
