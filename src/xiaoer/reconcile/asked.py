"""Figures asked of sessions under suppositions: exact amounts by person and perhaps day."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from xiaoer.base.days import Period
from xiaoer.facts.supposed import SupposedRelations, Supposition
from xiaoer.metrics import Dimension, Found, Metric, Report, Request, assemble_report, compile_report
from xiaoer.metrics.figure import scale_of
from xiaoer.metrics.measure import Part, measures_of
from xiaoer.metrics.report_rows import Row
from xiaoer.reconcile.amount import Amount
from xiaoer.reconcile.cause import Buyers
from xiaoer.reconcile.counted import counted
from xiaoer.reconcile.touches import Touches
from xiaoer.store.engine import Engine

Group = tuple[str | None, date | None]  # a person (None: the whole shop), a day (None: the whole period)
Groups = Mapping[Group, Amount]


@dataclass(frozen=True)
class Lookup:
    """Where figures are looked up: under a supposition, with buyers counted so, over days, together or each day."""

    supposed: Supposition
    buyers: Buyers | None
    period: Period
    by_day: bool


@dataclass
class Asked:
    """What figures are asked of; what was asked once is remembered."""

    relations: SupposedRelations
    touches: Touches
    metrics: Mapping[str, Metric]
    request: Request
    found: Found
    _known: dict[Lookup, dict[str, dict[Group, Amount]]] = field(default_factory=dict)

    def session(self, supposed: Supposition, metrics: Iterable[str]) -> Engine:
        """Return a session under a supposition, valid until the next one is asked for, that metrics can be asked of."""
        return self.relations.session(supposed, orders=any(map(self.touches.needs_orders, metrics)))

    def request_of(self, supposed: Supposition, period: Period, metrics: Collection[str]) -> Request:
        """Return the request for the period's figures by person under a supposition."""
        return replace(
            self.request,
            period=period,
            metrics=tuple(sorted(metrics)),
            by=(Dimension.AGENT,),
            policy=supposed.policy or self.request.policy,
            settings=self.request.settings.supposing(dict(supposed.settings)),
        )

    def figures(self, lookup: Lookup, metrics: Collection[str]) -> Mapping[str, Groups]:
        """Return the amounts of metrics by group, the whole shop's too."""
        known = self._known.setdefault(lookup, {})
        missing = [name for name in metrics if name not in known]
        if missing:
            known |= self._ask(lookup, missing)
        return known

    def _ask(self, lookup: Lookup, names: Collection[str]) -> dict[str, dict[Group, Amount]]:
        metrics = counted(self.metrics, lookup.buyers)
        request = self.request_of(lookup.supposed, lookup.period, names)
        engine = self.session(lookup.supposed, names)
        bys = ((Dimension.AGENT, Dimension.DAY), (Dimension.DAY,)) if lookup.by_day else ((Dimension.AGENT,),)
        groups: dict[str, dict[Group, Amount]] = {name: {} for name in names}
        for by in bys:
            report = self._report(engine, replace(request, by=by), metrics)
            for row in report.rows if lookup.by_day else (*report.rows, report.total):
                _put(row, groups, metrics)
        return groups

    def _report(self, engine: Engine, request: Request, metrics: Mapping[str, Metric]) -> Report:
        return assemble_report(
            request,
            metrics,
            rows=engine.query(compile_report(request, metrics)),
            total=engine.query(compile_report(replace(request, by=()), metrics)),
            found=self.found,
        )


def _put(row: Row, groups: Mapping[str, dict[Group, Amount]], metrics: Mapping[str, Metric]) -> None:
    agent, day = row.dimensions.get("agent"), row.dimensions.get("day")
    assert agent is None or isinstance(agent, str)
    assert day is None or isinstance(day, date)
    for name, named in groups.items():
        named[agent, day] = amount_of(metrics[name], row.parts[name], metrics)


def amount_of(metric: Metric, parts: Mapping[Part, Fraction | None], metrics: Mapping[str, Metric]) -> Amount:
    """Return a figure's parts as an amount in the metric's unit."""
    holds = next(iter(measures_of(metric, metrics).values())).holds
    scaled = {
        part: None if value is None else value if part is Part.DENOMINATOR else value / scale_of(metric, holds)
        for part, value in parts.items()
    }
    if Part.NUMERATOR in scaled:
        return Amount(scaled[Part.NUMERATOR], scaled[Part.DENOMINATOR], is_ratio=True)
    value, minus = scaled[Part.VALUE], scaled.get(Part.MINUS, Fraction(0))
    return Amount(value - minus if value is not None and minus is not None else None)
