"""Most sessions at once, explained by the sessions themselves: those that share one instant of the busiest day."""

from xiaoer.base.steps import Step
from xiaoer.metrics.literal import NO_NUMBER, NO_TEXT, sql_literal
from xiaoer.metrics.measure import Measure, Part

_SESSIONS = """
SELECT s.shop, s.day, s.hour, s.agent, s.buyer, s.start_at, s.end_at
FROM session s JOIN peak_day p ON p.shop = s.shop AND p.day = s.day AND p.agent = s.agent
"""

# Overlapping sessions are most at the start of one of them; of equal instants the first is taken.
_OVERLAPPING = """
SELECT i.peak_at, COUNT(s.start_at) AS sessions
FROM (SELECT start_at AS peak_at FROM peak_session GROUP BY start_at) i
JOIN peak_session s ON s.start_at <= i.peak_at AND s.end_at >= i.peak_at
GROUP BY i.peak_at
"""

_INSTANT = """
SELECT peak_at FROM (
  SELECT peak_at, ROW_NUMBER() OVER (ORDER BY 0 - sessions ASC NULLS LAST, peak_at ASC NULLS LAST) AS place
  FROM peak_overlapping
) placed
WHERE place = 1
"""

_NONE = {"reference": NO_TEXT, "order_created_micros": NO_NUMBER, "order_paid_micros": NO_NUMBER,
         "other_agent": NO_TEXT, "reason": NO_TEXT, "buyer_by": NO_TEXT, "buyer_confidence": NO_NUMBER}  # fmt: skip


def is_peak(measure: Measure) -> bool:
    """Return whether a measure is the most sessions at once: its rows are sessions that add up, not days."""
    return measure.aggregate.from_ == "agent_day" and measure.aggregate.max == "max_concurrent"


def peak_steps(part: Part, *, source: str, predicates: str) -> list[Step]:
    """Return the steps whose last one, rows_of_<part>, lists the sessions of the peak; `source` reads agent_day."""
    busiest = f"""
SELECT shop, day, agent FROM (
  SELECT shop, day, agent, ROW_NUMBER() OVER (ORDER BY 0 - max_concurrent ASC NULLS LAST, day ASC NULLS LAST,
    shop ASC NULLS LAST, agent ASC NULLS LAST) AS place
  {source} AND {predicates}) placed
WHERE place = 1
"""
    unknown = ", ".join(f"{sql} AS {name}" for name, sql in _NONE.items())
    listed = f"""
SELECT {sql_literal(part.value)} AS part, s.shop, s.day, s.hour, s.agent, s.buyer, s.start_at AS start_micros,
  s.end_at AS end_micros, {unknown}, CAST(1 AS DECIMAL(38, 4)) AS adds
FROM peak_session s JOIN peak_instant i ON s.start_at <= i.peak_at AND s.end_at >= i.peak_at
"""
    return [
        Step("peak_day", busiest),
        Step("peak_session", _SESSIONS),
        Step("peak_overlapping", _OVERLAPPING),
        Step("peak_instant", _INSTANT),
        Step(f"rows_of_{part}", listed),
    ]
