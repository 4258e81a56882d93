"""What is known of a nick: all of it, or what a platform's stars left."""

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

import pyarrow as pa

STARS = "[*＊]"
LONGEST = 10_000  # longer than any nick
_STARS = re.compile(f"{STARS}+")
_ID_BEHIND = re.compile(r"#[^#*＊]*$")  # intake keeps people apart that are masked alike: t******7#5001


@dataclass(frozen=True)
class NickShape:
    """Nicks of this shape start with `prefix`, end with `suffix`, and are so long; a whole nick is its own shape.

    `tells` says whether a masked one can be looked for: some character was kept, and the stars are in one place.
    """

    nick: str
    prefix: str
    suffix: str
    first_kept: str
    prefix_length: int
    suffix_length: int
    shortest: int
    longest: int
    masked: bool
    tells: bool


_TYPES = {"str": pa.string(), "int": pa.int64(), "bool": pa.bool_()}
SCHEMA = pa.schema([(one.name, _TYPES[getattr(one.type, "__name__", str(one.type))]) for one in fields(NickShape)])


def nick_shape(nick: str) -> NickShape:
    """Return the shape of a nick; stars stand for one hidden character or more, however many they are."""
    length = len(nick)
    if not _STARS.search(nick):
        return NickShape(nick, nick, nick, nick[:1], length, length, length, length, masked=False, tells=False)
    kept = _STARS.split(_ID_BEHIND.sub("", nick))
    prefix, suffix, shortest = kept[0], kept[-1], sum(map(len, kept)) + len(kept) - 1
    tells = len(kept) == 2 and bool(prefix or suffix)
    sizes = len(prefix), len(suffix), shortest, LONGEST
    return NickShape(nick, prefix, suffix, prefix[:1], *sizes, masked=True, tells=tells)


def nick_shapes(nicks: Iterable[str]) -> pa.Table:
    """Return the shapes of nicks, one row each."""
    shapes = [astuple(nick_shape(nick)) for nick in sorted(set(nicks))]
    columns = zip(*shapes, strict=True) if shapes else ([] for _ in SCHEMA)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )
