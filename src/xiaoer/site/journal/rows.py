"""A posted row, checked against its canonical table, as texts that the reader of the store will read the same way."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.mask import shown_word
from xiaoer.base.near_names import near_names
from xiaoer.base.tables import Column, Kind, Table, canonical_tables

LONGEST_TEXT = 20_000
NOT_POSTED = frozenset({"reported_figures"})  # another tool's report comes as a file
SHOP = "shop"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?")

Texts = dict[str, str]
Sent = Mapping[str, str | int | bool | Decimal | None]


def tables() -> dict[str, Table]:
    """Return the tables whose rows can be posted."""
    return {name: table for name, table in canonical_tables().items() if name not in NOT_POSTED}


def row_of(name: str, sent: Sent, *, shop: str, key: str, place: Place) -> tuple[Texts, list[Issue]]:
    """Return the row's texts and everything that is wrong with it; `place` says which event it is.

    A message without an id takes the event's key: two equal messages of one second stay two.
    """
    table = tables().get(name)
    if table is None:
        near = ", ".join(near_names(name, tables()))
        return {}, [_issue("api.unknown_table", place, found=shown_word(name), near=near or ", ".join(tables()))]
    columns = {column.name: column for column in table.columns}
    texts = {column: text for column, value in sent.items() if (text := _text(value)) != ""}
    issues = [_issue("api.unknown_column", place, found=shown_word(one)) for one in sent if one not in columns]
    if SHOP in columns and texts.setdefault(SHOP, shop) != shop:
        issues.append(_issue("api.other_shop", place))
    if name == "messages":
        texts.setdefault("message_id", key)
    issues += [_issue("api.missing_value", place, column=one) for one in table.required if one not in texts]
    issues += [
        _issue("api.bad_value", place, column=column, kind=columns[column].kind.value)
        for column, text in texts.items()
        if column in columns and not _fits(columns[column], text)
    ]
    return texts, issues


def _issue(code: str, place: Place, **values: str) -> Issue:
    return Issue(code, Severity.ERROR, place, values)


def _text(value: str | int | bool | Decimal | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f") if value.is_finite() and abs(value.adjusted()) < 40 else "?"
        case _:
            return str(value).strip()


def _fits(column: Column, text: str) -> bool:
    if len(text) > LONGEST_TEXT or not _storable(text):
        return False
    if column.choices:
        return text in column.choices
    check = _CHECKS.get(column.kind)
    return check is None or check(text)


def _storable(text: str) -> bool:
    """Return whether a database can hold the text: no half of a character, no end of a string in its midst."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _is_instant(text: str) -> bool:
    if not _INSTANT.fullmatch(text):
        return False
    try:
        return datetime.fromisoformat(text).year >= 1970
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).year >= 1970
    except ValueError:
        return False


def _is_number(text: str) -> bool:
    try:
        return text.isascii() and Decimal(text).is_finite()
    except InvalidOperation:
        return False


_CHECKS: dict[Kind, Callable[[str], bool]] = {
    Kind.INSTANT: _is_instant,
    Kind.DAY: _is_day,
    Kind.FLAG: lambda text: text in ("true", "false"),
    **dict.fromkeys(
        (Kind.MONEY, Kind.COUNT, Kind.SECONDS, Kind.SCORE, Kind.NUMBER, Kind.DECIMAL, Kind.WHOLE), _is_number
    ),
}
