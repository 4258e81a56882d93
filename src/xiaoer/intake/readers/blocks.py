"""A stream of text cut into blocks of whole records, in bounded memory whatever the lines are like."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from xiaoer.intake.raw import Limits

NEWLINE, QUOTE = 10, 34


@dataclass(frozen=True)
class Block:
    """Whole records as UTF-8, and the line the first of them starts on."""

    data: bytes
    first_line: int


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
        cut = end_of_records(data)
        if not cut and len(data) > limits.line_bytes:
            cut = data.rfind(b"\n") + 1  # many lines in one quote: the patient reader finds out which one opened it
            if not cut:
                yield Overlong(data[:4096], line)
                carry, skipping = b"", True
                continue
        if cut:
            yield Block(data[:cut], line)
            line += data.count(b"\n", 0, cut)
        carry = data[cut:]
    if carry and not skip_lines:
        yield Block(carry if carry.endswith(b"\n") else carry + b"\n", line)


def end_of_records(data: bytes) -> int:
    """Return the position after the last newline that no quotes surround; 0 when there is none."""
    if b'"' not in data:
        return data.rfind(b"\n") + 1
    ends = record_ends(np.frombuffer(data, np.uint8))
    return int(ends[-1]) + 1 if len(ends) else 0


def record_ends(data: "np.ndarray[tuple[int], np.dtype[np.uint8]]") -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Return the positions of the newlines that no quotes surround."""
    newlines = np.flatnonzero(data == NEWLINE)
    quoted = np.cumsum(data == QUOTE, dtype=np.uint8) & 1
    return newlines[quoted[newlines] == 0]


def _after_newline(data: bytes) -> tuple[bytes, bool]:
    end = data.find(b"\n")
    return (b"", True) if end < 0 else (data[end + 1 :], False)


def _skip(data: bytes, lines: int, line: int) -> tuple[bytes, int, int]:
    at = 0
    while lines and (end := data.find(b"\n", at)) >= 0:
        at, lines, line = end + 1, lines - 1, line + 1
    return data[at:], lines, line
