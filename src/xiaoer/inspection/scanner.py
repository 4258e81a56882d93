"""All phrases of all standards found in one pass over the texts, by one automaton."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from ahocorasick_rs import BytesAhoCorasick, Implementation

from xiaoer.facts.walked import Ints
from xiaoer.inspection.folding import Folded, folded, folded_text

GAP = "…"  # in a phrase: a few characters of any kind
LONGEST_GAP = 10
_LETTERS = frozenset(map(ord, "abcdefghijklmnopqrstuvwxyz"))


@dataclass(frozen=True)
class Hits:
    """Where phrases were found: number of the phrase, number of the text, span of original characters."""

    phrase: Ints
    message: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True)
class Scanner:
    """An automaton of phrases; a phrase may have gaps (不退…差评), whose parts must follow closely in one message."""

    phrases: tuple[str, ...]

    @cached_property
    def _cut(self) -> list[tuple[str, ...]]:
        return [tuple(folded_text(part) for part in phrase.split(GAP)) for phrase in self.phrases]

    @cached_property
    def _parts(self) -> list[str]:
        return sorted({part for parts in self._cut for part in parts})

    @cached_property
    def _automaton(self) -> BytesAhoCorasick:
        patterns = [part.encode("utf-16-le") for part in self._parts]
        return BytesAhoCorasick(patterns, implementation=Implementation.DFA)

    @cached_property
    def _is_word(self) -> npt.NDArray[np.bool_]:
        """Return which parts are of Latin letters only: such a one is a whole word, for `sb` is not in `usb`."""
        return np.array([part.isascii() and part.isalpha() for part in self._parts], np.bool_)

    def scan(self, texts: pa.Array | pa.ChunkedArray) -> Hits:
        """Return all hits in the texts, by phrase, then by place."""
        text = folded(texts)
        part, start, end = self._found(text)
        order = np.argsort(part, kind="stable")
        part, start, end = part[order], start[order], end[order]
        bounds = np.searchsorted(part, np.arange(len(self._parts) + 1))
        number = {name: place for place, name in enumerate(self._parts)}
        starts, ends, which = [], [], []
        for phrase, parts in enumerate(self._cut):
            spans = [slice(bounds[number[name]], bounds[number[name] + 1]) for name in parts]
            begin, stop = _chained(text, [(start[span], end[span]) for span in spans])
            starts.append(begin)
            ends.append(stop)
            which.append(np.full(len(begin), phrase, np.int64))
        return self._placed(text, _joined(which), _joined(starts), _joined(ends))

    def _found(self, text: Folded) -> tuple[Ints, Ints, Ints]:
        """Return the number of the part, first and last unit (past it) of every hit of the automaton."""
        if not self._parts:
            return (np.empty(0, np.int64),) * 3
        raw = self._automaton.find_matches_as_indexes(text.units.view(np.uint8).data, overlapping=True)
        flat = np.fromiter(chain.from_iterable(raw), np.int64, count=3 * len(raw)).reshape(-1, 3)
        part, start, end = flat[flat[:, 1] % 2 == 0].T  # a hit at an odd byte is of two halves of characters
        start, end = start // 2, end // 2
        word = self._is_word[part]
        before = np.where(start > 0, text.units[np.maximum(start - 1, 0)], 0)
        after = text.units[np.minimum(end, len(text.units) - 1)]
        inside = word & (_letter(before) | _letter(after))
        return part[~inside], start[~inside], end[~inside]

    def _placed(self, text: Folded, phrase: Ints, start: Ints, end: Ints) -> Hits:
        message = text.message_of(start)
        first = text.origin[start].astype(np.int64)
        last = text.origin[np.maximum(end - 1, 0)].astype(np.int64) + 1
        return Hits(phrase, message, first, last)


def _chained(text: Folded, parts: Sequence[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """Return first and last unit of each run of the parts, one after another in one message with short gaps."""
    begin, stop = parts[0]
    for next_start, next_end in parts[1:]:
        if not len(next_start) or not len(begin):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        order = np.argsort(next_start, kind="stable")
        next_start, next_end = next_start[order], next_end[order]
        place = np.searchsorted(next_start, stop)
        there = place < len(next_start)
        place = np.minimum(place, len(next_start) - 1)
        near = there & (next_start[place] - stop <= LONGEST_GAP)
        near &= text.message_of(begin) == text.message_of(next_start[place])
        begin, stop = begin[near], next_end[place[near]]
    return begin, stop


def _letter(units: npt.NDArray[np.int64] | npt.NDArray[np.uint16]) -> npt.NDArray[np.bool_]:
    return (units >= min(_LETTERS)) & (units <= max(_LETTERS))


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.empty(0, np.int64)
