"""Which encoding a text is in, and the text as UTF-8 blocks whatever it was."""

import codecs
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

import pyarrow as pa

from xiaoer.intake.raw import Source

BAD_BYTE = "\ufdd0"  # stands for bytes that are no character; Unicode promises it is never one itself
CHUNK_BYTES = 4 * 1024 * 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 64 * 1024
_ENOUGH = 4 * 1024
_CONTROL_SIGNS = [chr(code) for code in range(1, 32) if chr(code) not in "\t\r\n\f"]


def _mark(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return BAD_BYTE, max(error.end, error.start + 1)


codecs.register_error("xiaoer.mark", _mark)


def encoding_of(sample: bytes) -> tuple[str, int]:
    """Return the encoding of the sample and the length of its byte order mark."""
    for bom, name in _BOMS:
        if sample.startswith(bom):
            return name, len(bom)
    if wide := _utf16_without_mark(sample):
        return wide, 0
    return ("utf-8" if _is_mostly_utf8(sample) else "gb18030"), 0


def utf8_chunks(source: Source) -> Iterator[bytes]:
    """Yield the source's text as UTF-8 in chunks; bytes that are no character become BAD_BYTE.

    The encoding is decided on the first bytes beyond ASCII, however late they come.
    """
    encoding, skip = encoding_of(source.head[:_SAMPLE])
    decided = not source.head[:_SAMPLE].isascii()
    with source.open() as stream:
        stream.read(skip)
        chunks = _chunks(stream)
        for chunk in chunks:
            if not decided and chunk.isascii():
                yield chunk
                continue
            if not decided:
                encoding = encoding_of(_around_first_letter(chunk))[0]
            rest = chain([chunk], chunks)
            yield from _checked_utf8(rest) if encoding == "utf-8" else _recoded(rest, encoding)


def _checked_utf8(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield UTF-8 as it is where it is sound: looking is much faster than decoding and encoding again."""
    carry = b""
    for chunk in chunks:
        data = carry + chunk
        end = len(data) - _cut_short(data)
        yield _sound(data[:end])
        carry = data[end:]
    yield _sound(carry)


def _sound(data: bytes) -> bytes:
    text = pa.StringArray.from_buffers(1, pa.array([0, len(data)], pa.int32()).buffers()[1], pa.py_buffer(data))
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return data.decode("utf-8", "xiaoer.mark").encode("utf-8")
    return data


def _cut_short(data: bytes) -> int:
    """Return how many bytes at the end begin a character that the next chunk ends."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte >= 0xC0:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return back if back < needed else 0
        if byte < 0x80:
            return 0
    return 0


def _recoded(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("xiaoer.mark")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _around_first_letter(chunk: bytes) -> bytes:
    starts = range(0, len(chunk), _SAMPLE)
    first = next(start for start in starts if not chunk[start : start + _SAMPLE].isascii())
    return chunk[first : first + 2 * _SAMPLE]


def head_text(source: Source) -> str:
    """Return the first part of the source as text, whatever its encoding."""
    sample = source.head
    encoding, skip = encoding_of(sample[:_SAMPLE] if not sample[:_SAMPLE].isascii() else sample)
    return codecs.getincrementaldecoder(encoding)("xiaoer.mark").decode(sample[skip:])


def is_text(sample: bytes) -> bool:
    """Tell whether the bytes look like text rather than a picture, a program or the like."""
    if not sample:
        return False
    encoding, skip = encoding_of(sample[:_SAMPLE])
    text = codecs.getincrementaldecoder(encoding)("xiaoer.mark").decode(sample[skip:_SAMPLE])
    strange = text.count(BAD_BYTE) + sum(text.count(sign) for sign in _CONTROL_SIGNS)
    return strange <= len(text) // 10


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK_BYTES):
        yield chunk


def _is_mostly_utf8(sample: bytes) -> bool:
    """Tell whether more letters beyond ASCII are sound UTF-8 than not: other encodings hardly ever look like it."""
    try:
        sample[: len(sample) - _cut_short(sample)].decode("utf-8")
    except UnicodeDecodeError as error:
        some = sample[max(0, error.start - _ENOUGH) : error.start + _ENOUGH]
        text = codecs.getincrementaldecoder("utf-8")("xiaoer.mark").decode(some)
        bad = text.count(BAD_BYTE)
        return sum(1 for character in text if character > "\x7f") - bad >= bad
    return True


def _utf16_without_mark(sample: bytes) -> str | None:
    """Return the byte order when nearly every other byte of the ASCII part is zero, else None."""
    half = len(sample) // 2
    if half < 8:
        return None
    low, high = sample[1 : 2 * half : 2].count(0), sample[0 : 2 * half : 2].count(0)
    if low > half // 5 and high < half // 50 + 1:
        return "utf-16-le"
    return "utf-16-be" if high > half // 5 and low < half // 50 + 1 else None
