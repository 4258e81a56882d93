"""A talk read with the eyes of the standards: which message says what, and where the conversation is."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.days import MICROS_PER_SECOND
from xiaoer.facts.walked import Flags, Ints
from xiaoer.inspection.check_standards import is_name
from xiaoer.inspection.folding import Folded, folded
from xiaoer.inspection.phrase_book import PhraseBook
from xiaoer.inspection.schema import STAGES, Line, Signal, Who
from xiaoer.inspection.talk import BUYER, HUMAN, MACHINE, NEVER, Talk

SPEAKERS = {Who.AGENT: HUMAN, Who.BUYER: BUYER, Who.ROBOT: MACHINE}
Spans = tuple[Ints, Ints, Ints]  # message, first character, past the last character


class Reading:
    """What a talk says, asked line by line; each signal is looked at once."""

    def __init__(self, talk: Talk, book: PhraseBook) -> None:
        self.talk, self.book = talk, book
        self._hits = book.scan(talk.text)
        self._spans: dict[str, Spans] = {}
        self._flags: dict[str, Flags] = {}

    def spans(self, name: str) -> Spans:
        """Return where a signal (or a phrase of a line) is said, by message, then by place."""
        if name not in self._spans:
            self._spans[name] = self._found(name)
        return self._spans[name]

    def says(self, name: str) -> Flags:
        """Return which messages say a signal."""
        if name not in self._flags:
            flags = np.zeros(len(self.talk), np.bool_)
            flags[self.spans(name)[0]] = True
            self._flags[name] = flags
        return self._flags[name]

    def any_of(self, names: Iterable[str]) -> Flags:
        """Return which messages say any of these."""
        found = np.zeros(len(self.talk), np.bool_)
        for name in names:
            found |= self.says(name)
        return found

    def _found(self, name: str) -> Spans:
        if not is_name(name):
            return self._hits.of((name,))
        signal = self.book.signals[name]
        parts = [self._hits.of(signal.phrases), self._whole(signal), self._pattern(signal)]
        message, start, end = (np.concatenate([part[at] for part in parts]) for at in range(3))
        if signal.unless:
            void = np.zeros(len(self.talk), np.bool_)
            void[self._hits.of(signal.unless)[0]] = True
            keep = ~void[message]
            message, start, end = message[keep], start[keep], end[keep]
        order = np.lexsort((-end, start, message))
        return message[order], start[order], end[order]

    def _whole(self, signal: Signal) -> Spans:
        """Return the messages that say nothing but one of the signal's whole phrases."""
        message, start, end = self._hits.of(signal.whole)
        length = self._lengths
        keep = (start <= self._first_character[message]) & (end >= length[message])
        return message[keep], start[keep], end[keep]

    @cached_property
    def _folded_ends(self) -> tuple[Ints, Ints]:
        """Return the first character that says something and the end of the last that does, of each message."""
        text = folded(self.talk.text)
        return _edges(text)

    @property
    def _first_character(self) -> Ints:
        return self._folded_ends[0]

    @property
    def _lengths(self) -> Ints:
        return self._folded_ends[1]

    def _pattern(self, signal: Signal) -> Spans:
        if not signal.pattern:
            return (np.empty(0, np.int64),) * 3
        span = pc.extract_regex_span(self.talk.text, pattern=signal.pattern)
        there = pc.is_valid(span).to_numpy(zero_copy_only=False)
        message = np.flatnonzero(there)
        places = [one["found"] for one in span.take(pa.array(message)).to_pylist()]
        texts = self.talk.text.take(pa.array(message)).to_pylist()
        starts, ends = [], []
        for text, place in zip(texts, places, strict=True):
            raw = text.encode()
            start = len(raw[: place[0]].decode())
            starts.append(start)
            ends.append(start + len(raw[place[0] : place[0] + place[1]].decode()))
        return message, np.array(starts, np.int64), np.array(ends, np.int64)

    @cached_property
    def stage(self) -> Ints:
        """Return the number of the stage that the conversation has reached at each message."""
        talk = self.talk
        reached = np.zeros(len(talk), np.int64)
        for number, name in enumerate(STAGES, 1):
            for signal, content in self.book.signals.items():
                if content.stage == name:
                    whose = talk.of(BUYER) if content.intent else np.ones(len(talk), np.bool_)
                    reached[self.says(signal) & whose] = number
        if not len(talk):
            return reached
        place = np.where(reached > 0, np.arange(len(talk)), -1)
        place = np.maximum.accumulate(place)
        inside = place >= talk.start[talk.conversation]
        greeting = STAGES.index("greeting") + 1
        return np.where(inside, reached[np.maximum(place, 0)], greeting)

    def matches(self, line: Line) -> Flags:
        """Return which messages meet all of a line's conditions."""
        talk = self.talk
        flags: Flags = talk.of(SPEAKERS[line.who])
        if line.said:
            flags = flags & self.any_of(line.said)
        if line.also:
            flags = flags & self.any_of(line.also)
        if line.unless:
            flags = flags & ~self.any_of(line.unless)
        if line.stage:
            numbers = [STAGES.index(name) + 1 for name in line.stage]
            flags = flags & np.isin(self.stage, numbers)
        if line.kind:
            flags = flags & pc.equal(talk.kind, line.kind).to_numpy(zero_copy_only=False)
        return flags & self._fitting(line) & self._in_place(line) & self._in_context(line)

    def _fitting(self, line: Line) -> Flags:
        talk, flags = self.talk, np.ones(len(self.talk), np.bool_)
        if line.shorter is not None:
            flags &= talk.characters <= line.shorter
        if line.longer is not None:
            flags &= talk.characters >= line.longer
        if line.waited is not None:
            flags &= (talk.wait != NEVER) & (talk.wait > line.waited * MICROS_PER_SECOND)
        return flags

    def _in_place(self, line: Line) -> Flags:
        talk, flags = self.talk, np.ones(len(self.talk), np.bool_)
        if line.first is None and line.last is None:
            return flags
        speaker = SPEAKERS[line.who]
        ordinal = talk.ordinal(speaker)
        if line.first is not None:
            flags &= ordinal < line.first
        if line.last is not None:
            total = talk.counted(talk.of(speaker))[talk.conversation]
            flags &= ordinal >= total - line.last
        return flags

    def _in_context(self, line: Line) -> Flags:
        flags = np.ones(len(self.talk), np.bool_)
        if line.answering:
            flags &= self._asked(line.answering)
        if line.not_answering:
            flags &= ~self._asked(line.not_answering)
        if line.before:
            flags &= self._earlier(line.before)
        if line.not_before:
            flags &= ~self._earlier(line.not_before)
        return flags

    def _asked(self, names: Iterable[str]) -> Flags:
        """Return which messages answer a customer's turn that says any of these."""
        talk = self.talk
        said = (self.any_of(names) & talk.of(BUYER)).astype(np.int64)
        up_to = np.concatenate([[0], np.cumsum(said)])
        asked = talk.asked_from >= 0
        first, last = np.maximum(talk.asked_from, 0), np.maximum(talk.asked_to, 0)
        found: Flags = asked & (up_to[last + 1] - up_to[first] > 0)
        return found

    def _earlier(self, names: Iterable[str]) -> Flags:
        talk = self.talk
        said = self.any_of(names).astype(np.int64)
        before = np.cumsum(said) - said
        found: Flags = (before - before[talk.start][talk.conversation]) > 0 if len(talk) else said > 0
        return found

    def evidence(self, message: Ints, line: Line) -> tuple[Ints, Ints]:
        """Return the span of each message that a line's words take: the first of them, or 0, 0 without any."""
        first = np.zeros(len(self.talk), np.int64)
        last = np.zeros(len(self.talk), np.int64)
        seen = np.zeros(len(self.talk), np.bool_)
        for name in line.said:
            at, start, end = self.spans(name)
            at, index = np.unique(at, return_index=True)
            better = ~seen[at] | (start[index] < first[at])
            first[at[better]], last[at[better]] = start[index][better], end[index][better]
            seen[at] = True
        return first[message], last[message]


def _edges(text: Folded) -> tuple[Ints, Ints]:
    """Return where each text's words begin and end; sentence marks at the end do not count."""
    marks = np.isin(text.units, np.array([ord(sign) for sign in "\0.,!?;:。、…—()"], np.uint16))
    at = np.flatnonzero(~marks)
    message = text.message_of(at)
    first, last = np.zeros(len(text.starts), np.int64), np.zeros(len(text.starts), np.int64)
    last[message] = text.origin[at] + 1
    first[message[::-1]] = text.origin[at[::-1]]
    return first, last


def signals_in(names: Mapping[str, Signal]) -> tuple[str, ...]:
    """Return the signals that are a customer's intents."""
    return tuple(name for name, signal in names.items() if signal.intent)
