"""Metric definitions → named SQL steps → figures with their parts, and the rows behind each figure.

Worked examples (`example.py`, `example_check.py`) are imported from there: they need the facts, reports do not.
"""

from xiaoer.metrics.call_check import ALPHA, FEWEST_INTERVALS, CallCheck, CallSuspicion, CallVerdict, check_calls
from xiaoer.metrics.call_intervals import CallCounts, CallInterval, added_up, call_intervals, intervals_step
from xiaoer.metrics.comparison import OF_THE_METRIC, Compared, Comparison, Unknown, Verdict, compared, comparisons_of
from xiaoer.metrics.compiler import compile_report
from xiaoer.metrics.day_sums import can_come_from_sums, compile_from_sums, counts_beside
from xiaoer.metrics.earlier import EARLIER, Earlier, days_of_row, earlier_of
from xiaoer.metrics.explain import Question, compile_explain, filters_of
from xiaoer.metrics.explanation import ExplainedRow, Explanation, assemble_explanation
from xiaoer.metrics.figure import Figure, exact_figure, in_unit
from xiaoer.metrics.interval import Interval, cases_behind, counts_a_part, interval_of, wilson
from xiaoer.metrics.load_adjusted import LoadAdjusted, Stratum, adjusted_rows, strata_request
from xiaoer.metrics.maturity import Immature, days_to_mature, immature_on
from xiaoer.metrics.metric import Direction, Group, Level, Maturity, Metric, Unit
from xiaoer.metrics.month_sums import sums_of_months
from xiaoer.metrics.ranking import RankedBy, Ranking, ranked
from xiaoer.metrics.registry import load_metrics, metric_named
from xiaoer.metrics.report import Found, Report, assemble_report, exact_of, json_value
from xiaoer.metrics.report_rows import DimensionValue, Row
from xiaoer.metrics.request import Dimension, Request, check_metric_names, days_needed, dimensions_of
from xiaoer.metrics.rules import rule_lines
from xiaoer.metrics.standing import Standing, Standings, place_of, standings_of
from xiaoer.metrics.team import is_quantile, members_of, not_of_a_team, team_dimensions, team_figure, team_place
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
    "EARLIER",
    "OF_THE_METRIC",
    "UNIT_WORDS",
    "ChartKind",
    "Compared",
    "Comparison",
    "Dimension",
    "DimensionValue",
    "Direction",
    "Earlier",
    "ExplainedRow",
    "Explanation",
    "Figure",
    "Found",
    "Group",
    "Immature",
    "Interval",
    "Level",
    "LoadAdjusted",
    "Maturity",
    "Metric",
    "Question",
    "RankedBy",
    "Ranking",
    "Report",
    "Request",
    "Row",
    "Standing",
    "Standings",
    "Stratum",
    "Unit",
    "Unknown",
    "Verdict",
    "View",
    "adjusted_rows",
    "assemble_explanation",
    "assemble_report",
    "can_come_from_sums",
    "cases_behind",
    "check_metric_names",
    "compared",
    "comparisons_of",
    "compile_explain",
    "compile_from_sums",
    "compile_report",
    "counts_beside",
    "counts_a_part",
    "days_needed",
    "days_of_row",
    "days_to_mature",
    "dimensions_of",
    "earlier_of",
    "exact_figure",
    "exact_of",
    "filters_of",
    "immature_on",
    "in_unit",
    "interval_of",
    "is_quantile",
    "json_value",
    "load_metrics",
    "load_views",
    "members_of",
    "metric_named",
    "not_of_a_team",
    "place_of",
    "ranked",
    "rounded",
    "rule_lines",
    "say_figure",
    "say_seconds",
    "say_value",
    "standings_of",
    "strata_request",
    "sums_of_months",
    "team_dimensions",
    "team_figure",
    "team_place",
    "view_named",
    "wilson",
]
