"""Every phrase of the standards with its number: what is scanned for, and what the hits of a text belong to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from xiaoer.facts.walked import Ints
from xiaoer.inspection.check_standards import is_name
from xiaoer.inspection.scanner import Hits, Scanner
from xiaoer.inspection.schema import Item, Line, Signal
from xiaoer.inspection.standards import Standards

_LISTS = ("said", "also", "unless", "answering", "not_answering", "before", "not_before")


@dataclass(frozen=True)
class FoundPhrases:
    """Hits by phrase."""

    number: Mapping[str, int]
    hits: Hits
    bounds: Ints

    def of(self, phrases: Iterable[str]) -> tuple[Ints, Ints, Ints]:
        """Return message, first character and end of the hits of these phrases."""
        spans = [slice(self.bounds[self.number[one]], self.bounds[self.number[one] + 1]) for one in phrases]
        if not spans:
            return (np.empty(0, np.int64),) * 3
        message, start, end = (
            np.concatenate([column[span] for span in spans])
            for column in (self.hits.message, self.hits.start, self.hits.end)
        )
        order = np.lexsort((-end, start, message))
        return message[order], start[order], end[order]


class PhraseBook:
    """The phrases of all signals and of the items' own lines."""

    def __init__(self, standards: Standards) -> None:
        self.signals: Mapping[str, Signal] = standards.signals
        self._items = standards.items

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """Return every phrase once, ascending."""
        found = {
            phrase for signal in self.signals.values() for phrase in (*signal.phrases, *signal.unless, *signal.whole)
        }
        for item in self._items.values():
            found |= {name for line in lines_of(item) for name in _names(line) if not is_name(name)}
        return tuple(sorted(found))

    @cached_property
    def _scanner(self) -> Scanner:
        return Scanner(self.phrases)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {phrase: place for place, phrase in enumerate(self.phrases)}

    def scan(self, texts: pa.Array) -> FoundPhrases:
        """Return where the phrases stand in the texts."""
        hits = self._scanner.scan(texts)
        bounds = np.searchsorted(hits.phrase, np.arange(len(self.phrases) + 1)).astype(np.int64)
        return FoundPhrases(self._number, hits, bounds)


def lines_of(item: Item) -> list[Line]:
    """Return every line of an item's condition."""
    find = item.find
    return [line for line in (find.line, find.then, *find.given, *find.never) if line is not None]


def _names(line: Line) -> list[str]:
    return [name for list_name in _LISTS for name in getattr(line, list_name)]
