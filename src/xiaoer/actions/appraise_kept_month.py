"""A kept month opened to be shown: its document, its schemes, its results as they were written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from xiaoer.actions.appraise_kept import Entry, Months, months_of
from xiaoer.actions.appraise_run import shop_of
from xiaoer.actions.appraise_sums import Words
from xiaoer.actions.shop_data import ShopData, account_named
from xiaoer.appraisal.kept import KeptMonth, labels_of, read_document, recompute, results_in, versions_of
from xiaoer.appraisal.month import days_of_month
from xiaoer.appraisal.scheme import SchemeVersion
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.metrics import Metric

Result = Mapping[str, Any]


@dataclass(frozen=True)
class KeptPages:
    """A kept month with everything that pages of it need."""

    kept: KeptMonth
    entry: Entry
    results: tuple[Result, ...]
    metrics: Mapping[str, Metric]
    language: Language

    @cached_property
    def versions(self) -> dict[str, SchemeVersion]:
        """Return the versions that the month was computed by."""
        return versions_of(self.kept, self.metrics)

    def words(self, scheme: str) -> Words:
        """Return what the names of a scheme are called."""
        return Words(self.versions[scheme], self.metrics, self.language)

    def scheme_label(self, name: str) -> str:
        """Return what a scheme is called, by the text that the month keeps."""
        return self._labels.get(name, name)

    @cached_property
    def _labels(self) -> dict[str, str]:
        return labels_of(self.kept, self.metrics, self.language)

    def shown(self, agent: str) -> str:
        """Return how an account is shown."""
        return self.kept.names.get(agent, agent)

    def result_of(self, asked: str) -> Result:
        """Return one person's result; a ReportableError names near ones when there is none."""
        agent = account_named(asked, [row["agent"] for row in self.results], self.kept.names)
        return next(row for row in self.results if row["agent"] == agent)

    def again(self, agent: str, name: str, value: Decimal) -> Decimal | None:
        """Return a person's total with one input at another value, everything else as it was."""
        spec = self.versions[self.kept.assigned[agent]].spec.inputs[name]
        inputs = self.kept.inputs
        figures, values = dict(inputs.figures), dict(inputs.values)
        if spec.metric is not None:
            figures[spec.metric] = {**figures.get(spec.metric, {}), agent: Fraction(value)}
        else:
            values[agent] = {**values.get(agent, {}), spec.table or "": value}
        changed = replace(inputs, figures=figures, values=values)
        found = recompute(self.kept, self.metrics, inputs=changed)
        return next((one.total for one in found if one.agent == agent), None)


def open_month(home: Path, month: str, shop: str | None, language: Language) -> KeptPages:
    """Return a kept month; a ReportableError where none was run."""
    days_of_month(month)
    with shop_of(home, shop) as data:
        return month_in(data, months_of(home, data.shop or ""), month, language)


def month_in(data: ShopData, months: Months, month: str, language: Language) -> KeptPages:
    """Return a kept month of an open shop."""
    if month not in months.entries:
        known = ", ".join(sorted(months.entries)) or "–"
        raise ReportableError.of("appraisal.no_month", values={"month": month, "known": known})
    content = months.document(month)
    return KeptPages(read_document(content), months.entries[month], tuple(results_in(content)), data.metrics, language)


def decimals(values: Mapping[str, Any]) -> dict[str, Decimal | None]:
    """Return the values of a document, whose numbers are texts."""
    return {name: None if value is None else Decimal(value) for name, value in values.items()}


def values_of(row: Result) -> dict[str, Decimal | None]:
    """Return every value of a result: inputs, parameters and steps."""
    return decimals({**row["values"], **{name: one["value"] for name, one in row["steps"].items()}})
