"""What people say about a month: scores, targets, attendance, incidents, adjustments by hand; read from tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from xiaoer.actions.appraise_table import TableRow, rows_of
from xiaoer.actions.shop_data import account_named
from xiaoer.actions.wording import word
from xiaoer.appraisal.exact import ONE, read_number
from xiaoer.appraisal.member import Incident, Manual
from xiaoer.appraisal.month import Given, days_of_month
from xiaoer.appraisal.scheme import Input, SchemeVersion
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.mask import shown_number
from xiaoer.base.near_names import near_names

INCIDENT_KINDS = ("wrong_goods", "wrong_address", "promise_not_noted", "price_changed_wrongly", "leak")
NOT_VALUES = frozenset({"agent", "month", "reason", "author", "note"})


@dataclass
class _Reading:
    """Tables being read: what can be named, what was found, by month, and every issue."""

    month: str
    accounts: Sequence[str]
    names: Mapping[str, str]
    inputs: Mapping[str, Input]  # by what a column may be called
    manual_steps: Mapping[str, str]  # by their name and by both labels
    values: dict[tuple[str, str, str], Decimal] = field(default_factory=dict)
    incidents: dict[tuple[str, str], Incident] = field(default_factory=dict)
    manual: list[tuple[str, Manual]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def say(self, code: str, row: TableRow, column: str, **values: str | int) -> None:
        """Keep an issue at a cell."""
        self.issues.append(Issue(code, Severity.ERROR, row.at(column), values))


def read_values(
    files: Sequence[Path], month: str, versions: Iterable[SchemeVersion], *, shop: str, accounts: Sequence[str],
    names: Mapping[str, str],
) -> dict[str, Given]:  # fmt: skip
    """Return what the files give, by month; a ReportableError lists everything in them that can not be used."""
    versions = list(versions)
    by_hand = [step for version in versions for step in version.steps if step.kind == "manual"]
    steps = {said: step.name for step in by_hand for said in (step.label.zh, step.label.en, step.name)}
    reading = _Reading(month, accounts, names, _called(versions), steps)
    for file in files:
        for row in rows_of(file, shop):
            _row(row, reading)
    if reading.issues:
        raise ReportableError(reading.issues)
    months = {month, *(key[0] for key in reading.values), *(key[0] for key in reading.incidents),
              *(one for one, _ in reading.manual)}  # fmt: skip
    return {one: _given(reading, one) for one in sorted(months)}


def _called(versions: Sequence[SchemeVersion]) -> dict[str, Input]:
    """Return the inputs from tables by their name and by both labels."""
    found: dict[str, Input] = {}
    for version in versions:
        for one in version.spec.inputs.values():
            if one.table is not None and one.label is not None:
                found |= {one.table: one, one.label.zh: one, one.label.en: one}
    return found


def _given(reading: _Reading, month: str) -> Given:
    values: dict[str, dict[str, Decimal]] = {}
    for (at, agent, name), value in sorted(reading.values.items()):
        if at == month:
            values.setdefault(agent, {})[name] = value
    return Given(
        values,
        tuple(one for (at, _), one in sorted(reading.incidents.items()) if at == month),
        tuple(sorted((one for at, one in reading.manual if at == month), key=lambda o: (o.agent, o.name, o.reason))),
    )


def _row(row: TableRow, reading: _Reading) -> None:
    month = row.cells.get("month", reading.month)
    try:
        days_of_month(month)
    except ReportableError as error:
        reading.say(error.issues[0].code, row, "month", found=month[:20])
        return
    agent = _agent(row, reading)
    if agent is None:
        return
    if "kind" in row.cells and {"cost", "evidence", "number"} & set(row.cells):
        _incident(row, reading, month, agent)
    elif "name" in row.cells:
        _named(row, reading, month, agent)
    else:
        for column in row.cells:
            if column not in NOT_VALUES:
                _value(row, reading, (month, agent), column=column, called=column)


def _agent(row: TableRow, reading: _Reading) -> str | None:
    try:
        return account_named(row.cells.get("agent", ""), reading.accounts, reading.names)
    except ReportableError as error:
        reading.say("appraisal.value_agent", row, "agent", near=str(error.issues[0].values["near"]))
        return None


def _named(row: TableRow, reading: _Reading, month: str, agent: str) -> None:
    name = row.cells["name"]
    if name not in reading.manual_steps:
        _value(row, reading, (month, agent), column="value", called=name)
        return
    value = _number(row, reading, "value")
    missing = [column for column in ("reason", "author") if column not in row.cells]
    for column in missing:
        reading.say("appraisal.value_unsigned", row, column, name=name)
    if value is not None and not missing:
        step = reading.manual_steps[name]
        reading.manual.append((month, Manual(step, agent, value, row.cells["reason"], row.cells["author"])))


def _value(row: TableRow, reading: _Reading, whose: tuple[str, str], *, column: str, called: str) -> None:
    one = reading.inputs.get(called)
    if one is None or one.table is None:
        near = ", ".join(near_names(called, reading.inputs) or sorted({i.table or "" for i in reading.inputs.values()}))
        reading.say("appraisal.value_unknown", row, column, name=called[:40], near=near or "–")
        return
    value = _number(row, reading, column)
    if value is None:
        return
    low, high = one.at_least, one.at_most
    if (low is not None and value < low) or (high is not None and value > high):
        bounds = f"{'' if low is None else f'{low:f}'}…{'' if high is None else f'{high:f}'}"
        reading.say("appraisal.value_bounds", row, column, name=called[:40], bounds=bounds)
        return
    key = (*whose, one.table)
    if reading.values.get(key, value) != value:
        reading.say("appraisal.value_twice", row, column, name=called[:40])
    reading.values[key] = value


def _number(row: TableRow, reading: _Reading, column: str) -> Decimal | None:
    text = row.cells.get(column, "")
    try:
        value = read_number(text.replace(",", "").replace("，", "").lstrip("¥￥").removesuffix("元"))
    except ValueError:
        reading.say("appraisal.value_unreadable", row, column, found=shown_number(text) or "–")
        return None
    assert isinstance(value, Decimal)
    return value


def _incident(row: TableRow, reading: _Reading, month: str, agent: str) -> None:
    cost = _number(row, reading, "cost") if "cost" in row.cells else Decimal(0)
    share = _number(row, reading, "share") if "share" in row.cells else ONE
    kind = kind_of(row.cells["kind"])
    if cost is None or share is None:
        return
    wrong = ("cost", "0…") if cost < 0 else ("share", "0…1") if not 0 <= share <= 1 else None
    if wrong is not None:
        reading.say("appraisal.value_bounds", row, wrong[0], name=wrong[0], bounds=wrong[1])
        return
    text: Callable[[str], str] = lambda column: row.cells.get(column, "")  # noqa: E731
    number = text("number") or str(row.place.line or len(reading.incidents) + 1)
    made = Incident(number, agent, kind, text("day"), cost, share, text("evidence"), text("confirmed_by"), text("note"))
    key = (month, f"{number}/{agent}")
    if reading.incidents.get(key, made) != made:
        reading.say("appraisal.value_twice", row, "number", name=number[:40])
    reading.incidents[key] = made


def kind_of(text: str) -> str:
    """Return the kind of incident of a name or a label in either language; another text is a kind of its own."""
    labels = {word(f"incident_{kind}", language): kind for kind in INCIDENT_KINDS for language in ("zh", "en")}
    return labels.get(text, text)
