"""Who caused an order: sessions that qualify at its creation and payment, the one credited, the assists."""

from xiaoer.base.steps import Step

# One row per order and event (created, paid) with a buyer: the instant, and how far back a session may end.
ORDER_EVENT = """
SELECT o.shop, o.order_id, b.buyer, 'created' AS event, o.created_at AS at, d.credit_micros AS window_micros
FROM orders o JOIN order_buyer b ON b.shop = o.shop AND b.order_id = o.order_id
JOIN day_setting d ON d.shop = o.shop AND d.day = o.created_day
WHERE b.buyer IS NOT NULL
UNION ALL
SELECT o.shop, o.order_id, b.buyer, 'paid' AS event, o.paid_at AS at, d.credit_micros AS window_micros
FROM orders o JOIN order_buyer b ON b.shop = o.shop AND b.order_id = o.order_id
JOIN day_setting d ON d.shop = o.shop AND d.day = o.paid_day
WHERE b.buyer IS NOT NULL AND o.paid_at IS NOT NULL
"""

# Sessions with a human message by then that contain the instant (tier 0) or ended within the window before it (tier 1).
QUALIFYING_SESSION = """
SELECT e.shop, e.order_id, e.event, s.agent, s.start_at, s.end_at, s.last_human_at,
  CASE WHEN s.end_at >= e.at THEN 0 ELSE 1 END AS tier
FROM order_event e JOIN session s ON s.shop = e.shop AND s.buyer = e.buyer
WHERE s.first_human_at <= e.at AND s.start_at <= e.at AND s.end_at >= e.at - e.window_micros
"""

CREDITED = """
SELECT shop, order_id, event, agent FROM (
  SELECT shop, order_id, event, agent, ROW_NUMBER() OVER (
    PARTITION BY shop, order_id, event ORDER BY tier ASC NULLS LAST, end_at DESC NULLS LAST, start_at DESC NULLS LAST,
    agent ASC NULLS LAST) AS place
  FROM qualifying_session) ranked
WHERE place = 1
"""

# A corrected credit stands in for both, so whatever divides orders by who caused them still adds up.
_ORDER_AGENT = "CASE WHEN k.order_id IS NULL THEN c.agent ELSE k.agent END"
_PAYMENT_AGENT = "CASE WHEN k.order_id IS NULL OR o.paid_at IS NULL THEN p.agent ELSE k.agent END"
_AGENT_BY_POLICY = {
    "order": _ORDER_AGENT,
    "payment": _PAYMENT_AGENT,
    "order_first": f"COALESCE({_ORDER_AGENT}, {_PAYMENT_AGENT})",
}


def credited_order(policy: str) -> str:
    """Return the SQL of orders with their credits, corrected ones for original ones, and the policy's agent."""
    return f"""
SELECT o.shop, o.order_id, b.buyer, b.how AS buyer_by, b.confidence AS buyer_confidence, o.created_at, o.created_day,
  o.created_hour, o.paid_at, o.paid_day, o.paid_hour, o.amount_paid, o.item_count, o.amount_payable, o.postage,
  o.list_amount, o.shipped, o.is_deposit, o.is_cod,
  {_ORDER_AGENT} AS order_agent, {_PAYMENT_AGENT} AS payment_agent, {_AGENT_BY_POLICY[policy]} AS agent,
  c.agent AS original_order_agent, p.agent AS original_payment_agent
FROM orders o
JOIN order_buyer b ON b.shop = o.shop AND b.order_id = o.order_id
LEFT JOIN credited c ON c.shop = o.shop AND c.order_id = o.order_id AND c.event = 'created'
LEFT JOIN credited p ON p.shop = o.shop AND p.order_id = o.order_id AND p.event = 'paid'
LEFT JOIN corrected_credit k ON k.shop = o.shop AND k.order_id = o.order_id
"""


# Of orders that are nobody's at creation and at payment: who wrote to the buyer between the two and got no word back.
SILENT_FOLLOWER = """
SELECT shop, order_id, agent FROM (
  SELECT o.shop, o.order_id, c.agent, ROW_NUMBER() OVER (
    PARTITION BY o.shop, o.order_id ORDER BY c.first_human_at DESC NULLS LAST, c.agent ASC NULLS LAST) AS place
  FROM credited_order o
  JOIN contact c ON c.shop = o.shop AND c.buyer = o.buyer
  WHERE o.order_agent IS NULL AND o.payment_agent IS NULL AND NOT c.is_robot AND c.filter_reason = 'monologue'
    AND c.first_human_at >= o.created_at AND c.first_human_at <= o.paid_at) ranked
WHERE place = 1
"""

CREATED_ORDER = """
SELECT shop, created_day AS day, created_hour AS hour, order_id, buyer, created_at, paid_at, order_agent, payment_agent,
  agent, CASE WHEN paid_at IS NULL THEN FALSE ELSE TRUE END AS paid, amount_payable, item_count, shipped,
  original_order_agent, original_payment_agent, buyer_by, buyer_confidence
FROM credited_order
"""

PAID_ORDER = """
SELECT o.shop, o.paid_day AS day, o.paid_hour AS hour, o.order_id, o.buyer, o.created_at, o.paid_at, o.order_agent,
  o.payment_agent, o.agent, o.amount_paid, o.item_count, COALESCE(r.refunded, 0) AS refunded, o.amount_payable,
  o.postage, o.list_amount, o.shipped, o.is_deposit, o.is_cod, f.agent AS silent_agent,
  o.original_order_agent, o.original_payment_agent, o.buyer_by, o.buyer_confidence
FROM credited_order o LEFT JOIN (
  SELECT shop, order_id, SUM(amount) AS refunded FROM refund WHERE success GROUP BY shop, order_id
) r ON r.shop = o.shop AND r.order_id = o.order_id
LEFT JOIN silent_follower f ON f.shop = o.shop AND f.order_id = o.order_id
WHERE o.paid_at IS NOT NULL
"""

ASSIST = """
SELECT o.shop, o.created_day AS day, o.created_hour AS hour, o.order_id, o.buyer, q.agent, 'order' AS kind
FROM credited_order o JOIN qualifying_session q ON q.shop = o.shop AND q.order_id = o.order_id AND q.event = 'created'
WHERE o.agent IS NULL OR q.agent <> o.agent
GROUP BY o.shop, o.created_day, o.created_hour, o.order_id, o.buyer, q.agent
UNION ALL
SELECT o.shop, o.paid_day AS day, o.paid_hour AS hour, o.order_id, o.buyer, q.agent, 'follow_up' AS kind
FROM credited_order o JOIN qualifying_session q ON q.shop = o.shop AND q.order_id = o.order_id AND q.event = 'paid'
WHERE (o.agent IS NULL OR q.agent <> o.agent) AND q.last_human_at > o.created_at
GROUP BY o.shop, o.paid_day, o.paid_hour, o.order_id, o.buyer, q.agent
"""


def credit_steps(policy: str) -> list[Step]:
    """Return the steps from orders, order_buyer, refund, session, corrected_credit to created_order, paid_order."""
    return [
        Step("order_event", ORDER_EVENT),
        Step("qualifying_session", QUALIFYING_SESSION),
        Step("credited", CREDITED),
        Step("credited_order", credited_order(policy)),
        Step("silent_follower", SILENT_FOLLOWER),
        Step("created_order", CREATED_ORDER),
        Step("paid_order", PAID_ORDER),
        Step("assist", ASSIST),
    ]
