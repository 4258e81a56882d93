"""Ids: long numbers that spreadsheets damage. A damaged one is refused, never guessed."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.mask import LONGEST_SHAPE, shape_of, shown_number
from xiaoer.intake.values.column import Problem, ValuesRead, fast_then_slow

LARGEST_EXACT_FLOAT = 2**53
_SUSPICIOUS = r"^['#]|^[+-]?[0-9]+([.,][0-9]*([eE][+-]?[0-9]+)?|[eE][+-]?[0-9]+)$"
EXACT_DIGITS = 15  # what a spreadsheet keeps of a number
ENOUGH_ZEROS = 6  # one chance in a million
_LONG = r"^[0-9]{16,}$"
_CUT = r"^[1-9][0-9]{14}0+$"
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d*)?[eE][+-]?\d+")
_WHOLE_FLOAT = re.compile(r"(\d+)\.0*")
_SHEET_ERROR = re.compile(r"#+|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")


def read_ids(texts: pa.Array) -> ValuesRead:
    """Return the ids as text; those in scientific notation or beyond a float's exactness are problems."""
    suspicious = pc.match_substring_regex(texts, pattern=_SUSPICIOUS)
    read = fast_then_slow(
        texts, is_plain=pc.invert(suspicious), fast=lambda plain: plain, slow=read_id, type_=pa.string()
    )
    return _without_cut(read)


def _without_cut(read: ValuesRead) -> ValuesRead:
    """Refuse ids that a spreadsheet cut to fifteen digits: all the long ones end in zeros from the sixteenth on.

    A single one may end so by chance, and ids made of times do; many with different fifteenth digits do not.
    """
    if (pc.max(pc.binary_length(read.values)).as_py() or 0) <= EXACT_DIGITS:
        return read
    long = pc.fill_null(pc.match_substring_regex(read.values, pattern=_LONG), False)
    cut = pc.fill_null(pc.match_substring_regex(read.values, pattern=_CUT), False)
    if not pc.any(cut).as_py() or not pc.all(pc.equal(long, cut)).as_py():
        return read
    ids = pc.unique(read.values.filter(cut)).to_pylist()
    zeros = sum(len(text) - EXACT_DIGITS for text in ids)
    if zeros < ENOUGH_ZEROS or sum(text[EXACT_DIGITS - 1] == "0" for text in ids) * 3 > len(ids):
        return read
    rows = pc.indices_nonzero(cut).to_pylist()
    problem = Problem("intake.damaged_id", {"found": "9" * EXACT_DIGITS + "0…"})
    return ValuesRead(pc.if_else(cut, None, read.values), {**read.problems, **dict.fromkeys(rows, problem)})


def read_id(text: str) -> str | Problem:
    """Return one id, or the problem that it is damaged."""
    text = text.removeprefix("'").strip()
    if _SHEET_ERROR.fullmatch(text):
        return Problem("intake.damaged_id", {"found": text[:LONGEST_SHAPE]})
    if _SCIENTIFIC.fullmatch(text):
        return Problem("intake.damaged_id", {"found": shown_number(text)})
    whole = _WHOLE_FLOAT.fullmatch(text)
    if whole is None:
        return text
    if int(whole[1]) > LARGEST_EXACT_FLOAT:
        return Problem("intake.damaged_id", {"found": shape_of(text)})
    return str(int(whole[1]))
