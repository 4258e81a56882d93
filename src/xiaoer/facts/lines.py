"""A sorted message partition as plain arrays for the pass."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.settings import DaySettings
from xiaoer.facts.walked import AGENT, BUYER, ROBOT, SYSTEM, Codes, Flags, Lines

SENDER_CODES = {"buyer": BUYER, "agent": AGENT, "robot": ROBOT, "system": SYSTEM}
TRANSFER, PRODUCT_CARD = 0, 1
KIND_CODES = {"transfer": TRANSFER, "product_card": PRODUCT_CARD}


@dataclass(frozen=True)
class Coded:
    """The arrays of a partition and the names behind their codes; `robot` says which agent codes are robots."""

    lines: Lines
    day: npt.NDArray[np.int32]
    buyer: Codes
    buyers: pa.Array
    agents: pa.Array
    robot: Flags


def columns_needed(settings: DaySettings) -> tuple[str, ...]:
    """Return the message columns that the pass reads; the text itself only where a setting looks into it."""
    base = ("local_date", "buyer", "agent", "sent_at", "sender", "kind", "auto", "transfer_to", "characters", "bulk")
    looks_inside = any(map(settings.text, ("auto_reply_prefix", "advertising_code_word", "recommendation_prefix")))
    return (*base, "text") if looks_inside else base


def coded_lines(messages: pa.Table, settings: DaySettings) -> Coded:
    """Return one shop's messages, sorted by (local_date, buyer, sent_at, position), as arrays for the pass."""
    buyer, buyers = _codes(messages["buyer"])
    agent, agents = _codes(messages["agent"])
    robot = robot_flags(agents, settings)
    day = messages["local_date"].cast(pa.int32()).to_numpy()
    sender = _mapped(messages["sender"], SENDER_CODES)
    kind = _mapped(messages["kind"], KIND_CODES)
    sender = np.where((sender == AGENT) & robot[agent], ROBOT, sender).astype(np.int8)
    lines = Lines(
        unit=day.astype(np.int64) * (len(buyers) + 1) + buyer,
        agent=agent,
        sent_at=messages["sent_at"].cast(pa.int64()).to_numpy(),
        sender=sender,
        automatic=_flags(messages["auto"]) | _text_flags(messages, settings.text("auto_reply_prefix"), pc.starts_with),
        transfer=kind == TRANSFER,
        bulk=_flags(messages["bulk"]),
        code_word=_text_flags(messages, settings.text("advertising_code_word"), pc.match_substring),
        recommends=(kind == PRODUCT_CARD)
        | _text_flags(messages, settings.text("recommendation_prefix"), pc.starts_with),
        characters=pc.fill_null(messages["characters"], 0).cast(pa.int64()).to_numpy(),
    )
    return Coded(lines, day, buyer, buyers, agents, robot)


def robot_flags(agents: pa.Array, settings: DaySettings) -> Flags:
    """Return for each account whether it is a robot: its whole name, or the part after the colon, is listed."""
    robots = frozenset(settings.items("robot_accounts"))
    return np.array([is_robot(name, robots) for name in agents.to_pylist()], np.bool_)


def is_robot(account: str, robots: Collection[str]) -> bool:
    """Return whether an account, or its part after the colon, is one of the listed robots."""
    return account in robots or account.rpartition(":")[2] in robots


def _codes(column: pa.ChunkedArray) -> tuple[Codes, pa.Array]:
    dictionary = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    combined = dictionary.unify_dictionaries().combine_chunks()
    array = combined.chunk(0) if isinstance(combined, pa.ChunkedArray) else combined
    return array.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False), array.dictionary


def _mapped(column: pa.ChunkedArray, codes: dict[str, int]) -> npt.NDArray[np.int8]:
    """Return the code of each value, -1 where it has none (null too)."""
    indices, names = _codes(column.cast(pa.string()).fill_null("") if column.null_count else column)
    code_of = np.array([codes.get(name, -1) for name in names.to_pylist()] or [-1], np.int8)
    return code_of[indices] if len(indices) else np.empty(0, np.int8)


def _flags(column: pa.ChunkedArray) -> Flags:
    flags: Flags = pc.fill_null(column, False).combine_chunks().to_numpy(zero_copy_only=False)
    return flags


def _text_flags(messages: pa.Table, pattern: str, test: object) -> Flags:
    """Return for each message whether its text passes the test with the pattern; nothing passes an empty pattern."""
    if not pattern:
        return np.zeros(len(messages), np.bool_)
    return _flags(test(messages["text"], pattern))  # type: ignore[operator]
