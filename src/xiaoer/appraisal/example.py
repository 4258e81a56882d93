"""A scheme's worked example: its tables read, run, and set beside what it says should come out."""

import csv
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal

from xiaoer.appraisal.appraise import Appraised, appraise
from xiaoer.appraisal.exact import ONE, exactly, read_number, settled
from xiaoer.appraisal.member import Incident, Manual, Member, Person
from xiaoer.appraisal.pay import Limits
from xiaoer.appraisal.scheme import Example, Scheme, SchemeVersion
from xiaoer.base.issues import Issue, Place, Severity

PERSON_COLUMNS = frozenset({"agent", "role", "group", "tenure_weeks"})
AGENT, TOTAL = "agent", "total"
LAWFUL_SHARE = Decimal("0.2")


def table_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a small table written with commas; cells without blanks around them."""
    rows = csv.DictReader(io.StringIO(text.strip()), skipinitialspace=True)
    return [{(key or "").strip(): (cell or "").strip() for key, cell in row.items()} for row in rows]


def run_example(version: SchemeVersion, example: Example) -> list[Appraised]:
    """Return what the version makes of an example's people, with limits of the law as in China."""
    limits = Limits(share_most=LAWFUL_SHARE, minimum_wage=example.minimum_wage_yuan)
    return appraise(version, members_of(example), limits=limits)


def members_of(example: Example) -> list[Member]:
    """Return the people of an example."""
    incidents = [_incident(row) for row in table_of(example.incidents)]
    manual = [_manual(row) for row in table_of(example.manual)]
    history = table_of(example.history)
    return [_member(row, incidents, manual, history) for row in table_of(example.people)]


def _member(
    row: Mapping[str, str], incidents: list[Incident], manual: list[Manual], history: list[dict[str, str]]
) -> Member:
    weeks = row.get("tenure_weeks", "")
    return Member(
        row[AGENT],
        {name: _number(cell) for name, cell in row.items() if name not in PERSON_COLUMNS},
        Person(row.get("role", ""), row.get("group", ""), _number(weeks)),
        tuple(one for one in incidents if one.agent == row[AGENT]),
        tuple(one for one in manual if one.agent == row[AGENT]),
        tuple({key: cell for key, cell in one.items() if key != AGENT} for one in history if one[AGENT] == row[AGENT]),
    )


def _incident(row: Mapping[str, str]) -> Incident:
    return Incident(
        row["number"],
        row[AGENT],
        row["kind"],
        row.get("day", ""),
        _number(row.get("cost", "")) or Decimal(0),
        _number(row.get("share", "")) or ONE,
        row.get("evidence", ""),
        row.get("confirmed_by", ""),
    )


def _manual(row: Mapping[str, str]) -> Manual:
    return Manual(row["name"], row[AGENT], _number(row["value"]) or Decimal(0), row["reason"], row["author"])


def _number(cell: str) -> Decimal | None:
    """Return the number of a cell, also one such as 11/20, which no decimal can write exactly."""
    if not cell:
        return None
    above, _, below = cell.partition("/")
    value = read_number(above)
    assert isinstance(value, Decimal)
    with exactly():
        return value / Decimal(below) if below else value


def example_issues(scheme: Scheme) -> Iterator[Issue]:
    """Yield what an example says otherwise than it comes out, cell by cell, and what it does not say at all."""
    version = scheme.versions[-1]
    for number, example in enumerate(scheme.said.examples):
        place = Place(scheme.file, column=f"examples.{number}.results")
        expected = {row[AGENT]: row for row in table_of(example.results)}
        for one in run_example(version, example):
            came = results_of(version, one)
            row = expected.get(one.agent, {})
            for name, value in came.items():
                if not same_cell(row.get(name), value):
                    values = {
                        "agent": one.agent,
                        "name": name,
                        "expected": row.get(name, "–")[:20],
                        "found": value[:20],
                    }
                    yield Issue("appraisal.example_differs", Severity.ERROR, place, values)


def results_of(version: SchemeVersion, one: Appraised) -> dict[str, str]:
    """Return every step, every line and the total as the cells of a results table; empty where unknown."""
    lines = {line.name: f"{line.amount:f}" for line in one.lines} or {line.name: "" for line in version.spec.lines}
    total = one.total
    steps = {step.name: _cell(one.values[step.name]) for step in version.steps}
    return {**steps, **lines, TOTAL: "" if total is None else f"{total:f}"}


def _cell(value: Decimal | None) -> str:
    if value is None:
        return ""
    with exactly():
        shown = value.quantize(Decimal("0.00000001")).normalize()
    return f"{shown:f}" if shown else "0"


def same_cell(said: str | None, found: str) -> bool:
    """Return whether a cell says the same number, or both say nothing."""
    if said is None or not said or not found:
        return said == found
    one, other = read_number(said), read_number(found)
    assert isinstance(one, Decimal)
    assert isinstance(other, Decimal)
    return settled(one) == settled(other)
