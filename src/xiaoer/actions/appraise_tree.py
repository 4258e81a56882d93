"""How a line of pay came about, as a tree: line ← step ← step ← input, each with its sum in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from xiaoer.actions.appraise_kept_month import KeptPages, Result, values_of
from xiaoer.actions.appraise_statement import said_line
from xiaoer.actions.appraise_sums import Words, said_sum
from xiaoer.actions.wording import word
from xiaoer.appraisal.exact import plain_number
from xiaoer.appraisal.expression import read_expression
from xiaoer.appraisal.restate import ADJUSTMENT


@dataclass(frozen=True)
class Branch:
    """One number: what it is called, how it came about, what it is; `metric` is the figure behind it, if it is one.

    `above` says that what it is made of stands further up in the same tree.
    """

    name: str
    label: str
    how: str
    result: str
    under: tuple["Branch", ...] = ()
    metric: str = ""
    above: bool = False


@dataclass(frozen=True)
class PaidLine:
    """One line of pay with its tree; `of_month` where it puts right an earlier month's line."""

    name: str
    kind: str
    label: str
    how: str
    text: str
    amount: Decimal
    of_month: str = ""
    of_line: str = ""
    under: tuple[Branch, ...] = ()


def lines_of(month: KeptPages, agent: str) -> list[PaidLine]:
    """Return a person's lines of pay, each with its tree; a ReportableError names near ones for an unknown name."""
    row = month.result_of(agent)
    words = month.words(row["scheme"])
    formulas = {line.name: line.of for line in words.version.spec.lines}
    made = []
    for line in row["lines"]:
        label, how, text = said_line(month, row, line)
        before, _, name = line["of"].partition("/")
        if line["kind"] == ADJUSTMENT:
            made.append(PaidLine(line["of"], line["kind"], label, how, text, Decimal(line["amount"]), before, name))
            continue
        seen: set[str] = set()
        formula = formulas[line["name"]]
        under = tuple(_branch(name, row, words, seen) for name in dict.fromkeys(read_expression(formula).names))
        if formula.strip() in row["steps"] and not line["limited_by"]:
            how, under = under[0].how, under[0].under  # the line is that step: its sum is the line's
        made.append(PaidLine(line["name"], line["kind"], label, how, text, Decimal(line["amount"]), under=under))
    return made


def _branch(name: str, row: Result, words: Words, seen: set[str]) -> Branch:
    values = values_of(row)
    label, result = words.label(name), words.value(name, values.get(name))
    spec = words.version.spec
    if name in row["steps"]:
        step = next(step for step in words.version.steps if step.name == name)
        node = row["steps"][name]
        how = said_sum(step, node, values, words)
        result += f" {node['grade']}" if node["grade"] else ""
        uses = tuple(dict.fromkeys(node["uses"]))
        if name in seen:
            return Branch(name, label, how, result, above=bool(uses))
        seen.add(name)
        return Branch(name, label, how, result, tuple(_branch(one, row, words, seen) for one in uses))
    if name in spec.parameters:
        return Branch(
            name, label, word("statement_parameter", words.language), plain_number(spec.parameters[name].value)
        )
    if name in spec.inputs and spec.inputs[name].metric:
        metric = spec.inputs[name].metric or ""
        return Branch(name, label, words.metrics[metric].why.in_language(words.language), result, metric=metric)
    table = spec.inputs[name].table if name in spec.inputs else None
    how = word("statement_from_table", words.language, table=table) if table else ""
    return Branch(name, label, how, result)


def line_amounts(row: Mapping[str, object]) -> Iterator[tuple[str, Decimal]]:
    """Yield the name and amount of each line of a result, adjustments by the line that they put right."""
    lines = row["lines"]
    assert isinstance(lines, list)
    for line in lines:
        yield line["of"] or line["name"], Decimal(line["amount"])
