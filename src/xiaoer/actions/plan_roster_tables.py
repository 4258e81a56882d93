"""The tables of a roster as people keep them: rows of texts, to the engine and back, as a workbook both ways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from xiaoer.actions.render.book import Book
from xiaoer.actions.render.page import Cell, Column, Page
from xiaoer.actions.wording import word
from xiaoer.base.catalog import Catalog
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Place
from xiaoer.base.language import Language
from xiaoer.base.settings import ShopSettings
from xiaoer.planning.forecast.calendar import DayKind, calendar_of
from xiaoer.planning.roster.shop import RosterForm, Row, Tables, plan_of, read_tables
from xiaoer.planning.roster.shop.form import SPLIT, day_of

Rows = Mapping[str, Sequence[Mapping[str, str]]]  # by table, cells by column
CHOICES = {"level": ("senior", "newcomer"), "night": ("night", "day_shift"), "want": ("yes", "no")}
DAYS = ("day", "first", "last")  # columns that are days
HOLIDAYS = "holidays"  # the rule that names them
WEEK = 7


@dataclass(frozen=True)
class Head:
    """A column of a table: what it is called, and what may stand in it where only few texts may."""

    name: str
    label: str
    choices: tuple[str, ...] = ()


@cache
def roster_form() -> RosterForm:
    """Return what may be filled in for a roster."""
    return Catalog().load_one("planning/roster.yaml", RosterForm)


def table_labels(language: Language) -> dict[str, str]:
    """Return what each table of a roster is called."""
    return {name: one.called.in_language(language) for name, one in roster_form().tables.items()}


def heads_of(table: str, language: Language) -> list[Head]:
    """Return the columns of a table."""
    form = roster_form()
    return [
        Head(name, words.in_language(language),
             tuple(form.words[key].in_language(language) for key in CHOICES.get(name, ())))
        for name, words in form.tables[table].columns.items()
    ]  # fmt: skip


def parts_of(text: str) -> list[str]:
    """Return the texts of a cell that holds several, such as skills."""
    return [part for part in SPLIT.split(text) if part]


def off_word(language: Language) -> str:
    """Return how a day off is written."""
    return roster_form().words["off"].in_language(language)


def said_want(language: Language, *, want: bool) -> str:
    """Return how wanting something, or not, is written."""
    return roster_form().words["yes" if want else "no"].in_language(language)


def first_rows(people: Sequence[Mapping[str, str]], days: int, language: Language) -> dict[str, list[dict[str, str]]]:
    """Return the tables that a shop begins with: these people with the hours of a contract, shifts, no need yet."""
    first = roster_form().first
    hours = first.week_hours * days // WEEK
    shifts = [
        {"name": one.called.in_language(language), "start": one.start, "end": one.end, "breaks": one.breaks}
        for one in first.shifts
    ]
    return {"people": [{"hours_least": str(hours)} | dict(one) for one in people], "shifts": shifts}


def with_holidays(rows: Rows, first: date, last: date) -> dict[str, list[dict[str, str]]]:
    """Return tables whose rule of holidays names those of these days, as the usual calendar has them; others stay."""
    country = ShopSettings().on(first).text("plan_holidays")
    off = [
        str(day) for day, (kind, _) in sorted(calendar_of(Catalog(), country, promotions=False).kinds.items())
        if kind is DayKind.OFF and first <= day <= last
    ]  # fmt: skip
    kept = {name: [dict(row) for row in each] for name, each in rows.items()}
    said = any(_rule_named(row.get("name", "")) == HOLIDAYS for row in rows.get("rules", ()))
    return kept | ({"rules": rules_with(rows, HOLIDAYS, ",".join(off))} if off or said else {})


def rules_shown(rows: Rows, language: Language) -> list[tuple[str, str, str, bool]]:
    """Return every rule: its name, what it is called, the value that holds, and whether that was said."""
    form = roster_form()
    said: dict[str, str] = {}
    for row in rows.get("rules", ()):
        said[_rule_named(row.get("name", ""))] = row.get("value", "")
    return [
        (name, one.called.in_language(language), said.get(name, one.default), name in said)
        for name, one in form.rules.items()
    ]


def rules_with(rows: Rows, name: str, value: str) -> list[dict[str, str]]:
    """Return the table of rules with another value of one of them."""
    others = [dict(row) for row in rows.get("rules", ()) if _rule_named(row.get("name", "")) != name]
    return [*others, {"name": name, "value": value}]


def _rule_named(text: str) -> str:
    rules = roster_form().rules
    return next((name for name, one in rules.items() if text in (name, one.called.zh, one.called.en)), text)


def tables_of(rows: Rows, language: Language) -> Tables:
    """Return rows of texts as the engine takes them; a fault will name table, row and column as the reader knows it."""
    labels = table_labels(language)
    tables: Tables = {}
    for name, each in rows.items():
        called = {head.name: head.label for head in heads_of(name, language)}
        tables[name] = [
            Row({column: text for column, text in cells.items() if text}, Place(sheet=labels[name], line=line), called)
            for line, cells in enumerate(each, start=1)
        ]
    return tables


def rows_sent(file: Path, before: Rows, language: Language) -> dict[str, list[dict[str, str]]]:
    """Return the tables of a file, those it lacks as before; a ReportableError lists every fault by its cell."""
    sent = read_tables(file, roster_form())
    if not sent:
        raise ReportableError.of("roster.nothing_sent")
    plan_of(
        tables_of({name: rows for name, rows in before.items() if name not in sent}, language) | sent, roster_form()
    )
    return {name: [dict(row) for row in rows] for name, rows in before.items()} | {
        name: [_as_kept(row.cells) for row in each] for name, each in sent.items()
    }


def _as_kept(cells: Mapping[str, str]) -> dict[str, str]:
    """Return a row with its days written in one way, so that they can be compared."""
    return {column: str(day_of(text)) if column in DAYS else text for column, text in cells.items()}


def tables_book(rows: Rows, language: Language) -> Book:
    """Return the tables as a book, a sheet each, which can be filled in and sent back."""
    pages = []
    for name, label in table_labels(language).items():
        heads = heads_of(name, language)
        cells = rows.get(name, ())
        if name == "rules":
            cells = [{"name": called, "value": value} for _, called, value, _ in rules_shown(rows, language)]
        pages.append(Page(
            name=f"roster_{name}", title=label, columns=tuple(Column(head.name, head.label) for head in heads),
            rows=tuple(tuple(Cell(text := row.get(head.name, ""), text) for head in heads) for row in cells),
            language=language, data={}, label=label,
        ))  # fmt: skip
    return Book(word("roster_tables", language), tuple(pages), language, {})


def days_of(rows: Rows) -> tuple[date, date] | None:
    """Return the first and the last day of the need; None where there is no need yet."""
    days = [date.fromisoformat(row["day"]) for row in rows.get("need", ())]
    return (min(days), max(days)) if days else None
