"""Inquiry or after-sale, and what became of it: converted, assisted another, lost before or after ordering."""

from xiaoer.base.steps import Step

# Orders of the buyer near each reception: `fresh` ones were created in the window after its first message. Of the
# agent's receptions that an order is fresh to, the last (`nth_before` 1) has its money, so that no yuan counts twice.
INQUIRY_ORDER = """
SELECT r.shop, r.day, r.buyer, r.agent, o.agent AS credited_agent, o.order_id, o.created_at, o.paid_at,
  o.buyer_by, o.buyer_confidence,
  CASE WHEN o.created_at >= r.start_at THEN 1 ELSE 0 END AS fresh,
  CASE WHEN o.paid_at <= o.created_at + d.final_payment_micros THEN 1 ELSE 0 END AS paid_in_time,
  CASE WHEN o.paid_day <= d.next_day THEN 1 ELSE 0 END AS paid_by_next_day,
  CASE WHEN o.paid_day = r.day THEN 1 ELSE 0 END AS paid_same_day,
  CASE WHEN o.created_day = r.day THEN 1 ELSE 0 END AS created_same_day,
  CASE WHEN o.created_day <= d.next_day THEN 1 ELSE 0 END AS created_by_next_day,
  CASE WHEN o.shipped THEN 1 ELSE 0 END AS shipped, o.amount_paid,
  ROW_NUMBER() OVER (PARTITION BY r.shop, o.order_id, r.agent, CASE WHEN o.created_at >= r.start_at THEN 1 ELSE 0 END
    ORDER BY r.start_at DESC NULLS LAST, r.day DESC NULLS LAST) AS nth_before
FROM reception r
JOIN day_setting d ON d.shop = r.shop AND d.day = r.day
JOIN credited_order o ON o.shop = r.shop AND o.buyer = r.buyer
WHERE o.created_at >= r.start_at - d.after_sale_micros AND o.created_at < r.start_at + d.inquiry_order_micros
"""

INQUIRY_SIGN = """
SELECT shop, day, buyer, agent, MAX(fresh) AS ordered, MAX(1 - fresh) AS bought_before,
  MAX(CASE WHEN credited_agent = agent THEN fresh * paid_in_time ELSE 0 END) AS converted_final,
  MAX(CASE WHEN credited_agent = agent THEN fresh * paid_by_next_day ELSE 0 END) AS converted_next_day,
  MAX(CASE WHEN credited_agent = agent THEN fresh * paid_same_day ELSE 0 END) AS converted_same_day,
  MAX(fresh * created_same_day) AS ordered_same_day, MAX(fresh * created_by_next_day) AS ordered_next_day,
  MAX(CASE WHEN credited_agent = agent THEN fresh * shipped ELSE 0 END) AS shipped,
  SUM(CASE WHEN credited_agent = agent AND nth_before = 1 AND fresh * paid_in_time = 1 THEN amount_paid ELSE 0 END)
    AS final_amount_paid,
  SUM(CASE WHEN credited_agent = agent AND nth_before = 1 AND fresh * paid_same_day = 1 THEN amount_paid ELSE 0 END)
    AS same_day_amount_paid,
  MAX(CASE WHEN credited_agent <> agent THEN fresh ELSE 0 END) AS credited_elsewhere
FROM inquiry_order GROUP BY shop, day, buyer, agent
"""

INQUIRY_JUDGED = """
SELECT r.shop, r.day, r.hour, r.buyer, r.agent, r.start_at,
  CASE WHEN COALESCE(s.ordered, 0) = 1 OR COALESCE(s.bought_before, 0) = 0 THEN TRUE ELSE FALSE END AS is_inquiry,
  COALESCE(s.ordered, 0) AS ordered, COALESCE(s.converted_final, 0) AS converted_final,
  COALESCE(s.converted_next_day, 0) AS converted_next_day, COALESCE(s.credited_elsewhere, 0) AS credited_elsewhere,
  COALESCE(s.converted_same_day, 0) AS converted_same_day, COALESCE(s.ordered_same_day, 0) AS ordered_same_day,
  COALESCE(s.ordered_next_day, 0) AS ordered_next_day, COALESCE(s.shipped, 0) AS shipped,
  COALESCE(s.final_amount_paid, 0) AS final_amount_paid, COALESCE(s.same_day_amount_paid, 0) AS same_day_amount_paid,
  r.recommendations
FROM reception r LEFT JOIN inquiry_sign s
ON s.shop = r.shop AND s.day = r.day AND s.buyer = r.buyer AND s.agent = r.agent
"""

INQUIRY = """
SELECT shop, day, hour, buyer, agent, start_at, is_inquiry, ordered = 1 AS ordered,
  converted_next_day = 1 AS converted_next_day, converted_final = 1 AS converted_final,
  converted_same_day = 1 AS converted_same_day, ordered_same_day = 1 AS ordered_same_day,
  ordered_next_day = 1 AS ordered_next_day, shipped = 1 AS shipped, final_amount_paid, same_day_amount_paid,
  recommendations,
  CASE WHEN NOT is_inquiry THEN NULL WHEN converted_final = 1 THEN 'converted'
    WHEN credited_elsewhere = 1 THEN 'assist' WHEN ordered = 1 THEN 'lost_unpaid'
    ELSE 'lost_not_ordered' END AS outcome
FROM inquiry_judged
"""

INQUIRY_STEPS = [
    Step("inquiry_order", INQUIRY_ORDER),
    Step("inquiry_sign", INQUIRY_SIGN),
    Step("inquiry_judged", INQUIRY_JUDGED),
    Step("inquiry", INQUIRY),
]
