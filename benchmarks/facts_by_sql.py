"""All that the facts of messages are, by window functions: contacts, sessions, rounds, most at once, as by hand in SQL.

What one wants of chats is seldom waits alone; this is the same work as ours, over the same rows, with default settings.
One SQL for DuckDB and Spark: what they spell differently stands in braces.
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

WINDOWS = {name: seconds * 1_000_000 for name, seconds in
           (("gap", 600), ("cap", 600), ("slow", 120), ("long", 1800), ("in_time", 180))}  # fmt: skip
DUCKDB = {
    "table": "CREATE TABLE", "row": "row", "list": "list_value",
    "asked_in_time": f"len(list_filter(asked, lambda each: answered_at - each <= {WINDOWS['in_time']}))",
}  # fmt: skip

_SPOKEN = """
{table} spoken AS
SELECT *, sum(CASE WHEN before IS NULL OR moment - before >= {gap} THEN 1 ELSE 0 END) OVER own AS session_no
FROM (
  SELECT *, sender = 'buyer' AS asks, sender = 'agent' AND NOT auto AS human,
    lag(moment) OVER (PARTITION BY day, buyer, agent ORDER BY moment, place) AS before,
    row_number() OVER (PARTITION BY day, buyer, agent ORDER BY moment, place) AS nth
  FROM ({lines}) WHERE sender IN ('buyer', 'agent'))
WINDOW own AS (PARTITION BY day, buyer, agent ORDER BY moment, place)"""

_RUN = """
{table} run AS
SELECT *, sum(CASE WHEN asks AND NOT asked_before THEN 1 ELSE 0 END) OVER talk AS run_no
FROM (
  SELECT day, buyer, agent, moment, place, asks, session_no,
    coalesce(lag(asks) OVER (PARTITION BY day, buyer ORDER BY moment, place), FALSE) AS asked_before
  FROM spoken WHERE asks OR human)
WINDOW talk AS (PARTITION BY day, buyer ORDER BY moment, place)"""

_ALL_ROUNDS = """
{table} every_round AS
SELECT day, buyer, opened_at, answered_at, answered_at - opened_at AS wait_micros, messages,
  asked, asked_micros,
  CASE WHEN answered_at IS NULL THEN last_agent ELSE answerer END AS agent,
  CASE WHEN answered_at IS NULL THEN last_session ELSE answer_session END AS session_no
FROM (
  SELECT day, buyer, run_no, min(CASE WHEN asks THEN moment END) AS opened_at,
    min(CASE WHEN NOT asks THEN moment END) AS answered_at, count(CASE WHEN asks THEN 1 END) AS messages,
    array_agg(moment) FILTER (WHERE asks) AS asked, sum(CASE WHEN asks THEN moment END) AS asked_micros,
    max_by(agent, {row}(moment, place)) FILTER (WHERE asks) AS last_agent,
    max_by(session_no, {row}(moment, place)) FILTER (WHERE asks) AS last_session,
    min_by(agent, {row}(moment, place)) FILTER (WHERE NOT asks) AS answerer,
    min_by(session_no, {row}(moment, place)) FILTER (WHERE NOT asks) AS answer_session
  FROM run GROUP BY day, buyer, run_no HAVING run_no > 0)"""

_CONTACT = """
{table} contact AS
SELECT c.*, coalesce(r.answered, 0) AS answered_rounds, coalesce(r.slow, 0) AS slow_waits,
  CASE WHEN c.bulk THEN 'bulk_message' WHEN c.buyer_messages = 0 AND coalesce(r.answered, 0) = 0 THEN 'monologue' END
    AS filter_reason
FROM (
  SELECT day, buyer, agent, min(moment) AS start_at, max(moment) AS end_at,
    count(CASE WHEN asks THEN 1 END) AS buyer_messages, count(CASE WHEN human THEN 1 END) AS agent_messages,
    count(CASE WHEN NOT asks AND NOT human THEN 1 END) AS autos,
    sum(CASE WHEN human THEN characters ELSE 0 END) AS agent_characters, min(CASE WHEN human THEN moment END)
      AS first_human_at, coalesce(min_by(bulk, {row}(moment, place)) FILTER (WHERE asks), FALSE) AS bulk
  FROM spoken GROUP BY day, buyer, agent) c
