"""What engines spell differently, in one place: a step writes {{week_of(day)}}, its engine's dialect fills it in."""

import re
from collections.abc import Callable, Mapping

from xiaoer.base.errors import ReportableError

Dialect = Mapping[str, Callable[..., str]]

DUCKDB: Dialect = {
    # Monday of the ISO week, first of the month: both DATE; the day of the week from 1 (Monday) to 7.
    "week_of": lambda day: f"CAST(date_trunc('week', {day}) AS DATE)",
    "weekday_of": lambda day: f"CAST(isodow({day}) AS INTEGER)",
    "month_of": lambda day: f"CAST(date_trunc('month', {day}) AS DATE)",
}

SPARK: Dialect = {
    "week_of": lambda day: f"CAST(date_trunc('WEEK', {day}) AS DATE)",
    "weekday_of": lambda day: f"CAST(weekday({day}) + 1 AS INT)",
    "month_of": lambda day: f"CAST(date_trunc('MONTH', {day}) AS DATE)",
}

_CALL = re.compile(r"\{\{\s*(\w+)\((.*?)\)\s*\}\}", re.DOTALL)


def in_dialect(sql: str, dialect: Dialect) -> str:
    """Return the SQL with every {{call(…)}} spelled for one engine; a ReportableError names a call it does not know.

    The last comma-separated argument stands apart; everything before it is one expression.
    """

    def spell(call: re.Match[str]) -> str:
        spelled = dialect.get(call[1])
        if spelled is None:
            raise ReportableError.of("store.unknown_dialect_call", values={"call": call[1]})
        return spelled(*_arguments(call[2]))

    return _CALL.sub(spell, sql)


def _arguments(text: str) -> list[str]:
    """Split at commas that stand outside parentheses."""
    arguments, depth, current = [], 0, ""
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            arguments.append(current.strip())
            current = ""
        else:
            current += character
    return [*arguments, current.strip()]
