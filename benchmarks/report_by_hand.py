"""The sixty figures by agent and day as one would write them by hand in DuckDB: for this shop and this year alone.

It reads the same Parquet facts and the shop's own batches, with every window and rule spelled out, and nothing kept.
"""

from pathlib import Path

import duckdb
import pyarrow as pa

WEEKS = "DATE '2023-12-04'"  # the 28 days up to the last

STEPS = """
CREATE TEMP TABLE o AS SELECT order_id, buyer, epoch_us(created_at) AS c, epoch_us(paid_at) AS p, amount_paid,
  item_count, CAST(created_at + INTERVAL 8 HOUR AS DATE) AS created_day,
  CAST(paid_at + INTERVAL 8 HOUR AS DATE) AS paid_day
FROM read_parquet('{batches}/orders/*.parquet');

CREATE TEMP TABLE q AS
SELECT order_id, 'c' AS event, agent, start_at, end_at, last_human_at, end_at < c AS before
FROM o JOIN session s USING (buyer)
WHERE first_human_at <= c AND start_at <= c AND end_at >= c - 172800000000
UNION ALL
SELECT order_id, 'p', agent, start_at, end_at, last_human_at, end_at < p FROM o JOIN session s USING (buyer)
WHERE first_human_at <= p AND start_at <= p AND end_at >= p - 172800000000;

CREATE TEMP TABLE won AS SELECT order_id, event, agent FROM q
QUALIFY row_number() OVER (PARTITION BY order_id, event ORDER BY before, end_at DESC, start_at DESC, agent) = 1;

CREATE TEMP TABLE credited AS SELECT o.*, w.agent AS order_agent, coalesce(w.agent, x.agent) AS agent FROM o
LEFT JOIN won w ON w.order_id = o.order_id AND w.event = 'c'
LEFT JOIN won x ON x.order_id = o.order_id AND x.event = 'p';

CREATE TEMP TABLE signs AS
SELECT r.day, r.buyer, r.agent, max(fresh) AS ordered, max(1 - fresh) AS before,
  max(CASE WHEN k.agent = r.agent THEN fresh * CAST(p <= c + 345600000000 AS INT) END) AS final,
  max(CASE WHEN k.agent = r.agent THEN fresh * CAST(paid_day <= r.day + 1 AS INT) END) AS next_day,
  max(CASE WHEN k.agent <> r.agent THEN fresh END) AS elsewhere
FROM reception r JOIN credited k USING (buyer), LATERAL (SELECT CAST(c >= r.start_at AS INT) AS fresh)
WHERE c >= r.start_at - 1814400000000 AND c < r.start_at + 172800000000 GROUP BY ALL;

CREATE TEMP TABLE by_reception AS
SELECT agent, day, count(*) AS received_buyers, count(*) FILTER (agent_messages > 0) AS replied_buyers,
  count(*) FILTER (agent_messages = 0 AND NOT transferred_out) AS unreplied_buyers,
  sum(buyer_messages) AS buyer_messages,
  sum(agent_messages) AS agent_messages, sum(agent_characters) AS agent_characters,
  count(*) FILTER (slow) AS slow_buyers
FROM reception GROUP BY ALL;

CREATE TEMP TABLE by_consultation AS
SELECT agent, day, count(*) AS consulted_buyers, count(*) FILTER (agent_messages > 0) AS consulted_replied
FROM contact WHERE NOT is_robot GROUP BY ALL;

CREATE TEMP TABLE by_session AS
SELECT agent, day, count(*) AS sessions, sum(duration_micros) / count(*) / 1e6 AS session_seconds_mean,
  sum(first_response_micros) / count(first_response_micros) / 1e6 AS first_response_seconds,
  count(*) FILTER (buyer_opened AND hour BETWEEN 9 AND 22 AND first_response_micros <= 30000000)
    / nullif(count(*) FILTER (buyer_opened AND hour BETWEEN 9 AND 22), 0) AS jd_first_30_seconds_share
FROM session GROUP BY ALL;

CREATE TEMP TABLE by_round AS
SELECT agent, day, count(*) AS rounds, count(answered_at) AS answered_rounds,
  sum(counted_wait_micros) / count(counted_wait_micros) / 1e6 AS average_response_seconds,
  quantile_cont(wait_micros, 0.5) / 1e6 AS median_response_seconds,
  quantile_cont(wait_micros, 0.9) / 1e6 AS p90_response_seconds,
  count(*) FILTER (hour BETWEEN 8 AND 23 AND wait_micros <= 180000000)
    / nullif(count(*) FILTER (hour BETWEEN 8 AND 23), 0) AS three_minute_share,
  max(wait_micros) / 1e6 AS longest_response_seconds
FROM round WHERE agent IS NOT NULL GROUP BY ALL;

CREATE TEMP TABLE by_asker AS
SELECT agent, day, count(*) FILTER (in_time) / count(*) AS pdd_three_minute_reply_share FROM (
  SELECT agent, day, buyer, bool_and(coalesce(wait_micros <= 180000000, FALSE)) AS in_time
  FROM round WHERE hour BETWEEN 8 AND 22 AND agent IS NOT NULL GROUP BY ALL) GROUP BY ALL;

CREATE TEMP TABLE by_inquiry AS
SELECT agent, day, count(*) FILTER (asks AND NOT assist) AS inquiry_buyers,
  count(*) FILTER (asks) AS inquiry_buyers_all,
  count(*) FILTER (NOT asks) AS after_sale_buyers,
  count(*) FILTER (asks AND NOT assist AND did_order) AS ordered_buyers,
  count(*) FILTER (asks AND paid) AS converted_buyers_final,
  count(*) FILTER (asks AND NOT assist AND next) AS converted_next_day,
  count(*) FILTER (asks AND NOT assist AND NOT paid AND NOT did_order) AS lost_not_ordered_buyers,
  count(*) FILTER (asks AND NOT assist AND NOT paid AND did_order) AS lost_unpaid_buyers
FROM (SELECT r.agent, r.day, coalesce(ordered, 0) = 1 AS did_order, did_order OR coalesce(before, 0) = 0 AS asks,
  coalesce(final, 0) = 1 AS paid, coalesce(next_day, 0) = 1 AS next, NOT paid AND coalesce(elsewhere, 0) = 1 AS assist
  FROM reception r LEFT JOIN signs s ON s.day = r.day AND s.buyer = r.buyer AND s.agent = r.agent) GROUP BY ALL;

CREATE TEMP TABLE by_created AS SELECT agent, created_day AS day, count(*) AS credited_orders FROM credited
WHERE agent IS NOT NULL GROUP BY ALL;
CREATE TEMP TABLE by_ordered AS SELECT order_agent AS agent, created_day AS day, count(p) / count(*) AS payment_share
FROM credited WHERE order_agent IS NOT NULL GROUP BY ALL;
CREATE TEMP TABLE back AS SELECT order_id, sum(amount) AS refunded FROM refunds WHERE status = 'success' GROUP BY ALL;
CREATE TEMP TABLE by_paid AS
SELECT agent, paid_day AS day, count(*) AS paid_orders, sum(amount_paid) AS sales_yuan,
  coalesce(sum(refunded), 0) AS refunded_yuan,
  sum(amount_paid) - coalesce(sum(refunded), 0) AS net_sales_yuan, sum(item_count) AS items_sold,
  count(DISTINCT buyer) AS paying_buyers, sum(amount_paid) / count(DISTINCT buyer) AS spend_per_buyer_yuan,
  sum(amount_paid) / sum(item_count) AS price_per_item_yuan
FROM credited LEFT JOIN back USING (order_id) WHERE p IS NOT NULL AND agent IS NOT NULL GROUP BY ALL;
CREATE TEMP TABLE by_shop AS
SELECT paid_day AS day, sum(amount_paid) AS shop_sales_yuan,
  coalesce(sum(amount_paid) FILTER (agent IS NULL), 0) AS silent_sales_yuan
FROM credited WHERE p IS NOT NULL GROUP BY ALL;
CREATE TEMP TABLE by_assist AS SELECT q.agent, created_day AS day, count(DISTINCT buyer) AS assisted_order_buyers
FROM q JOIN credited k USING (order_id) WHERE event = 'c' AND q.agent IS DISTINCT FROM k.agent GROUP BY ALL;
CREATE TEMP TABLE by_follow AS SELECT q.agent, paid_day AS day, count(DISTINCT buyer) AS assisted_follow_up_buyers
FROM q JOIN credited k USING (order_id)
WHERE event = 'p' AND q.agent IS DISTINCT FROM k.agent AND last_human_at > c GROUP BY ALL;

CREATE TEMP TABLE by_presence AS
SELECT agent, CAST(start_at + INTERVAL 8 HOUR AS DATE) AS day,
  coalesce(sum(epoch_us(end_at) - epoch_us(start_at)) FILTER (status = 'online'), 0) / 1e6 AS online_seconds,
  coalesce(sum(epoch_us(end_at) - epoch_us(start_at)) FILTER (status = 'away'), 0) / 1e6 AS away_seconds,
  min(start_at) FILTER (status = 'online') AS first_online_at, count(*) FILTER (came) AS logins_per_day
FROM (SELECT *, coalesce(lag(end_at) OVER (PARTITION BY agent ORDER BY start_at) < start_at, TRUE) AS came
  FROM read_parquet('{batches}/presence/*.parquet')) GROUP BY ALL;

CREATE TEMP TABLE by_rating AS
SELECT agent, CAST(invited_at + INTERVAL 8 HOUR AS DATE) AS day, count(*) AS ratings_sent,
  count(rated_at) / count(*) AS rated_share, count(*) FILTER (score >= 4) / nullif(count(score), 0) AS satisfied_share
FROM read_parquet('{batches}/ratings/*.parquet') GROUP BY ALL;

CREATE TEMP TABLE by_refund AS
SELECT agent, n / orders AS refund_share, hours AS refund_finish_hours FROM (
  SELECT agent, count(*) AS n,
    sum(epoch_us(finished_at) - epoch_us(requested_at))
    / count(finished_at) / 3.6e9 AS hours
  FROM refunds WHERE CAST(requested_at + INTERVAL 8 HOUR AS DATE) BETWEEN {weeks} AND DATE '2023-12-31' GROUP BY ALL)
FULL JOIN (SELECT agent, count(*) AS orders FROM credited
  WHERE paid_day BETWEEN {weeks} AND DATE '2023-12-31' GROUP BY ALL)
USING (agent);

CREATE TEMP TABLE by_call AS
SELECT agent, CAST(offered_at + INTERVAL 8 HOUR AS DATE) AS day, count(*) AS offered_calls,
  sum(epoch_us(answered_at) - epoch_us(offered_at))
    / nullif(count(answered_at), 0) / 1e6 AS average_speed_of_answer_seconds,
  sum(epoch_us(ended_at) - epoch_us(answered_at) + wrap_up_seconds * 1e6)
    / nullif(count(answered_at), 0) / 1e6 AS handle_seconds_mean
FROM read_parquet('{batches}/calls/*.parquet') GROUP BY ALL;
"""

