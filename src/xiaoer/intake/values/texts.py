"""Texts as they stand in cells: blanks, Excel's ="…" and the signs for "nothing"."""

import pyarrow as pa
import pyarrow.compute as pc

NOTHING = pa.array(["", "-", "--", "—", "——"])
_EXCEL_TEXT = r'^=\s*"(.*)"$'


def cleaned(texts: pa.Array) -> pa.Array:
    """Return the texts without blanks around them and without ="…"; null where they say nothing."""
    trimmed = pc.utf8_trim_whitespace(texts)
    wrapped = pc.starts_with(trimmed, "=")
    if pc.any(wrapped, min_count=0).as_py():
        unwrapped = pc.replace_substring_regex(trimmed, pattern=_EXCEL_TEXT, replacement=r"\1")
        trimmed = pc.utf8_trim_whitespace(pc.if_else(wrapped, unwrapped, trimmed))
    nothing = pc.is_in(trimmed, value_set=NOTHING)
    return pc.if_else(nothing, None, trimmed) if pc.any(nothing, min_count=0).as_py() else trimmed


def words(texts: pa.Array) -> pa.Array:
    """Return what people wrote as it is (a lone "-" is a message too), null where empty."""
    empty = pc.equal(pc.binary_length(texts), 0)
    return pc.if_else(empty, None, texts) if pc.any(empty, min_count=0).as_py() else texts
