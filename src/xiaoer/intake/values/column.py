"""What reading the texts of one column gives, and the way value by value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True)
class Problem:
    """Why one text is not a value: the code of the issue and what fills in its text."""

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class ValuesRead:
    """A column of values, null where the text was empty or unreadable, and the unreadable ones by row index."""

    values: pa.Array
    problems: Mapping[int, Problem] = field(default_factory=dict)


def by_distinct(texts: pa.Array, read: Callable[[str], object], *, type_: pa.DataType) -> ValuesRead:
    """Return the values of the texts, reading each distinct text once; `read` may return a Problem."""
    coded = texts.dictionary_encode()
    results = [read(text) for text in coded.dictionary.to_pylist()]
    values = pa.array([None if isinstance(result, Problem) else result for result in results], type_)
    taken = values.take(coded.indices) if len(values) else pa.nulls(len(texts), type_)
    bad = {code: result for code, result in enumerate(results) if isinstance(result, Problem)}
    if not bad:
        return ValuesRead(taken)
    indices = coded.indices.to_pylist()
    return ValuesRead(taken, {row: bad[code] for row, code in enumerate(indices) if code in bad})


def fast_then_slow(
    texts: pa.Array,
    *,
    is_plain: pa.Array,
    fast: Callable[[pa.Array], pa.Array],
    slow: Callable[[str], object],
    type_: pa.DataType,
) -> ValuesRead:
    """Return plain texts read at once by `fast` and the others one by one by `slow`.

    `fast` may raise ArrowInvalid; then `slow` reads all of them.
    """
    plain = pc.fill_null(is_plain, False)
    rest = pc.and_(pc.invert(plain), pc.is_valid(texts))
    try:
        if not pc.any(rest, min_count=0).as_py():
            return ValuesRead(fast(texts))
        read = fast(pc.if_else(plain, texts, None))
    except pa.ArrowInvalid:
        return by_distinct(texts, slow, type_=type_)
    others = by_distinct(pc.if_else(rest, texts, None), slow, type_=type_)
    return ValuesRead(pc.if_else(plain, read, others.values), others.problems)
