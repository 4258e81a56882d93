"""One canonical column of a raw batch: headers found, words mapped, values read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.days import Clock
from xiaoer.base.mask import shape_of, shown_number, shown_word
from xiaoer.base.money import parse_yuan
from xiaoer.base.tables import Column, Kind
from xiaoer.intake.platform import ColumnMap
from xiaoer.intake.raw import RawBatch
from xiaoer.intake.rules import RULES
from xiaoer.intake.values import Problem, ValuesRead, read_values
from xiaoer.intake.values.column import by_distinct
from xiaoer.intake.values.read_values import WHAT_PEOPLE_WROTE, as_texts
from xiaoer.intake.values.texts import cleaned
from xiaoer.intake.vocabulary import normal_header

# What a problem may show of a cell that holds none of a platform's words; of other columns, the shape.
_SHOWN: Mapping[Kind, Callable[[str], str]] = {
    Kind.CHOICE: shown_word,
    Kind.FLAG: shown_word,
    Kind.SCORE: shown_word,
    Kind.INSTANT: shown_number,
    Kind.DAY: shown_number,
    Kind.MONEY: shown_number,
    Kind.COUNT: shown_number,
    Kind.SECONDS: shown_number,
    Kind.NUMBER: shown_number,
    Kind.DECIMAL: shown_number,
    Kind.WHOLE: shown_number,
}
Positions = Mapping[str, int]  # header in normal form → its column in the raw table


@dataclass(frozen=True)
class ColumnRead:
    """The values of a canonical column, the source's header they come from, and the texts that were unreadable."""

    read: ValuesRead
    header: str


def read_column(batch: RawBatch, column: Column, how: ColumnMap, *, positions: Positions, clock: Clock) -> ColumnRead:
    """Return one canonical column of the batch."""
    texts, header = _source_texts(batch, column, how, positions)
    mapped = _map_words(texts, how, shown=_SHOWN.get(column.kind, shape_of))
    read = read_values(mapped.values, column, clock=clock, order=how.dates)
    return ColumnRead(ValuesRead(read.values, {**read.problems, **mapped.problems}), header or column.name)


def present(headers: tuple[str, ...], positions: Positions) -> list[int]:
    """Return the positions of those headers that the table has, in order of preference."""
    return [positions[normal_header(name)] for name in headers if normal_header(name) in positions]


def texts_of(batch: RawBatch, headers: tuple[str, ...], positions: Positions) -> pa.Array | None:
    """Return the first of the headers that is not empty, row by row; None when the table has none of them."""
    found = [cleaned(as_texts(batch.columns[index])) for index in present(headers, positions)]
    return reduce(lambda first, second: pc.coalesce(first, second), found) if found else None


def _source_texts(batch: RawBatch, column: Column, how: ColumnMap, positions: Positions) -> tuple[pa.Array, str | None]:
    rows = len(batch.lines)
    if how.rule is not None:
        inputs = {name: texts_of(batch, headers, positions) for name, headers in how.inputs.items()}
        given = {name: texts for name, texts in inputs.items() if texts is not None}
        labels = [name for headers in how.inputs.values() for name in headers if present((name,), positions)]
        return (RULES[how.rule](given) if given else pa.nulls(rows, pa.string())), labels[0] if labels else None
    found = present(how.headers, positions)
    label = next((name for name in how.headers if normal_header(name) in positions), None)
    if not found:
        return pa.repeat(pa.scalar(how.constant, pa.string()), rows), label
    if len(found) == 1 and how.constant is None:
        return batch.columns[found[0]], label
    if column.name in WHAT_PEOPLE_WROTE:
        texts = reduce(lambda a, b: pc.coalesce(a, b), [as_texts(batch.columns[index]) for index in found])
    else:
        texts = texts_of(batch, how.headers, positions)
    return (texts if how.constant is None else pc.fill_null(texts, how.constant)), label


def _map_words(texts: pa.Array, how: ColumnMap, *, shown: Callable[[str], str]) -> ValuesRead:
    """Return the texts in our words; ids and the like, which differ in every row, are not looked at one by one."""
    if not (how.strip or how.suffix or _maps_words(how)):
        return ValuesRead(texts)
    given = cleaned(as_texts(texts))
    if how.strip:
        beginning = "^(?:" + "|".join(re.escape(part) for part in how.strip) + r")\s*"
        given = cleaned(pc.replace_substring_regex(given, pattern=beginning, replacement=""))
    mapped = by_distinct(given, _mapper(how, shown), type_=pa.string()) if _maps_words(how) else ValuesRead(given)
    if not how.suffix:
        return mapped
    return ValuesRead(pc.binary_join_element_wise(mapped.values, pa.scalar(how.suffix), ""), mapped.problems)


def _maps_words(how: ColumnMap) -> bool:
    return bool(how.values or how.contains or how.empty or how.scale != "yuan")


def _mapper(how: ColumnMap, shown: Callable[[str], str]) -> Callable[[str], str | None | Problem]:
    values = {_even(word): ours for word, ours in how.values.items()}
    empty = {_even(word) for word in how.empty}

    def mapped(text: str) -> str | None | Problem:
        word = _even(text)
        if not word or word in empty:
            return None
        ours = values.get(word) or next((to for part, to in how.contains.items() if _even(part) in word), None)
        if ours is not None:
            return ours or None
        if how.otherwise != "keep" and (how.values or how.contains):
            return None if how.otherwise == "null" else Problem("intake.unknown_word", {"found": shown(text)})
        return _yuan_of_fen(text) if how.scale == "fen" else text

    return mapped


def _even(word: str) -> str:
    """Return the word with half-width commas and without blanks: exports write both."""
    return "".join(word.replace("，", ",").replace("（", "(").replace("）", ")").split())


def _yuan_of_fen(text: str) -> str:
    amount = parse_yuan(text)
    return text if amount is None else str(amount / Decimal(100))
