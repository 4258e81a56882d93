"""The engine's answers for canonical tables held in memory: reports, and the rows behind their figures."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pyarrow as pa

from xiaoer.base.settings import ShopSettings
from xiaoer.facts.relations import relations_of
from xiaoer.metrics import Explanation, Found, Metric, Question, Report, Request, assemble_explanation, assemble_report
from xiaoer.metrics.compiler import compile_report
from xiaoer.metrics.explain import FilterValue, compile_explain, filters_of
from xiaoer.store.engine import Engine


@dataclass(frozen=True)
class Answers:
    """One engine session over some tables; whatever is among them counts as imported."""

    engine: Engine
    found: Found
    metrics: Mapping[str, Metric]

    def report(self, request: Request) -> Report:
        """Return the report asked for."""
        return assemble_report(
            request,
            self.metrics,
            rows=self.engine.query(compile_report(request, self.metrics)),
            total=self.engine.query(compile_report(replace(request, by=()), self.metrics)),
            found=self.found,
        )

    def explanation(
        self, request: Request, *, metric: str, where: Mapping[str, FilterValue] | None = None
    ) -> Explanation:
        """Return the rows behind one figure of the report."""
        question = Question(metric, request, filters_of(where or {}))
        rows = self.engine.query(compile_explain(question, self.metrics))
        return assemble_explanation(question, self.metrics, rows=rows, found=self.found)


@contextmanager
def answers(
    tables: Mapping[str, pa.Table], settings: ShopSettings, *, policy: str, metrics: Mapping[str, Metric]
) -> Iterator[Answers]:
    """Give the engine's answers for these tables, settings and policy; the session is closed afterwards."""
    with relations_of(tables, settings, policy=policy) as engine:
        yield Answers(engine, Found(frozenset(tables)), metrics)
