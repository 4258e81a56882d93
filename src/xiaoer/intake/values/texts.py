"""Texts as they stand in cells: blanks, Excel's ="…" and the signs for "nothing"."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

NOTHING = pa.array(["", "-", "--", "—", "——"])
LONGEST_NOTHING = max(len(sign.as_py().encode()) for sign in NOTHING)
_BLANKS = [sign.encode() for sign in map(chr, range(0x3001)) if sign.isspace()]  # Unicode has none beyond
_FIRST_BYTES, _LAST_BYTES = np.zeros(256, np.bool_), np.zeros(256, np.bool_)
_FIRST_BYTES[[ord("="), *(blank[0] for blank in _BLANKS)]] = True
_LAST_BYTES[[blank[-1] for blank in _BLANKS]] = True
_EXCEL_TEXT = r'^=\s*"(.*)"$'


def cleaned(texts: pa.Array) -> pa.Array:
    """Return the texts without blanks around them and without ="…"; null where they say nothing."""
    trimmed = texts if _are_bare(texts) else _trimmed(texts)
    if (pc.min(pc.binary_length(trimmed)).as_py() or 0) > LONGEST_NOTHING:
        return trimmed
    nothing = pc.is_in(trimmed, value_set=NOTHING)
    return pc.if_else(nothing, None, trimmed) if pc.any(nothing, min_count=0).as_py() else trimmed


def _are_bare(texts: pa.Array) -> bool:
    """Return whether no text can begin or end with a blank or begin with =, by their first and last bytes alone."""
    _, ends, content = texts.buffers()
    offsets = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    filled = offsets[:-1] < offsets[1:]
    signs = np.frombuffer(content or b"", np.uint8)
    starts, last = offsets[:-1][filled], offsets[1:][filled] - 1
    return not (_FIRST_BYTES[signs[starts]].any() or _LAST_BYTES[signs[last]].any())


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
