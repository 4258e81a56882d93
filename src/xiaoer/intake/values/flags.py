"""Yes or no, and one of a few words."""

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.mask import shown_word
from xiaoer.intake.values.column import Problem, ValuesRead, by_distinct

YES = frozenset({"true", "yes", "y", "t", "1", "1.0", "是", "有", "真", "已"})
NO = frozenset({"false", "no", "n", "f", "0", "0.0", "否", "无", "假", "未"})


def read_flags(texts: pa.Array) -> ValuesRead:
    """Return yes and no as booleans; any other word is a problem."""
    return by_distinct(texts, _read_flag, type_=pa.bool_())


def read_choices(texts: pa.Array, choices: tuple[str, ...]) -> ValuesRead:
    """Return the texts that are among the choices; any other is a problem that lists them."""
    known = pc.is_in(texts, value_set=pa.array(choices, pa.string()))
    if pc.all(pc.or_(known, pc.is_null(texts)), min_count=0).as_py():
        return ValuesRead(texts)
    return by_distinct(texts, lambda text: _read_choice(text, choices), type_=pa.string())


def _read_flag(text: str) -> bool | Problem:
    word = text.strip().lower()
    if word in YES:
        return True
    return False if word in NO else Problem("intake.not_a_flag", {"found": shown_word(text)})


def _read_choice(text: str, choices: tuple[str, ...]) -> str | Problem:
    word = text.strip().lower()
    return (
        word
        if word in choices
        else Problem("intake.not_a_choice", {"found": shown_word(text), "choices": ", ".join(choices)})
    )
