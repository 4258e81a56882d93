"""The rows behind a cell's figure, here and under the causes that explain it."""

from dataclasses import replace

from xiaoer.base.days import Period
from xiaoer.metrics import Dimension, ExplainedRow, Question, assemble_explanation, compile_explain
from xiaoer.metrics.explain import FilterValue
from xiaoer.metrics.measure import Part
from xiaoer.reconcile.asked import Asked
from xiaoer.reconcile.cell import Cell
from xiaoer.reconcile.counted import counted
from xiaoer.reconcile.effect import Effect
from xiaoer.reconcile.moved import Moved, moved
from xiaoer.reconcile.reported import RowKind

_PARTS = {"": None, "/": Part.DENOMINATOR, "-": Part.MINUS}


def rows_that_move(asked: Asked, cell: Cell, effect: Effect) -> tuple[Moved, ...]:
    """Return the rows that count at the other tool and not here, the other way round, or with another amount.

    Totals and means move with the rows of their people, so they have none of their own where people are listed.
    """
    if cell.row is not RowKind.AGENT and cell.listed:
        return ()
    return moved(_rows(asked, cell, Effect()), _rows(asked, cell, effect))


def _rows(asked: Asked, cell: Cell, effect: Effect) -> list[ExplainedRow]:
    name, sign, other = effect.formula(cell.metric)
    rows = _of_metric(asked, cell, effect, name)
    if sign:
        first = Part.NUMERATOR if sign == "/" else Part.VALUE
        second = _PARTS[sign]
        assert second is not None  # a sign has its part
        rows = [replace(row, part=first) for row in rows]
        rows += [replace(row, part=second) for row in _of_metric(asked, cell, effect, other)]
    return [row for row in rows if effect.holds(row.day)]


def _of_metric(asked: Asked, cell: Cell, effect: Effect, metric: str) -> list[ExplainedRow]:
    metrics = counted(asked.metrics, effect.buyers)
    request = asked.request_of(effect.supposed, Period(cell.first, cell.last), [metric])
    where: dict[Dimension, FilterValue] = {Dimension.AGENT: cell.agent} if cell.agent is not None else {}
    question = Question(metric, replace(request, by=()), where)
    rows = asked.session(effect.supposed, [metric]).query(compile_explain(question, metrics))
    return list(assemble_explanation(question, metrics, rows=rows, found=asked.found).rows)
