"""Metric definitions → named SQL steps → figures with their parts, and the rows behind each figure.

Worked examples (`example.py`, `example_check.py`) are imported from there: they need the facts, reports do not.
"""

from xiaoer.metrics.call_check import ALPHA, FEWEST_INTERVALS, CallCheck, CallSuspicion, CallVerdict, check_calls
from xiaoer.metrics.call_intervals import CallCounts, CallInterval, added_up, call_intervals, intervals_step
from xiaoer.metrics.compiler import compile_report
from xiaoer.metrics.explain import Question, compile_explain, filters_of
from xiaoer.metrics.explanation import ExplainedRow, Explanation, assemble_explanation
from xiaoer.metrics.figure import Figure
from xiaoer.metrics.maturity import Immature, days_to_mature
from xiaoer.metrics.metric import Direction, Group, Level, Maturity, Metric, Unit
from xiaoer.metrics.portable import step_issues
from xiaoer.metrics.registry import load_metrics, metric_named
from xiaoer.metrics.report import Found, Report, Row, assemble_report, json_value
from xiaoer.metrics.request import Dimension, Request, check_metric_names, days_needed, dimensions_of
from xiaoer.metrics.rules import rule_lines
from xiaoer.metrics.view import ChartKind, View, load_views, view_named
from xiaoer.metrics.wording import UNIT_WORDS, rounded, say_figure, say_seconds, say_value

__all__ = [
    "ALPHA",
    "FEWEST_INTERVALS",
    "CallCheck",
    "CallCounts",
    "CallInterval",
    "CallSuspicion",
    "CallVerdict",
    "added_up",
    "call_intervals",
    "check_calls",
    "intervals_step",
    "UNIT_WORDS",
    "ChartKind",
    "Dimension",
    "Direction",
    "ExplainedRow",
    "Explanation",
    "Figure",
    "Found",
    "Group",
    "Immature",
    "Level",
    "Maturity",
    "Metric",
    "Question",
    "Report",
    "Request",
    "Row",
    "Unit",
    "View",
    "assemble_explanation",
    "assemble_report",
    "check_metric_names",
    "compile_explain",
    "compile_report",
    "days_needed",
    "days_to_mature",
    "dimensions_of",
    "filters_of",
    "json_value",
    "load_metrics",
    "load_views",
    "metric_named",
    "rule_lines",
    "rounded",
    "say_figure",
    "say_seconds",
    "say_value",
    "step_issues",
    "view_named",
]
