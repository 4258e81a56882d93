"""A block of a scheme's text as the rows of a form, and back: one line of text for each row, so that faults find it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from xiaoer.actions.scheme_fields import Field, How, Part

NAMED = frozenset({"parameters", "inputs"})  # by name; steps and lines stand in order
SIGN = ".sign"  # of an edge: at_least, over …
_WIDEST = 1_000_000  # so that a row stays on its line

Given = dict[str, str]
Row = dict[str, str | list[Given]]


class _Plain(yaml.SafeDumper):
    """Writes texts as they are: schemes are read as text, where 1 and no are no more than that."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


def part_of(block: str, kind: str) -> str:
    """Return which part a row is: steps are of many kinds."""
    return kind if block == "steps" else block


def rows_of(block: str, text: str, parts: Mapping[str, Part]) -> list[Row]:
    """Return the rows of a block's text, which is one that could be read."""
    content = yaml.load(text, Loader=yaml.CBaseLoader) if text.strip() else []
    things = [{"name": name} | said for name, said in content.items()] if isinstance(content, dict) else content
    return [_row(thing, parts[part_of(block, thing.get("kind", ""))].fields, thing.get("kind")) for thing in things]


def text_of_rows(block: str, rows: Iterable[Row], parts: Mapping[str, Part]) -> str:
    """Return the text of a block, a line for each row; what is empty is left out."""
    return "\n".join(_line(block, row, parts[part_of(block, str(row.get("kind", "")))].fields) for row in rows)


def _row(thing: Mapping[str, Any], fields: Sequence[Field], kind: str | None) -> Row:
    row: Row = {} if kind is None else {"kind": kind}
    for field in fields:
        said = _at(thing, field.key)
        match field.how:
            case How.WORDS:
                row |= {f"{field.key}.{language}": (said or {}).get(language, "") for language in ("zh", "en")}
            case How.NAMES:
                row[field.key] = ", ".join(said or ())
            case How.PAIRS:
                row[field.key] = [{"key": key, "value": value} for key, value in (said or {}).items()]
            case How.ROWS:
                row[field.key] = [_given(one, field.columns) for one in said or ()]
            case _:
                row[field.key] = said or ""
    return row


def _given(one: Mapping[str, str], columns: Iterable[Field]) -> Given:
    found: Given = {}
    for column in columns:
        if column.how is How.EDGE:
            sign = next((sign for sign, _label in column.choices if sign in one), column.choices[0][0])
            found |= {f"{column.key}{SIGN}": sign, column.key: one.get(sign, "")}
        else:
            found[column.key] = one.get(column.key, "")
    return found


def _at(thing: Mapping[str, Any], key: str) -> Any:  # noqa: ANN401 -- text, or what holds texts
    first, _, rest = key.partition(".")
    return thing.get(first) if not rest else (thing.get(first) or {}).get(rest)


def _line(block: str, row: Row, fields: Sequence[Field]) -> str:
    thing: dict[str, Any] = {}
    for field in fields:
        said = _said(field, row)
        first, _, rest = field.key.partition(".")
        if rest and said:
            thing.setdefault(first, {})[rest] = said
        elif said:
            thing[field.key] = said
        if field.key == "name" and block == "steps":
            thing["kind"] = row.get("kind", "")
    _only_how(thing)
    if block in NAMED:
        return _written({thing.pop("name", ""): thing})[1:-1]
    return f"- {_written(thing)}"


def _only_how(thing: dict[str, Any]) -> None:
    """Leave out how something is rounded where nothing says that it is."""
    if "to" not in thing.get("round", {"to": ""}):
        del thing["round"]


def _said(field: Field, row: Row) -> Any:  # noqa: ANN401 -- text, or what holds texts
    rows = row.get(field.key, "")
    match field.how:
        case How.WORDS:
            words = {language: _text(row.get(f"{field.key}.{language}")) for language in ("zh", "en")}
            return words if any(words.values()) else None
        case How.NAMES:
            return [name for one in re.split(r"[,，、]", _text(rows)) if (name := one.strip())]
        case How.PAIRS:
            return {key: _text(one.get("value")) for one in _filled(rows) if (key := _text(one.get("key")))}
        case How.ROWS:
            return [_plain_row(one, field.columns) for one in _filled(rows)]
        case How.CHOICE if not field.needed and rows == field.usual:
            return None
        case _:
            return _text(rows)


def _filled(rows: str | list[Given]) -> list[Given]:
    """Return the rows in which something stands beside the sign of an edge."""
    known = rows if isinstance(rows, list) else []
    return [one for one in known if any(value for key, value in one.items() if not key.endswith(SIGN))]


def _plain_row(one: Given, columns: Iterable[Field]) -> dict[str, str]:
    found = {}
    for column in columns:
        key = one.get(f"{column.key}{SIGN}", column.choices[0][0]) if column.how is How.EDGE else column.key
        if value := _text(one.get(column.key)):
            found[key] = value
    return found


def _text(said: object) -> str:
    return " ".join(said.split()) if isinstance(said, str) else ""


def _written(thing: Mapping[str, Any]) -> str:
    text: str = yaml.dump(
        thing, Dumper=_Plain, default_flow_style=True, allow_unicode=True, sort_keys=False, width=_WIDEST
    )
    return text.strip()
