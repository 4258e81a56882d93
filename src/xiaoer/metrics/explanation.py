"""Rows behind a figure, put together: they add up to it, with the formula in words and the settings that decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pyarrow as pa

from xiaoer.base.catalog import Words
from xiaoer.metrics.explain import Question
from xiaoer.metrics.figure import EPOCH, Figure, figure_of, scale_of
from xiaoer.metrics.formula import formula_with_numbers
from xiaoer.metrics.measure import Measure, Part, measures_of
from xiaoer.metrics.metric import Metric
from xiaoer.metrics.peak import is_peak
from xiaoer.metrics.quantile import exact_quantile
from xiaoer.metrics.relations import Holds
from xiaoer.metrics.report import Found, json_value


@dataclass(frozen=True)
class ExplainedRow:
    """One row behind a figure; `adds` is exact, in the figure's own unit (an instant: its microseconds since 1970).

    `reason` is a code (words: reason_<code>), `other_agent` the account that has another part in the same order,
    `buyer_by` how the order's buyer was found where the order does not say (masked_nick: with a confidence in percent).
    """

    part: Part
    shop: str
    day: date
    hour: int | None
    agent: str | None
    buyer: str | None
    reference: str | None
    start_at: datetime | None
    end_at: datetime | None
    order_created_at: datetime | None
    order_paid_at: datetime | None
    other_agent: str | None
    reason: str | None
    adds: Fraction | None
    buyer_by: str | None = None
    buyer_confidence: int | None = None


@dataclass(frozen=True)
class Explanation:
    """A figure, how each of its parts is put together from the rows, the formula with its numbers, and what decided."""

    metric: str
    figure: Figure | None
    put_together: Mapping[Part, str]
    formula: Words
    policy: str
    settings: Mapping[str, str]
    rows: tuple[ExplainedRow, ...]

    def to_json(self) -> dict[str, object]:
        """Return the explanation as scripts read it; numbers are JSON numbers, instants ISO texts."""
        return {
            "metric": self.metric,
            "figure": json_value(self.figure),
            "put_together": {part.value: how for part, how in self.put_together.items()},
            "formula": {"zh": self.formula.zh, "en": self.formula.en},
            "policy": self.policy,
            "settings": dict(self.settings),
            "rows": [row_json(row) for row in self.rows],
        }


def assemble_explanation(
    question: Question, metrics: Mapping[str, Metric], *, rows: pa.Table, found: Found
) -> Explanation:
    """Return the explanation from the result of its steps; without the tables it needs the figure is unknown."""
    metric = metrics[question.metric]
    measures = measures_of(metric, metrics)
    zone = question.request.last_settings.clock.zone
    known = found.tables.issuperset(metric.needs)
    explained = sorted((_explained(raw, metric, measures, zone) for raw in rows.to_pylist() if known), key=_sort_key)
    parts = {
        part: _put_together(measure, [row.adds for row in explained if row.part is part]) if known else None
        for part, measure in measures.items()
    }
    holds = next(iter(measures.values())).holds
    stored = {part: _stored(value, metric, holds, part) for part, value in parts.items()}
    figure = figure_of(metric, stored, holds, zone)
    values = question.request.last_settings.values
    return Explanation(
        metric=question.metric,
        figure=figure,
        put_together={part: _how(measure) for part, measure in measures.items()},
        formula=formula_with_numbers(metric, measures, parts, figure),
        policy=question.request.policy,
        settings={name: values[name] for name in deciding_settings(measures.values())},
        rows=tuple(explained),
    )


def deciding_settings(measures: Iterable[Measure]) -> tuple[str, ...]:
    """Return the names of the settings that decide which rows count and how."""
    names = [name for measure in measures for name in measure.relation.settings]
    names += [measure.aggregate.by_day_window for measure in measures if measure.aggregate.by_day_window]
    return tuple(dict.fromkeys(names))


def _explained(
    raw: Mapping[str, object], metric: Metric, measures: Mapping[Part, Measure], zone: ZoneInfo
) -> ExplainedRow:
    part = Part(str(raw["part"]))
    adds = raw["adds"]
    signed = _fraction(adds) * (-1 if part is Part.MINUS else 1) if adds is not None else None
    scale = _scale(metric, measures[part].holds, part)
    return ExplainedRow(
        part=part,
        shop=raw["shop"],  # type: ignore[arg-type]  # Arrow's rows have no types; the steps' columns do
        day=raw["day"],  # type: ignore[arg-type]
        hour=raw["hour"],  # type: ignore[arg-type]
        agent=raw["agent"],  # type: ignore[arg-type]
        buyer=raw["buyer"],  # type: ignore[arg-type]
        reference=raw["reference"],  # type: ignore[arg-type]
        start_at=_instant(raw["start_micros"], zone),
        end_at=_instant(raw["end_micros"], zone),
        order_created_at=_instant(raw["order_created_micros"], zone),
        order_paid_at=_instant(raw["order_paid_micros"], zone),
        other_agent=raw["other_agent"],  # type: ignore[arg-type]
        reason=raw["reason"],  # type: ignore[arg-type]
        adds=signed / scale if signed is not None else None,
        buyer_by=raw["buyer_by"],  # type: ignore[arg-type]
        buyer_confidence=raw["buyer_confidence"],  # type: ignore[arg-type]
    )


def _fraction(value: object) -> Fraction:
    assert isinstance(value, int | Decimal)  # adds is DECIMAL
    return Fraction(value)


def _scale(metric: Metric, holds: Holds, part: Part) -> int:
    """A denominator's durations stay as they are: only what the figure is measured in is put in its unit."""
    return 1 if part is Part.DENOMINATOR else scale_of(metric, holds)


