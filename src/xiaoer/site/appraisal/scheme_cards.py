"""The rows of a scheme as cards of a form: read from what was posted, changed by a button, shown with their faults."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from xiaoer.actions.appraise_text import BLOCKS
from xiaoer.actions.scheme_fields import Field, How, Part
from xiaoer.actions.scheme_rows import SIGN, Given, Row, part_of
from xiaoer.base.language import Language

MOST_CARDS, MOST_ROWS, MOST_LENGTH = 80, 60, 2000
_KEY = re.compile(rf"({'|'.join(BLOCKS)})\.(\d{{1,3}})\.([a-z_.]+)(?:\.(\d{{1,3}})\.([a-z_.]+))?")
CLOSED = "row"  # what a closed card is posted as
OPEN = "open"  # said of a card by its fields: it stays open
EMPTY_ROWS = 1  # to write into, after those that are filled in

Rows = dict[str, list[Row]]
Faults = Mapping[tuple[str, int], list[str]]  # what is said of a row, by block and place


@dataclass(frozen=True)
class Pressed:
    """Which button was pressed: add, drop, up, down or more (one more row to write into), of which block and row."""

    act: str = ""
    block: str = ""
    place: int = -1


def pressed_of(words: str, rows: Rows) -> Pressed:
    """Return what a button's value says, such as `up steps 3`; one that adds is about the row to come."""
    act, block, number = [*words.split(), "", "", ""][:3]
    if act == "add":
        return Pressed(act, block, len(rows.get(block, ())))
    return Pressed(act, block, int(number) if number.isdecimal() and len(number) < 4 else -1)


@dataclass(frozen=True)
class Shown:
    """What cards say beside what was written: how metrics are called, faults, the button pressed last."""

    language: Language
    metrics: Mapping[str, str]
    faults: Faults
    pressed: Pressed

    def opens(self, block: str, place: int) -> bool:
        """Return whether a card is there to be written into now."""
        pressed = self.pressed
        return pressed.act in ("add", "more", "open") and (pressed.block, pressed.place) == (block, place)


@dataclass(frozen=True)
class Asked:
    """One field as it is asked: the name it is posted by, its value, or the rows in it."""

    field: Field
    name: str
    value: str = ""
    more: str = ""
    rows: tuple[tuple["Asked", ...], ...] = ()

    @property
    def filled(self) -> bool:
        """Return whether something else than the usual stands in it."""
        return bool(self.rows[EMPTY_ROWS:]) or bool(self.more) or self.value not in ("", self.field.usual)


@dataclass(frozen=True)
class Card:
    """One parameter, input, step or line: its fields, those seldom filled in apart, what is wrong with it.

    It is open where something is wrong, and where its button was pressed; a closed one travels as what it is, in JSON,
    so that a page of twenty steps stays small.
    """

    at: str
    kind: str
    part: Part
    fields: tuple[Asked, ...]
    name: str
    label: str
    brief: str
    faults: list[str]
    open: bool
    row: str

    @property
    def has_rows(self) -> bool:
        """Return whether there are rows in it, to which one can be added."""
        return any(one.rows for one in self.fields)

    @property
    def usual(self) -> list[Asked]:
        """Return the fields that are always shown."""
        return [one for one in self.fields if one.field.needed or one.filled]

    @property
    def seldom(self) -> list[Asked]:
        """Return the fields that may be left out and are."""
        return [one for one in self.fields if not (one.field.needed or one.filled)]


