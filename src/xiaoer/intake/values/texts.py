"""Texts as they stand in cells: blanks, Excel's ="…" and the signs for "nothing"."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

NOTHING = pa.array(["", "-", "--", "—", "——"])
_BLANKS = [sign.encode() for sign in map(chr, range(0x3001)) if sign.isspace()]  # Unicode has none beyond
_TO_TRIM, _MAY_BE_NOTHING = 1, 2
_FIRST_BYTES, _LAST_BYTES = np.zeros(256, np.uint8), np.zeros(256, np.uint8)
_FIRST_BYTES[[sign.as_py().encode()[0] for sign in NOTHING if sign.as_py()]] = _MAY_BE_NOTHING
_FIRST_BYTES[[ord("="), *(blank[0] for blank in _BLANKS)]] |= _TO_TRIM
_LAST_BYTES[[blank[-1] for blank in _BLANKS]] = _TO_TRIM
_EXCEL_TEXT = r'^=\s*"(.*)"$'


def cleaned(texts: pa.Array) -> pa.Array:
    """Return the texts without blanks around them and without ="…"; null where they say nothing."""
    doubts = _doubts(texts)
    if not doubts:
        return texts
    trimmed = _trimmed(texts) if doubts & _TO_TRIM else texts
    nothing = pc.is_in(trimmed, value_set=NOTHING)
    return pc.if_else(nothing, None, trimmed) if pc.any(nothing, min_count=0).as_py() else trimmed


def _doubts(texts: pa.Array) -> int:
    """Return what may have to be done to some text, by their first and last bytes alone."""
    _, ends, content = texts.buffers()
    offsets = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    starts, stops = offsets[:-1], offsets[1:]
    filled = starts < stops
    doubts = 0
    if not filled.all():
        doubts = _MAY_BE_NOTHING if pc.min(pc.binary_length(texts)).as_py() == 0 else 0
        starts, stops = starts[filled], stops[filled]
    signs = np.frombuffer(content or b"", np.uint8)
    return doubts | int(np.bitwise_or.reduce(_FIRST_BYTES[signs[starts]] | _LAST_BYTES[signs[stops - 1]]))


def _trimmed(texts: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(texts)
    wrapped = pc.starts_with(trimmed, "=")
    if not pc.any(wrapped, min_count=0).as_py():
        return trimmed
    unwrapped = pc.replace_substring_regex(trimmed, pattern=_EXCEL_TEXT, replacement=r"\1")
    return pc.utf8_trim_whitespace(pc.if_else(wrapped, unwrapped, trimmed))


def words(texts: pa.Array) -> pa.Array:
    """Return what people wrote as it is (a lone "-" is a message too), null where empty."""
    empty = pc.equal(pc.binary_length(texts), 0)
    return pc.if_else(empty, None, texts) if pc.any(empty, min_count=0).as_py() else texts
