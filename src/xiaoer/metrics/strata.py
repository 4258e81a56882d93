"""The strata that load is adjusted for, as SQL: workday or weekend, and the kind of traffic a relation knows."""

from xiaoer.base.days import Period
from xiaoer.metrics.literal import sql_literal
from xiaoer.metrics.relations import Relation

_SATURDAY = 5
# What a relation knows of who came and why: the flag, its name when it holds and when not.
_TRAFFIC = {"buyer_opened": ("buyer_opened", "agent_opened"), "is_inquiry": ("inquiry", "after_sale")}
WORKDAY, WEEKEND, ALL = "workday", "weekend", "all"


def day_kind(period: Period) -> str:
    """Return the SQL that tells Saturdays and Sundays of a period from its other days."""
    weekends = ", ".join(sql_literal(day) for day in period.days() if day.weekday() >= _SATURDAY)
    holds = f"day IN ({weekends})" if weekends else "1 = 0"
    return f"CASE WHEN {holds} THEN '{WEEKEND}' ELSE '{WORKDAY}' END"


def traffic(relation: Relation) -> str:
    """Return the SQL of a row's kind of traffic: before or after a sale, or who opened the chat; else all are alike."""
    flag = next((name for name in _TRAFFIC if name in relation.columns), None)
    if flag is None:
        return f"CASE WHEN 1 = 1 THEN '{ALL}' END"
    yes, no = _TRAFFIC[flag]
    return f"CASE WHEN {flag} THEN '{yes}' ELSE '{no}' END"
