"""What stands behind a row of a figure: the order that decided, another account that had a part, and the reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xiaoer.base.steps import Step
from xiaoer.metrics.literal import NO_NUMBER, NO_TEXT
from xiaoer.metrics.measure import Measure
from xiaoer.metrics.relations import RELATIONS

# Read for explanations only; metrics are not written over them.
RELATIONS_BEHIND = ("inquiry_order", "credited_order")

# A metric that names one of these flags asks for payment by another moment than the usual one.
_PAID_BY = {"converted_same_day": "paid_same_day", "converted_next_day": "paid_by_next_day"}
_CREATED_BY = {"ordered_same_day": "created_same_day", "ordered_next_day": "created_by_next_day"}


@dataclass(frozen=True)
class Behind:
    """The steps to take first, the relation to read in place of the plain one, and its columns by what they tell."""

    relation: str
    steps: tuple[Step, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> str:
        """Return the SQL of a column of the explanation; unknown where this relation cannot tell it."""
        return self.columns.get(name, NO_NUMBER if name.endswith(("_micros", "_confidence")) else NO_TEXT)


def behind(measure: Measure, *, agent: str, policy: str, together: Iterable[Measure]) -> Behind:
    """Return what is known about the rows of a measure; `together` are all measures of its metric."""
    name = measure.relation.name
    match name:
        case "inquiry":
            return _inquiry(" ".join(each.condition for each in together))
        case "assist":
            return _assist()
        case "created_order" | "paid_order":
            return Behind(name, columns=_sale(agent, policy, list(measure.relation.columns)))
        case "reception":
            return Behind(name, columns={"reason": _ANSWERED.format(transferred="transferred_out")})
        case "consultation":
            answered = _ANSWERED.format(transferred="NOT unreplied")
            return Behind(name, columns={"reason": f"COALESCE(filter_reason, {answered})"})
    return Behind(name)


_ANSWERED = "CASE WHEN replied THEN 'replied' WHEN {transferred} THEN 'transferred_out' ELSE 'unreplied' END"

# How an order's buyer is known is told where the order itself does not say.
_FOUND = "CASE WHEN {order}buyer_by IN ('order_id', 'masked_nick') THEN {order}buyer_by END"
_ORDER_COLUMNS = {
    "reference": "behind_order", "order_created_micros": "behind_created", "order_paid_micros": "behind_paid",
    "other_agent": "behind_agent", "reason": "behind_reason", "buyer_by": "behind_buyer_by",
    "buyer_confidence": "behind_confidence",
}  # fmt: skip


def _inquiry(conditions: str) -> Behind:
    """Return the inquiries each with one order: of those that decided alike the earliest, then the lowest number."""
    paid = next((sql for flag, sql in _PAID_BY.items() if flag in conditions), "paid_in_time")
    created = next((f"o.fresh * o.{sql}" for flag, sql in _CREATED_BY.items() if flag in conditions), "1")
    ranked = f"""
SELECT o.shop, o.day, o.buyer, o.agent, o.order_id, o.created_at, o.paid_at, 1 - {created} AS late,
  {_FOUND.format(order="o.")} AS buyer_by, o.buyer_confidence,
  CASE WHEN o.credited_agent <> o.agent THEN o.credited_agent END AS colleague,
  CASE WHEN o.fresh = 0 THEN 5
    WHEN o.credited_agent = o.agent AND o.{paid} = 1 THEN 1
    WHEN o.credited_agent <> o.agent AND i.outcome = 'assist' THEN 2
    WHEN o.credited_agent <> o.agent THEN 4
    WHEN o.{paid} = 0 THEN 3 ELSE 4 END AS decides
FROM inquiry_order o JOIN inquiry i ON i.shop = o.shop AND i.day = o.day AND i.buyer = o.buyer AND i.agent = o.agent
"""
    first = """
SELECT shop, day, buyer, agent, order_id, created_at, paid_at, buyer_by, buyer_confidence, colleague, decides FROM (
  SELECT shop, day, buyer, agent, order_id, created_at, paid_at, buyer_by, buyer_confidence, colleague, decides,
    ROW_NUMBER() OVER (
    PARTITION BY shop, day, buyer, agent ORDER BY late ASC NULLS LAST, decides ASC NULLS LAST,
    created_at ASC NULLS LAST, order_id ASC NULLS LAST) AS place
  FROM inquiry_order_ranked) placed
WHERE place = 1
"""
    joined = f"""
SELECT {_columns_of("inquiry", "i")}, o.order_id AS behind_order, o.created_at AS behind_created,
  o.paid_at AS behind_paid, o.colleague AS behind_agent, o.buyer_by AS behind_buyer_by,
  o.buyer_confidence AS behind_confidence,
  CASE WHEN o.decides = 1 THEN 'converted' WHEN o.decides = 2 THEN 'credited_to_colleague'
    WHEN o.decides = 3 THEN 'not_paid_in_time' WHEN o.decides = 4 THEN 'ordered_silently'
    WHEN o.decides = 5 THEN 'after_sale' ELSE 'not_ordered' END AS behind_reason
FROM inquiry i LEFT JOIN inquiry_order_first o
ON o.shop = i.shop AND o.day = i.day AND o.buyer = i.buyer AND o.agent = i.agent
"""
    steps = Step("inquiry_order_ranked", ranked), Step("inquiry_order_first", first), Step("inquiry_behind", joined)
    return Behind("inquiry_behind", steps, _ORDER_COLUMNS)


def _assist() -> Behind:
    joined = f"""
SELECT {_columns_of("assist", "a")}, o.created_at AS behind_created, o.paid_at AS behind_paid, o.agent AS behind_agent,
  {_FOUND.format(order="o.")} AS behind_buyer_by, o.buyer_confidence AS behind_confidence,
  CASE WHEN a.kind = 'order' THEN 'assisted_order' ELSE 'assisted_follow_up' END AS behind_reason
FROM assist a JOIN credited_order o ON o.shop = a.shop AND o.order_id = a.order_id
"""
    return Behind("assist_behind", (Step("assist_behind", joined),), _ORDER_COLUMNS | {"reference": "order_id"})


def _sale(agent: str, policy: str, known: list[str]) -> dict[str, str]:
    """Return by which rule an order is an agent's, and the account that the other rule names."""
    rules = {"order": ("order_agent",), "payment": ("payment_agent",)}.get(policy, ("order_agent", "payment_agent"))
    if agent in known and agent != "agent":
        rules = (agent,)
    named = " ".join(f"WHEN {rule} IS NOT NULL THEN '{rule}'" for rule in rules)
    others = " ".join(
        f"WHEN {rule} <> {agent} OR {agent} IS NULL AND {rule} IS NOT NULL THEN {rule}"
        for rule in ("order_agent", "payment_agent")
    )
    return {
        "reason": f"CASE {named} ELSE 'silent_order' END",
        "other_agent": f"CASE {others} END",
        "buyer_by": _FOUND.format(order=""),
        "buyer_confidence": "buyer_confidence",
    }


def _columns_of(relation: str, alias: str) -> str:
    return ", ".join(f"{alias}.{column}" for column in RELATIONS[relation].columns)
