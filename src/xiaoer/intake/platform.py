"""The model of catalog/platforms/<name>.yaml: how a raw table is recognised and becomes canonical tables."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from xiaoer.base.catalog import Declared, Words

REPORTED = "reported_figures"
TABULAR = "table"  # every reader of headed tables: csv, xlsx, html, json records, parquet


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Headers = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class ColumnMap(Declared):
    """Where a canonical column comes from; a plain header or list of headers is short for `from`.

    `from` names headers in order of preference: of those present, the first that is not empty in the row.
    """

    headers: Headers = Field(default=(), alias="from")
    constant: str | None = None  # the same text in every row
    values: dict[str, str] = {}  # the source's word → ours; full-width and half-width commas are the same
    otherwise: Literal["keep", "null", "reject"] = "keep"  # words that `values` does not list
    contains: dict[str, str] = {}  # part of the source's words → ours; tried after `values`, in order
    empty: tuple[str, ...] = ()  # words that mean nothing is there, such as 无退款申请
    strip: tuple[str, ...] = ()  # beginnings to take off, such as 订单编号：
    suffix: str = ""
    scale: Literal["yuan", "fen"] = "yuan"  # money written in fen becomes yuan
    dates: Literal["auto", "MM-DD-YY"] = "auto"
    rule: str | None = None  # a name in RULES: the text is computed from `inputs`
    inputs: dict[str, Headers] = {}  # what the rule needs → headers in order of preference


def _as_column(value: object) -> object:
    return {"from": value} if isinstance(value, str | list) else value


class Condition(Declared):
    """A test of a row; a table with conditions takes only the rows that meet them all.

    `not_zero` also takes what is no amount or below zero: the column that reads it then refuses the row.
    """

    headers: Headers = Field(alias="from")
    test: Literal["present", "absent", "not_zero", "one_of", "none_of"]
    words: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()  # words that mean nothing is there


class Split(Declared):
    """A row that holds several records: the cells of `by` and `each` are joined by the sign, a part for each record.

    Where a cell of `each` is one total of several records, none of them knows its own; `counts` are numbers of things.
    """

    by: Headers
    sign: str = ";"
    each: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()


class RollUp(Declared):
    """Several rows that are one canonical row, by its natural key.

    `sums` are our columns to add up; amounts that are not among them stand in every row and must be the same in all.
    `parts`: headers that together name the part a row tells of, so that a part told twice is counted once.
    """

    sums: tuple[str, ...]
    parts: Headers = ()


class ReportMap(Declared):
    """A wide report of figures, one row per person or day: each figure becomes a row of `reported_figures`.

    Headers mean what catalog/reported_indicators.yaml says; `means` is this tool's own reading, header → name there.
    """

    person: Headers = ()  # headers of the column of people, where the shared ones will not do
    people: Literal["must", "may", "none"] = "must"  # "may": without the column, rows are the shop's
    names: Headers = ()  # patterns with a group `report`: the report's own name in the file's name
    columns: tuple[str, ...] = ()  # headers typical of this tool, to tell it from others with the same columns
    means: dict[str, str] = {}
    ignored: tuple[str, ...] = ()  # columns that are no figures
    dates: Literal["auto", "MM-DD-YY"] = "auto"
    peers: bool = False  # the whole table is about others' shops


class TableMap(Declared):
    """One canonical table that the rows of a layout give."""

    table: str
    where: tuple[Condition, ...] = ()
    split: Split | None = None
    rolled_up: RollUp | None = None  # needs the layout's `together`
    columns: dict[str, Annotated[ColumnMap, BeforeValidator(_as_column)]]


class Layout(Declared):
    """One form that the platform's files come in.

    `must`: headers that must be there; "甲|乙" is met by either. `must_not`: headers that are the mark of another form.
    Of several layouts that fit, the one with a fitting file name wins, then the one with the most headers found.
    """

    name: str
    readers: tuple[str, ...] = (TABULAR,)  # "table", or names in READERS
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    advised: tuple[str, ...] = ()  # headers without which figures will be missing; said when absent; "甲|乙" as in must
    file_names: tuple[str, ...] = ()  # patterns searched for in the file's name: hints only
    ignored: tuple[str, ...] = ()  # headers known and left out on purpose, not reported
    together: Headers = ()  # the id whose rows make one record: such rows are read together, and refused together
    every_other_column: bool = False  # a form whose columns the user chooses: unknown headers are not reported
    totals: tuple[str, ...] = ()  # money columns to add up beside those that become money columns of ours
    summary_rows: tuple[str, ...] = ()  # more words that in a first cell mark a row as a sum, not a record
    sheets: tuple[str, ...] = ()  # patterns, one of which the sheet's name must have
    tables: tuple[TableMap, ...] = ()
    report: ReportMap | None = None  # in place of tables

    @property
    def gives(self) -> tuple[str, ...]:
        """Return the canonical tables that files of this form give."""
        return (REPORTED,) if self.report else tuple(dict.fromkeys(each.table for each in self.tables))


class Example(Declared):
    """A worked example: a file in, canonical rows out. Columns that are not named must come out empty."""

    name: str
    why: Words | None = None
    file_name: str = "example.csv"
    header: tuple[str, ...] = ()  # with `rows`: written as CSV
    rows: tuple[tuple[str, ...], ...] = ()
    content: str | None = None  # or the whole file as text
    shop: str = "示例店"
    zone: str = "Asia/Shanghai"
    period: tuple[date, date] | None = None  # told with the import
    layout: str | None = None
    gives: dict[str, tuple[dict[str, str], ...]] = {}  # table → rows; instants as 2024-09-01T02:00:00Z
    issues: tuple[str, ...] = ()  # codes said about the file, in any order, each at least once
    rejected: tuple[str, ...] = ()  # codes of rejected rows, one per issue, in order


class Platform(Declared):
    """Where files come from: its layouts and worked examples, at least two, one of them with missing data."""

    label: Words
    why: Words
    canonical: bool = False  # our own tables: one layout for each, made from catalog/tables
    layouts: tuple[Layout, ...] = ()
    examples: tuple[Example, ...] = ()  # at least two: tests/spec/test_platforms.py counts them
