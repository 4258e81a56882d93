"""Worked examples run through the whole engine: what a metric really gives, and where that differs from its file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.facts.relations import relations_of
from xiaoer.metrics.compiler import compile_report
from xiaoer.metrics.example import example_differences, example_request, example_tables
from xiaoer.metrics.metric import Example, Metric
from xiaoer.metrics.report import Found, Report, assemble_report


def example_issues(names: Iterable[str], metrics: Mapping[str, Metric], *, files: Mapping[str, str]) -> list[Issue]:
    """Return every difference between the examples of these metrics and what the engine gives, by file and key."""
    return [
        issue
        for name in names
        for number, example in enumerate(metrics[name].examples)
        for issue in _issues(example, metrics, Place(files.get(name), column=f"examples.{number}"))
    ]


def example_report(example: Example, metrics: Mapping[str, Metric]) -> Report:
    """Return the report that an example asks for; a ReportableError when the example can not be read."""
    request, tables = example_request(example, metrics), example_tables(example)
    with relations_of(tables, request.settings, policy=request.policy) as engine:
        return assemble_report(
            request,
            metrics,
            rows=engine.query(compile_report(request, metrics)),
            total=engine.query(compile_report(replace(request, by=()), metrics)),
            found=Found(frozenset(tables)),
        )


def _issues(example: Example, metrics: Mapping[str, Metric], place: Place) -> Iterator[Issue]:
    try:
        differences = example_differences(example, example_report(example, metrics))
    except ReportableError as error:
        yield from (replace(issue, place=place) for issue in error.issues)
        return
    for difference in differences:
        yield Issue("metrics.example_differs", Severity.ERROR, place, {"difference": difference})
