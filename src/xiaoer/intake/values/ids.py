"""Ids: long numbers that spreadsheets damage. A damaged one is refused, never guessed."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.mask import shape_of
from xiaoer.intake.values.column import Problem, ValuesRead, fast_then_slow

LARGEST_EXACT_FLOAT = 2**53
_SUSPICIOUS = r"^'|^#|^[+-]?[0-9]+([.,][0-9]*)?([eE][+-]?[0-9]+)?$"
_DIGITS = r"^[0-9]+$"
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d*)?[eE][+-]?\d+")
_WHOLE_FLOAT = re.compile(r"(\d+)\.0*")
_SHEET_ERROR = re.compile(r"#+|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")


def read_ids(texts: pa.Array) -> ValuesRead:
    """Return the ids as text; those in scientific notation or beyond a float's exactness are problems."""
    suspicious = pc.and_not(
        pc.match_substring_regex(texts, pattern=_SUSPICIOUS), pc.match_substring_regex(texts, pattern=_DIGITS)
    )
    return fast_then_slow(
        texts, is_plain=pc.invert(suspicious), fast=lambda plain: plain, slow=read_id, type_=pa.string()
    )


def read_id(text: str) -> str | Problem:
    """Return one id, or the problem that it is damaged."""
    text = text.removeprefix("'").strip()
    if _SCIENTIFIC.fullmatch(text) or _SHEET_ERROR.fullmatch(text):
        return Problem("intake.damaged_id", {"found": shape_of(text)})
    whole = _WHOLE_FLOAT.fullmatch(text)
    if whole is None:
        return text
    if int(whole[1]) > LARGEST_EXACT_FLOAT:
        return Problem("intake.damaged_id", {"found": shape_of(text)})
    return str(int(whole[1]))
