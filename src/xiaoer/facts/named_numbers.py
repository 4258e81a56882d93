"""Numbers that chats name: what an order's id is looked up in. Kept as digests, for a telephone number is one too."""

import re
from collections.abc import Iterator
from hashlib import blake2b

import pyarrow as pa
import pyarrow.compute as pc

VERSION = 1  # raised whenever the same messages would name other numbers
FEWEST_DIGITS = 8  # a shorter number may be a price, a size or a date
SCHEMA = pa.schema([
    ("shop", pa.string()), ("day", pa.date32()), ("buyer", pa.string()), ("agent", pa.string()),
    ("said_at", pa.int64()), ("number", pa.string()),
])  # fmt: skip
COLUMNS = ("local_date", "buyer", "agent", "sent_at", "sender", "kind", "text")

_DIGIT, _LETTER = "[0-9０-９]", "[-_A-Za-z－＿Ａ-Ｚａ-ｚ]"
_PERHAPS = f"{_DIGIT}(?:{_LETTER}*{_DIGIT}){{{FEWEST_DIGITS - 1}}}"
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
# A number of digits may stand beside letters (sn240301-…), never beside more digits; one with letters stands alone.
_OF_DIGITS = re.compile(r"[0-9]+(?:-[0-9]+)*")
_OF_BOTH = re.compile(r"[0-9A-Za-z]+(?:[-_][0-9A-Za-z]+)*")


def named_numbers(messages: pa.Table, *, shop: str) -> pa.Table:
    """Return one row per number that a message of these whole days names, in the shape of SCHEMA.

    Texts of the buyer, of the account and of robots count, order cards whoever sent them.
    """
    kind, sender = (messages[name].cast(pa.string()) for name in ("kind", "sender"))
    is_card = pc.equal(kind, "order_card")
    is_said = pc.and_(pc.equal(kind, "text"), pc.not_equal(sender, "system"))
    looks = pc.match_substring_regex(messages["text"], pattern=_PERHAPS)
    rows = messages.filter(pc.fill_null(pc.and_(pc.or_(is_card, is_said), looks), False))
    found = [sorted(set(map(digest, numbers_in(text)))) for text in rows["text"].to_pylist()]
    place = pa.array([place for place, numbers in enumerate(found) for _ in numbers], pa.int64())
    named = rows.take(place)
    return pa.table(
        [
            pa.repeat(pa.scalar(shop, pa.string()), len(place)), named["local_date"],
            named["buyer"].cast(pa.string()), named["agent"].cast(pa.string()), named["sent_at"].cast(pa.int64()),
            pa.array([number for numbers in found for number in numbers], pa.string()),
        ],
        schema=SCHEMA,
    )  # fmt: skip


def numbers_in(text: str) -> Iterator[str]:
    """Yield the numbers of a text whole: never a part of a longer one."""
    narrow = text.translate(_NARROW)
    yield from (part for part in _OF_DIGITS.findall(narrow) if _is_long(part))
    yield from (part for part in _OF_BOTH.findall(narrow) if _is_long(part) and not _OF_DIGITS.fullmatch(part))


def number_of(order_id: str) -> str | None:
    """Return the digest that an order's id has where a chat names it; None for one too short or of another form."""
    plain = order_id.translate(_NARROW).strip()
    return digest(plain) if _is_long(plain) and _OF_BOTH.fullmatch(plain) else None


def digest(number: str) -> str:
    """Return what stands for a number in the facts."""
    return blake2b(number.encode(), digest_size=16).hexdigest()


def _is_long(number: str) -> bool:
    return sum(character.isdigit() for character in number) >= FEWEST_DIGITS
