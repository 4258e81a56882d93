"""A stream of text cut into blocks of whole records, in bounded memory whatever the lines are like."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xiaoer.intake.raw import Limits

NEWLINE, RETURN, QUOTE = 10, 13, 34
NEAR = 256 * 1024
Positions = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Block:
    """Whole records as UTF-8, the line the first of them starts on, and how many newlines there are.

    `closed`: quotes are even in number, so that the last newline ends a record.
    """

    data: bytes
    first_line: int
    newlines: int
    closed: bool

    @property
    def ends_lines_alike(self) -> bool:
        """Return whether all lines end in \\n or all in \\r\\n: nothing else can be taken for the end of one."""
        if b"\r" not in self.data:
            return True
        return self.data.count(b"\r") == self.newlines == self.data.count(b"\r\n")


@dataclass(frozen=True)
class Overlong:
    """A line that is longer than any record: its beginning only."""

    start: bytes
    line: int


def whole_records(
    chunks: Iterator[bytes], *, skip_lines: int, limits: Limits, bare_returns: bool
) -> Iterator[Block | Overlong]:
    """Yield the text in blocks that end where a record ends; `bare_returns`: lines end in \\r alone."""
    carry, line, skipping = b"", 1, False
    for chunk in chunks:
        data = carry + (chunk.replace(b"\r", b"\n") if bare_returns else chunk)
        if skipping:
            data, skipping = _after_newline(data)
            line += 0 if skipping else 1
        data, skip_lines, line = _skip(data, skip_lines, line)
        if skip_lines:
            carry = data
            continue
        cut = _end_of_records(data)
        closed = bool(cut)
        if not cut and len(data) > limits.line_bytes:
            cut = data.rfind(b"\n") + 1  # many lines in one quote: the patient reader finds out which one opened it
            if not cut:
                yield Overlong(data[:4096], line)
                carry, skipping = b"", True
                continue
        if cut:
            block = _block(data[:cut], line, closed=closed)
            yield block
            line += block.newlines
        carry = data[cut:]
    if carry and not skip_lines:
        yield _block(carry if carry.endswith(b"\n") else carry + b"\n", line, closed=False)


def _block(data: bytes, line: int, *, closed: bool) -> Block:
    """Return the block; `closed`: its quotes have been counted."""
    return Block(data, line, _count(data, NEWLINE), closed=closed or _count(data, QUOTE) % 2 == 0)


def _end_of_records(data: bytes) -> int:
    """Return how many bytes are whole records; 0 where no record ends."""
    whole = data.rfind(b"\n") + 1
    if _count(data, QUOTE, before=whole) % 2 == 0:
        return whole
    _, ends = line_ends(data)
    return int(ends[-1]) + 1 if len(ends) else 0


def _count(data: bytes, sign: int, *, before: int | None = None) -> int:
    """Return how often a sign comes, looking at as much at once as stays near the processor."""
    signs = np.frombuffer(data, np.uint8)[:before]
    return sum(int(np.count_nonzero(signs[at : at + NEAR] == sign)) for at in range(0, len(signs), NEAR))


def line_ends(data: bytes) -> tuple[Positions, Positions]:
    """Return the positions of all newlines, and of those that no quotes surround."""
    characters = np.frombuffer(data, np.uint8)
    newlines = np.flatnonzero(characters == NEWLINE)
    if b'"' not in data:
        return newlines, newlines
    quotes_before = np.searchsorted(np.flatnonzero(characters == QUOTE), newlines)
    return newlines, newlines[quotes_before % 2 == 0]


def _after_newline(data: bytes) -> tuple[bytes, bool]:
    end = data.find(b"\n")
    return (b"", True) if end < 0 else (data[end + 1 :], False)


def _skip(data: bytes, lines: int, line: int) -> tuple[bytes, int, int]:
    at = 0
    while lines and (end := data.find(b"\n", at)) >= 0:
        at, lines, line = end + 1, lines - 1, line + 1
    return data[at:], lines, line
