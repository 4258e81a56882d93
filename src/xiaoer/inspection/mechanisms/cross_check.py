"""What was said against what the shop knows: orders, their notes, product cards, limits."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime

import numpy as np

from xiaoer.base.days import MICROS_PER_SECOND, Clock
from xiaoer.inspection.evidence import NOTHING, Evidence, Role, spans_at
from xiaoer.inspection.known import Known, Row
from xiaoer.inspection.reading import Reading
from xiaoer.inspection.schema import Find

DAY_MICROS = 86_400 * MICROS_PER_SECOND
ORDER_DAYS = 2  # an order this long after a promise was made because of it
GIFT_NOTED = ("送", "赠", "礼")
MATERIAL_NAMES = ("材质", "面料", "成分", "内胆", "填充", "材料")
MATERIALS = "material_words"
# What one speaks of by one name and cards write by another.
ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    "纯棉": ("棉",), "全棉": ("棉",), "真丝": ("桑蚕丝", "蚕丝"), "桑蚕丝": ("真丝", "蚕丝"), "涤纶": ("聚酯纤维",),
    "聚酯纤维": ("涤纶",), "真皮": ("牛皮", "羊皮"), "人造革": ("PU", "pu"), "pu皮": ("PU", "pu", "人造革"),
}  # fmt: skip
_AMOUNT = re.compile(r"[0-9]{1,5}|[一二两三四五六七八九十百千]{1,7}")
_DIGITS = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}
Check = Callable[[Reading, int, Find, Known], dict[str, str | int] | None]


def find_cross_check(reading: Reading, find: Find, known: Known) -> Evidence:
    """Return the messages that meet the line and that what the shop knows speaks against."""
    assert find.line is not None
    values: dict[int, dict[str, str | int]] = {}
    kept: list[int] = []
    for message in np.flatnonzero(reading.matches(find.line) & _worth_asking(reading, find)).tolist():
        against = CHECKS[find.check](reading, message, find, known)
        if against is not None:
            kept.append(message)
            values.setdefault(int(reading.talk.conversation[message]), {}).update(against)
    if not kept:
        return NOTHING
    chosen = np.array(kept, np.int64)
    line = find.line if find.line.said else find.line.model_copy(update={"said": (MATERIALS,)})
    found = spans_at(chosen, *reading.evidence(chosen, line), Role.SAID)
    return Evidence(found.message, found.start, found.end, found.role, values)


def _worth_asking(reading: Reading, find: Find) -> np.ndarray:
    """Return which messages a check need look at, where the line itself has no words."""
    return reading.says(MATERIALS) if find.check == "against_card" else np.ones(len(reading.talk), np.bool_)


def _orders_of(reading: Reading, message: int, known: Known) -> Iterator[tuple[Row, int]]:
    """Yield the orders of a message's buyer with the message's instant."""
    talk = reading.talk
    buyer = talk.buyer[int(talk.conversation[message])].as_py()
    for row in known.orders.get(buyer, ()):
        yield row, int(talk.at[message])


def _note_after_promise(reading: Reading, message: int, find: Find, known: Known) -> dict[str, str | int] | None:
    """An order was made after the promise, and no such order's note says that something goes with it."""
    caused = [
        row for row, at in _orders_of(reading, message, known)
        if row["created_at"] is not None and at - DAY_MICROS <= row["created_at"] <= at + ORDER_DAYS * DAY_MICROS
        and (row["shipped_at"] is None or row["shipped_at"] > at)
    ]  # fmt: skip
    if (
        not known.noted
        or not caused
        or any(sign in (row["seller_note"] or "") for row in caused for sign in GIFT_NOTED)
    ):
        return None
    return {"order_id": str(caused[0]["order_id"])}


def _shipped_as_promised(reading: Reading, message: int, find: Find, known: Known) -> dict[str, str | int] | None:
    """The order that was waiting to be shipped left on a later local day."""
    clock = known.settings.clock
    for row, at in _orders_of(reading, message, known):
        near = row["created_at"] is not None and abs(row["created_at"] - at) <= ORDER_DAYS * DAY_MICROS
        if near and row["shipped_at"] is not None and row["shipped_at"] > at:
            late = (_day(row["shipped_at"], clock) - _day(at, clock)).days
            if late > 0:
                return {"order_id": str(row["order_id"]), "days": late}
    return None


def _signed_for(reading: Reading, message: int, find: Find, known: Known) -> dict[str, str | int] | None:
    for row, at in _orders_of(reading, message, known):
        if row["received_at"] is not None and row["received_at"] <= at:
            return {"order_id": str(row["order_id"])}
    return None


def _over_limit(reading: Reading, message: int, find: Find, known: Known) -> dict[str, str | int] | None:
    """An amount of the words found is over the limit that the shop has set."""
    assert find.line is not None
    limit = known.settings.count(find.limit)
    start, end = (int(one[0]) for one in reading.evidence(np.array([message]), find.line))
    amounts = [_number(one) for one in _AMOUNT.findall(reading.talk.text[message].as_py()[start:end])]
    return {"amount": max(amounts), "limit": limit} if amounts and max(amounts) > limit else None


def _number(written: str) -> int:
    """Return a number of digits or of Chinese numerals: 八百 is 800, 一千二 is 1,200."""
    if written.isdigit():
        return int(written)
    whole, digit, unit = 0, 0, 1
    for sign in written:
        if sign in _TENS:
            unit = _TENS[sign]
            whole, digit = whole + (digit or 1) * unit, 0
        else:
            digit = _DIGITS[sign]
    return whole + digit * (unit // 10 or 1)


def _against_card(reading: Reading, message: int, find: Find, known: Known) -> dict[str, str | int] | None:
    """A material was named that the card of the one product of this conversation does not name."""
    talk = reading.talk
    first = int(talk.start[int(talk.conversation[message])])
    said = "\n".join(talk.text.slice(first, message - first + 1).to_pylist())
    cards = [row for row in known.products if row["title"] and row["title"] in said and _materials(row)]
    if len(cards) != 1:
        return None
    message_at, start, end = reading.spans(MATERIALS)
    own = np.flatnonzero(message_at == message)
    words = [talk.text[message].as_py()[int(start[one]) : int(end[one])] for one in own]
    named = _materials(cards[0])
    strange = [word for word in words if not any(one in named for one in (word, *ALSO_CALLED.get(word, ())))]
    return {"product_id": str(cards[0]["product_id"])} if words and len(strange) == len(words) else None


def _materials(card: Row) -> str:
    """Return what a product's card says it is made of; empty where it does not."""
    parts = re.split(r"[;；\n,，|]", card["attributes"] or "")
    named = (part.partition("：" if "：" in part else ":") for part in parts)
    return " ".join(value for name, _, value in named if any(known in name for known in MATERIAL_NAMES))


def _day(micros: int, clock: Clock) -> date:
    return clock.local_day(datetime.fromtimestamp(micros // MICROS_PER_SECOND, UTC))


CHECKS: Mapping[str, Check] = {
    "note_after_promise": _note_after_promise,
    "shipped_as_promised": _shipped_as_promised,
    "signed_for": _signed_for,
    "over_limit": _over_limit,
    "against_card": _against_card,
}