LEFT JOIN (
  SELECT day, buyer, agent, count(answered_at) AS answered, count(CASE WHEN wait_micros > {slow} THEN 1 END) AS slow
  FROM every_round GROUP BY day, buyer, agent) r USING (day, buyer, agent)"""

_SESSION = """
{table} session AS
SELECT s.*, s.end_at - s.start_at AS duration_micros, s.end_at - s.start_at > {long} AS long,
  CASE WHEN buyer_opened THEN s.first_human_at - s.start_at END AS first_response_micros,
  coalesce(answered, 0) AS answered_rounds, coalesce(unanswered, 0) AS unanswered_rounds,
  coalesce(waited, 0) AS wait_micros, coalesce(longest, 0) AS longest_wait_micros
FROM (
  SELECT day, buyer, agent, session_no, min(moment) AS start_at, max(moment) AS end_at,
    min(CASE WHEN human THEN moment END) AS first_human_at, max(CASE WHEN human THEN moment END) AS last_human_at,
    min_by(asks, nth) AS buyer_opened
  FROM spoken GROUP BY day, buyer, agent, session_no) s
JOIN contact USING (day, buyer, agent)
LEFT JOIN (
  SELECT day, buyer, agent, session_no, count(answered_at) AS answered, count(*) - count(answered_at) AS unanswered,
    sum(wait_micros) AS waited, max(wait_micros) AS longest
  FROM every_round GROUP BY day, buyer, agent, session_no) USING (day, buyer, agent, session_no)
WHERE filter_reason IS NULL"""

_ROUND = """
{table} round AS
SELECT r.day, r.buyer, r.agent, opened_at, answered_at, wait_micros, messages,
  CASE WHEN wait_micros > {cap} THEN {cap} ELSE wait_micros END AS counted_wait_micros,
  CASE WHEN answered_at IS NULL THEN 0
    ELSE {asked_in_time} END AS messages_in_time,
  messages * answered_at - asked_micros AS message_wait_micros
FROM every_round r JOIN contact c USING (day, buyer, agent) WHERE c.filter_reason IS NULL"""

_AGENT_DAY = """
{table} agent_day AS
SELECT day, agent, max(at_once) AS max_concurrent
FROM (
  SELECT day, agent, sum(step) OVER (PARTITION BY day, agent ORDER BY moment, step DESC
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS at_once
  FROM (
    SELECT day, agent, start_at AS moment, 1 AS step FROM session
    UNION ALL SELECT day, agent, end_at AS moment, -1 AS step FROM session))
GROUP BY day, agent"""

_TOLD = """
SELECT (SELECT {list}(count(*), count(filter_reason), sum(agent_characters), sum(slow_waits)) FROM contact),
  (SELECT {list}(count(*), sum(duration_micros), sum(first_response_micros), sum(wait_micros),
    count(CASE WHEN long THEN 1 END), sum(longest_wait_micros), sum(unanswered_rounds)) FROM session),
  (SELECT {list}(count(*), count(answered_at), sum(counted_wait_micros), sum(messages_in_time),
    sum(message_wait_micros)) FROM round),
  (SELECT {list}(count(*), sum(max_concurrent)) FROM agent_day)"""

Sums = list[tuple[list[int], ...]]


def facts_by_sql(parquet: Path) -> Sums:
    """Return what all facts of a file of messages come to, made by window functions."""
    lines = (
        "SELECT local_date AS day, buyer, agent, epoch_us(sent_at) AS moment, sender, auto, characters, bulk, "
        f"source_row AS place FROM read_parquet('{parquet}')"
    )
    with with_facts(lines) as database:
        return database.execute(told(DUCKDB)).fetchall()


def with_facts(lines: str) -> duckdb.DuckDBPyConnection:
    """Return a database with all facts of some SQL's rows: day, buyer, agent, moment, sender, auto, … as above."""
    database = duckdb.connect()
    for sql in made(lines, DUCKDB).values():
        database.execute(sql)
    return database


def made(lines: str, dialect: Mapping[str, str]) -> dict[str, str]:
    """Return the SQL that makes each table of some SQL's rows, in the order in which they stand on each other."""
    steps = {"spoken": _SPOKEN, "run": _RUN, "every_round": _ALL_ROUNDS, "contact": _CONTACT, "session": _SESSION,
             "round": _ROUND, "agent_day": _AGENT_DAY}  # fmt: skip
    return {name: sql.format(lines=lines, **WINDOWS, **dialect) for name, sql in steps.items()}


def told(dialect: Mapping[str, str]) -> str:
    """Return the SQL of what the facts come to."""
    return _TOLD.format(**dialect)


def sums_of(facts: Mapping[str, pa.Table]) -> Sums:
    """Return what facts come to that somebody else made."""
    with duckdb.connect() as database:
        for name, table in facts.items():
            database.register(name, table)
        return database.execute(told(DUCKDB)).fetchall()