# What no row of a table means: nothing was counted, or nothing is known.
ZERO = (
    "received_buyers", "replied_buyers", "unreplied_buyers", "sessions", "buyer_messages", "agent_messages",
    "agent_characters", "slow_buyers", "consulted_buyers", "rounds", "answered_rounds", "max_concurrent",
    "inquiry_buyers", "inquiry_buyers_all", "after_sale_buyers", "ordered_buyers", "converted_buyers_final",
    "lost_not_ordered_buyers", "lost_unpaid_buyers", "credited_orders", "paid_orders", "sales_yuan", "refunded_yuan",
    "net_sales_yuan", "items_sold", "paying_buyers", "assisted_order_buyers", "assisted_follow_up_buyers",
    "shop_sales_yuan", "silent_sales_yuan", "online_seconds", "away_seconds", "ratings_sent", "offered_calls",
)  # fmt: skip
AS_THEY_ARE = (
    "session_seconds_mean", "first_response_seconds", "average_response_seconds", "median_response_seconds",
    "p90_response_seconds", "three_minute_share", "longest_response_seconds", "jd_first_30_seconds_share",
    "pdd_three_minute_reply_share", "payment_share", "spend_per_buyer_yuan", "price_per_item_yuan", "first_online_at",
    "logins_per_day", "rated_share", "satisfied_share", "refund_share", "refund_finish_hours",
    "average_speed_of_answer_seconds", "handle_seconds_mean",
)  # fmt: skip
QUOTIENTS = {
    "reply_share": ("replied_buyers", "received_buyers"), "answer_question_ratio": ("agent_messages", "buyer_messages"),
    "platform_reply_share": ("consulted_replied", "consulted_buyers"),
    "conversion_share_final": ("converted_buyers_final", "inquiry_buyers"),
    "conversion_share_next_day": ("converted_next_day", "inquiry_buyers"),
    "agent_sales_share": ("coalesce(sales_yuan, 0)", "shop_sales_yuan"),
}  # fmt: skip
TABLES = (
    "by_reception", "by_consultation", "by_session", "by_round", "by_asker", "by_inquiry", "by_created", "by_ordered",
    "by_paid", "by_assist", "by_follow", "by_presence", "by_rating", "by_call", "most",
)  # fmt: skip