def _stored(value: Fraction | None, metric: Metric, holds: Holds, part: Part) -> Fraction | None:
    """Return a part in stored units again, a minus part with its sign taken off, as figures are made from."""
    if value is None:
        return None
    return value * _scale(metric, holds, part) * (-1 if part is Part.MINUS else 1)


def _instant(micros: object, zone: ZoneInfo) -> datetime | None:
    return None if micros is None else (EPOCH + timedelta(microseconds=int(_fraction(micros)))).astimezone(zone)


def _sort_key(row: ExplainedRow) -> tuple[str, ...]:
    order = list(Part).index(row.part)
    start = row.start_at.isoformat() if row.start_at else ""
    return (str(order), str(row.day), start, row.shop, row.agent or "", row.buyer or "", row.reference or "")


def _put_together(measure: Measure, adds: list[Fraction | None]) -> Fraction | None:
    values = [value for value in adds if value is not None]
    aggregate = measure.aggregate
    if aggregate.kind in ("count", "distinct") or is_peak(measure):
        return sum(values, Fraction(0))
    if aggregate.kind == "sum":
        return None if adds and not values else sum(values, Fraction(0))
    if not values:
        return Fraction(0) if aggregate.kind == "max" and measure.holds is Holds.COUNT else None
    if aggregate.quantile:
        return exact_quantile(values, aggregate.quantile.q)
    return max(values) if aggregate.kind == "max" else min(values)


def _how(measure: Measure) -> str:
    aggregate = measure.aggregate
    if aggregate.quantile:
        return f"quantile {aggregate.quantile.q}"
    return aggregate.kind if aggregate.kind in ("max", "min") and not is_peak(measure) else "sum"


def row_json(row: ExplainedRow) -> dict[str, object]:
    """Return an explained row as scripts read it."""
    adds = row.adds
    number = None if adds is None else int(adds) if adds.denominator == 1 else adds.numerator / adds.denominator
    return {
        "part": row.part.value,
        "shop": row.shop,
        "day": str(row.day),
        "hour": row.hour,
        "agent": row.agent,
        "buyer": row.buyer,
        "reference": row.reference,
        "start_at": json_value(row.start_at) if row.start_at else None,
        "end_at": json_value(row.end_at) if row.end_at else None,
        "order_created_at": json_value(row.order_created_at) if row.order_created_at else None,
        "order_paid_at": json_value(row.order_paid_at) if row.order_paid_at else None,
        "reason": row.reason,
        "other_agent": row.other_agent,
        "adds": number,
        **({"buyer_by": row.buyer_by, "buyer_confidence": row.buyer_confidence} if row.buyer_by else {}),
    }
