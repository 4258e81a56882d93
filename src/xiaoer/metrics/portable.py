"""The portable subset of SQL: what every engine reads alike, checked by parsing, never translated."""

import re
from collections.abc import Collection, Iterator

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.near_names import near_names
from xiaoer.base.steps import Step

# The engine's dialect fills these in; everything else must read alike everywhere.
DIALECT_CALLS = frozenset({"week_of", "month_of", "weekday_of"})

_CALL = re.compile(r"\{\{\s*(\w+)\((.*?)\)\s*\}\}", re.DOTALL)
_FUNCTIONS: tuple[type[exp.Expr], ...] = (
    exp.And, exp.Or, exp.Case, exp.If, exp.Cast, exp.Coalesce, exp.Count, exp.Sum, exp.Max, exp.Min, exp.RowNumber,
    exp.Chr,
)  # fmt: skip
# Parts of SQL whose meaning or spelling differs between engines.
_REFUSED: dict[type[exp.Expr], str] = {
    exp.Filter: "FILTER",
    exp.Qualify: "QUALIFY",
    exp.Interval: "INTERVAL",
    exp.Subquery: "subquery",
    exp.TryCast: "TRY_CAST",
    exp.Div: "/",
    exp.IntDiv: "//",
}


def expression_issues(sql: str, *, columns: Collection[str], place: Place) -> list[Issue]:
    """Return every problem that keeps an expression from being portable SQL over these columns."""
    tree, issues = _parsed(sql, place)
    if tree is None:
        return issues
    if isinstance(tree, exp.Query):
        return [_issue("metrics.not_portable", place, part="SELECT")]
    issues += list(_construct_issues(tree, place))
    issues += [_issue("metrics.not_portable", place, part=type(node).__name__) for node in tree.find_all(exp.AggFunc)]
    for column in tree.find_all(exp.Column):
        if column.table or column.name not in columns:
            near = ", ".join(near_names(column.name, columns)) or "–"
            issues.append(_issue("metrics.unknown_column", place, column=column.sql(), near=near))
    return issues


def step_issues(steps: list[Step], *, relations: Collection[str]) -> list[Issue]:
    """Return what keeps compiled steps from being portable: refused parts, and reads of what is not there yet."""
    issues: list[Issue] = []
    known = set(relations)
    for step in steps:
        place = Place(file=step.name)
        tree, found = _parsed(step.sql, place)
        issues += found
        if tree is not None:
            issues += list(_construct_issues(tree, place))
            issues += [
                _issue(
                    "metrics.unknown_relation",
                    place,
                    relation=table.name,
                    near=", ".join(near_names(table.name, known)),
                )
                for table in tree.find_all(exp.Table)
                if table.name not in known
            ]
        known.add(step.name)
    return issues


def _parsed(sql: str, place: Place) -> tuple[exp.Expr | None, list[Issue]]:
    try:
        return sqlglot.parse_one(_CALL.sub(r"\1(\2)", sql)), []
    except SqlglotError as error:
        problem = str(error).splitlines()[0] if str(error) else "syntax"
        return None, [_issue("metrics.unreadable_sql", place, problem=re.sub(r"\x1b\[\d+m", "", problem))]


def _construct_issues(tree: exp.Expr, place: Place) -> Iterator[Issue]:
    for node in tree.walk():
        if isinstance(node, exp.Anonymous):
            if node.name.lower() not in DIALECT_CALLS:
                yield _issue("metrics.not_portable", place, part=node.name)
        elif isinstance(node, exp.Func) and not isinstance(node, _FUNCTIONS):
            yield _issue("metrics.not_portable", place, part=node.sql_name())
        elif refused := _REFUSED.get(type(node)):
            if not (isinstance(node, exp.Subquery) and isinstance(node.parent, exp.From)):
                yield _issue("metrics.not_portable", place, part=refused)
        elif isinstance(node, exp.Select) and any(isinstance(each, exp.Star) for each in node.expressions):
            yield _issue("metrics.not_portable", place, part="SELECT *")
        elif isinstance(node, exp.Window) and not _total(node):
            yield _issue("metrics.not_portable", place, part="OVER without ORDER BY … ASC NULLS LAST")


def _total(window: exp.Window) -> bool:
    """Return whether a window spells its order out; counting or adding up a whole partition needs none."""
    order = window.args.get("order")
    if order is None:
        return isinstance(window.this, exp.Count | exp.Sum)
    return all(each.args.get("nulls_first") is False and not each.args.get("desc") for each in order.expressions)


def _issue(code: str, place: Place, **values: str) -> Issue:
    return Issue(code, Severity.ERROR, place, values)