def report_by_hand(home: Path) -> pa.Table:
    """Return the sixty figures by agent and day of the benchmark's year."""
    facts, batches = home / "facts", home / "batches"
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        for name in ("contact", "session", "round"):
            engine.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{facts}/{name}-*.parquet')")
        engine.execute("CREATE VIEW reception AS SELECT * FROM contact WHERE filter_reason IS NULL AND NOT is_robot")
        engine.execute(f"CREATE VIEW refunds AS SELECT * FROM read_parquet('{batches}/refunds/*.parquet')")
        engine.execute(
            "CREATE VIEW most AS SELECT agent, day, max(max_concurrent) AS max_concurrent "
            f"FROM read_parquet('{facts}/agent_day-*.parquet') GROUP BY ALL"
        )
        engine.execute(STEPS.format(batches=batches, weeks=WEEKS))
        spine = " UNION ".join(f"SELECT agent, day FROM {table}" for table in TABLES)
        joins = " ".join(f"LEFT JOIN {table} USING (agent, day)" for table in TABLES)
        columns = [
            *(f"coalesce({name}, 0) AS {name}" for name in ZERO),
            *AS_THEY_ARE,
            *(f"{up} / nullif({down}, 0) AS {name}" for name, (up, down) in QUOTIENTS.items()),
        ]
        return engine.sql(
            f"SELECT agent, day, {', '.join(columns)} FROM ({spine}) {joins} LEFT JOIN by_shop USING (day) "
            "LEFT JOIN by_refund USING (agent) WHERE agent IS NOT NULL AND "
            "day BETWEEN DATE '2023-01-01' AND DATE '2023-12-31' ORDER BY agent, day"
        ).to_arrow_table()
