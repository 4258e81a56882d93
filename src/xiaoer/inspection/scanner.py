"""All phrases of all standards found in one pass over the texts, by one automaton."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from xiaoer.facts.walked import Flags, Ints
from xiaoer.inspection.automaton import Automaton, automaton_of
from xiaoer.inspection.folding import PLANE, Folded, Units, folded, folded_text

GAP = "…"  # in a phrase: a few characters of any kind
LONGEST_GAP = 10
_A, _Z = ord("a"), ord("z")
Found = tuple[Ints, Ints, Ints]  # first unit, past the last unit, text


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
    def _automaton(self) -> Automaton:
        return automaton_of(self._parts)

    @cached_property
    def _is_word(self) -> Flags:
        """Return which parts are of Latin letters only: such a one is a whole word, for `sb` is not in `usb`."""
        return np.array([part.isascii() and part.isalpha() for part in self._parts], np.bool_)

    def scan(self, texts: pa.Array | pa.ChunkedArray) -> Hits:
        """Return all hits in the texts, by phrase, then by place."""
        text = folded(texts)
        part, found = self._found(text)
        bounds = np.searchsorted(part, np.arange(len(self._parts) + 1))
        number = {name: place for place, name in enumerate(self._parts)}
        runs: list[Found] = []
        for parts in self._cut:
            spans = [slice(bounds[number[name]], bounds[number[name] + 1]) for name in parts]
            runs.append(_chained([(found[0][span], found[1][span], found[2][span]) for span in spans]))
        which = [np.full(len(run[0]), phrase, np.int64) for phrase, run in enumerate(runs)]
        start, end, message = (_joined([run[place] for run in runs]) for place in range(3))
        first = text.origin[start].astype(np.int64)
        last = text.origin[np.maximum(end - 1, 0)].astype(np.int64) + 1
        return Hits(_joined(which), message, first, last)

    def _found(self, text: Folded) -> tuple[Ints, Found]:
        """Return the part of every hit, ascending, and where it is; a part of letters is only found as a word."""
        if not self._parts:
            return np.empty(0, np.int64), (np.empty(0, np.int64),) * 3
        part, start, message = self._automaton.find(text.units)
        end = start + self._automaton.length[part]
        word = np.flatnonzero(self._is_word[part])
        before = np.where(start[word] > 0, text.units[np.maximum(start[word] - 1, 0)], 0)
        after = text.units[end[word]]  # every text ends with a 0
        keep = np.ones(len(part), np.bool_)
        keep[word[_letter(before) | _letter(after)]] = False
        few = len(self._parts) < PLANE
        named = part[keep].astype(np.uint16 if few else np.int64)  # short numbers are sorted by their digits
        order = np.argsort(named, kind="stable")
        return part[keep][order], (start[keep][order], end[keep][order], message[keep][order])


def _chained(parts: Sequence[Found]) -> Found:
    """Return each run of the parts, one after another in one message with short gaps."""
    begin, stop, text = parts[0]
    for start, end, message in parts[1:]:
        if not len(start) or not len(begin):
            return (np.empty(0, np.int64),) * 3
        place = np.searchsorted(start, stop)
        there = place < len(start)
        place = np.minimum(place, len(start) - 1)
        near = there & (start[place] - stop <= LONGEST_GAP) & (message[place] == text)
        begin, stop, text = begin[near], end[place[near]], text[near]
    return begin, stop, text


def _letter(units: Units) -> Flags:
    return np.asarray((units >= _A) & (units <= _Z), np.bool_)


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.empty(0, np.int64)
