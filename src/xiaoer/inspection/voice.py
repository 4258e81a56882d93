"""What customers say beside their business: wishes, complaints, reasons for leaving, where they come from."""

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.local_time import instants_of, local_hours
from xiaoer.facts.walked import Ints
from xiaoer.inspection.known import Known
from xiaoer.inspection.place import Place
from xiaoer.inspection.reading import Reading
from xiaoer.inspection.talk import BUYER, Talk

_NUMBER = re.compile(r"\d{4,}")
SCHEMA = pa.schema([
    ("shop", pa.string()), ("day", pa.date32()), ("hour", pa.int8()), ("buyer", pa.string()), ("agent", pa.string()),
    ("topic", pa.string()), ("signal", pa.string()), ("product_id", pa.string()), ("place", pa.int64()),
    ("at", pa.int64()), ("start", pa.int64()), ("end", pa.int64()),
])  # fmt: skip


def voice_rows(reading: Reading, known: Known, place: Place) -> pa.Table:
    """Return one row per conversation and signal of a topic that its customer says, the first time, in SCHEMA."""
    talk = reading.talk
    found = [(name, *_first(reading, name)) for name, signal in reading.book.signals.items() if signal.topic]
    message = np.concatenate([one[1] for one in found]) if found else np.empty(0, np.int64)
    if not len(message):
        return SCHEMA.empty_table()
    conversation = talk.conversation[message]
    names = [name for name, at, _, _ in found for _ in range(len(at))]
    products = _products(talk, known)
    return pa.table({
        "shop": pa.repeat(pa.scalar(place.shop), len(message)),
        "day": pa.array(talk.day[conversation], pa.int32()).cast(pa.date32()),
        "hour": local_hours(instants_of(talk.at[message]), place.clock),
        "buyer": talk.buyer.take(pa.array(conversation)), "agent": talk.agent.take(pa.array(conversation)),
        "topic": [reading.book.signals[name].topic for name in names], "signal": names,
        "product_id": pa.array([products.get(int(one)) for one in conversation], pa.string()),
        "place": talk.place[message], "at": talk.at[message],
        "start": np.concatenate([one[2] for one in found]), "end": np.concatenate([one[3] for one in found]),
    }).cast(SCHEMA)  # fmt: skip


def _first(reading: Reading, name: str) -> tuple[Ints, Ints, Ints]:
    """Return the first message of each conversation in which its customer says a signal, with the span."""
    talk = reading.talk
    message, start, end = reading.spans(name)
    own = talk.speaker[message] == BUYER
    message, start, end = message[own], start[own], end[own]
    _, first = np.unique(talk.conversation[message], return_index=True)
    return message[first], start[first], end[first]


def _products(talk: Talk, known: Known) -> dict[int, str]:
    """Return the product of each conversation that showed a product's card, the last one shown."""
    ids = {str(row["product_id"]) for row in known.products}
    cards = np.flatnonzero(pc.equal(talk.kind, "product_card").to_numpy(zero_copy_only=False))
    texts: Sequence[str] = talk.text.take(pa.array(cards)).to_pylist()
    shown: dict[int, str] = {}
    for message, text in zip(cards.tolist(), texts, strict=True):
        named = [number for number in _NUMBER.findall(text) if number in ids]
        if named:
            shown[int(talk.conversation[message])] = named[-1]
    return shown