def posted_rows(posted: QueryDict, parts: Mapping[str, Part]) -> Rows:
    """Return what was posted, by block; gaps in the numbering close, and a step of no known kind is none.

    A card that was closed comes as its row in JSON, an open one as its fields.
    """
    found: dict[str, dict[int, Row]] = {block: {} for block in BLOCKS}
    inner: dict[tuple[str, int, str], dict[int, Given]] = {}
    for key, value in posted.items():
        if (match := _KEY.fullmatch(key)) is None or not isinstance(value, str):
            continue
        block, number, name, place, column = match.groups()
        text = value[:MOST_LENGTH].replace("\r\n", "\n")
        row = found[block].setdefault(int(number), {})
        if place is None and name == CLOSED:
            row |= _closed(value)
        elif place is None:
            row[name] = text
        else:
            inner.setdefault((block, int(number), name), {}).setdefault(int(place), {})[column] = text
    for (block, number, name), rows in inner.items():
        found[block][number][name] = [rows[place] for place in sorted(rows)][:MOST_ROWS]
    known = {block: [row for _, row in sorted(rows.items()) if part_of(block, str(row.get("kind", ""))) in parts]
             for block, rows in found.items()}  # fmt: skip
    return {block: rows[:MOST_CARDS] for block, rows in known.items()}


def _closed(text: str) -> Row:
    """Return a row from its JSON; of what is no row nothing is left."""
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(said, dict):
        return {}
    row: Row = {}
    for name, value in said.items():
        if isinstance(value, str):
            row[name] = value[:MOST_LENGTH]
        elif isinstance(value, list) and all(isinstance(one, dict) for one in value):
            row[name] = [{key: str(each)[:MOST_LENGTH] for key, each in one.items()} for one in value[:MOST_ROWS]]
    return row


def changed_rows(rows: Rows, pressed: Pressed, kind: str, parts: Mapping[str, Part]) -> Rows:
    """Return the rows after a button; of the rest of its words none changes them."""
    block, place = pressed.block, pressed.place
    made = list(rows.get(block, ()))
    if pressed.act == "add" and block in rows and len(made) < MOST_CARDS and part_of(block, kind) in parts:
        made.append({"kind": kind} if block == "steps" else {})
    elif pressed.act in ("drop", "up", "down") and 0 <= place < len(made):
        one = made.pop(place)
        if pressed.act != "drop":
            made.insert(max(0, place - 1) if pressed.act == "up" else place + 1, one)
    return rows | ({block: made} if block in rows else {})


def cards_of(rows: Rows, parts: Mapping[str, Part], shown: Shown) -> dict[str, list[Card]]:
    """Return the cards by block."""
    return {block: [_card(block, place, row, parts, shown) for place, row in enumerate(rows[block])]
            for block in BLOCKS}  # fmt: skip


def _card(block: str, place: int, row: Row, parts: Mapping[str, Part], shown: Shown) -> Card:
    kind, at, faults = str(row.get("kind", "")), f"{block}.{place}", shown.faults.get((block, place), [])
    part = parts[part_of(block, kind)]
    metric = str(row.get("metric", ""))
    label = row.get(f"label.{shown.language}") or shown.metrics.get(metric, metric) or row.get("table") or ""
    return Card(
        at=at, kind=kind if block == "steps" else "", part=part, name=str(row.get("name", "")), label=str(label),
        brief=str(row.get("value") or row.get("of") or ""), faults=faults,
        fields=tuple(one for each in part.fields for one in _asked(each, f"{at}.{each.key}", row)),
        open=bool(faults) or shown.opens(block, place) or OPEN in row,
        row=json.dumps(row, ensure_ascii=False),
    )  # fmt: skip


def _asked(each: Field, name: str, row: Row) -> list[Asked]:
    said = row.get(each.key, "")
    if each.how is How.WORDS:
        return [Asked(replace(each, label=f"{each.label}（{shown}）"), f"{name}.{language}",
                      str(row.get(f"{each.key}.{language}", ""))) for language, shown in _LANGUAGES]  # fmt: skip
    if each.how in (How.ROWS, How.PAIRS):
        rows = [*(said if isinstance(said, list) else []), *({} for _ in range(EMPTY_ROWS))]
        return [Asked(each, name, rows=tuple(
            tuple(_cell(column, f"{name}.{place}.{column.key}", one) for column in each.columns)
            for place, one in enumerate(rows)
        ))]  # fmt: skip
    return [Asked(each, name, str(said) or each.usual)]


def _cell(column: Field, name: str, one: Given) -> Asked:
    return Asked(column, name, one.get(column.key, ""), one.get(f"{column.key}{SIGN}", ""))


_LANGUAGES = (("zh", "中文"), ("en", "English"))
