"""Who bought: as the order says, else by its id in a chat, else by what stars left of the nick, else nobody known."""

import pyarrow as pa

from xiaoer.base.steps import Step
from xiaoer.facts.named_numbers import number_of
from xiaoer.facts.nick_shape import nick_shapes
from xiaoer.store.engine_session import EngineSession

NICK_DAYS = 30  # how far back buyers are counted who could have fitted too
_MASKED = "buyer LIKE '%*%' OR buyer LIKE '%＊%'"

ALL_GIVEN = """
SELECT shop, order_id, buyer, 'given' AS how, CAST(NULL AS BIGINT) AS confidence, CAST(NULL AS BIGINT) AS candidates,
  CASE WHEN 1 = 0 THEN '' END AS reason
FROM orders
"""

# Orders to find a buyer for. Those with a whole nick are among them where chats hide nicks: their id may stand there.
OPEN_ORDER = """
SELECT o.shop, o.order_id, o.buyer AS given, o.masked_buyer AS nick, o.created_at, o.created_day, o.paid_at, o.paid_day,
  k.number, d.credit_micros, d.order_id_micros, d.match_order_ids, d.match_masked_nicks, d.masked_nick_confidence
FROM orders o
JOIN day_setting d ON d.shop = o.shop AND d.day = o.created_day
LEFT JOIN order_number k ON k.shop = o.shop AND k.order_id = o.order_id
WHERE o.buyer IS NULL OR {chats_masked}
"""

OPEN_EVENT = """
SELECT shop, order_id, given, created_at AS at, credit_micros AS window_micros FROM open_order
UNION ALL
SELECT o.shop, o.order_id, o.given, o.paid_at AS at, d.credit_micros AS window_micros
FROM open_order o JOIN day_setting d ON d.shop = o.shop AND d.day = o.paid_day
WHERE o.paid_at IS NOT NULL
"""

# Contacts with those who are no buyers name orders too: colleagues and couriers ask about them.
NAMING = """
SELECT DISTINCT o.shop, o.order_id, o.given, o.nick, n.buyer
FROM open_order o
JOIN named_number n ON n.shop = o.shop AND n.number = o.number
JOIN contact c ON c.shop = n.shop AND c.day = n.day AND c.buyer = n.buyer AND c.agent = n.agent
WHERE o.match_order_ids AND n.said_at >= o.created_at - o.credit_micros
  AND n.said_at <= o.created_at + o.order_id_micros AND COALESCE(c.filter_reason, 'kept')
  NOT IN ('own_account', 'listed_nick', 'advertising', 'bulk_message', 'corrected')
"""


def _alike(left: str, right: str) -> str:
    """Return the predicate that two shapes can be of one nick."""
    start = "CASE WHEN {0}.prefix_length < {1}.prefix_length THEN {0}.prefix_length ELSE {1}.prefix_length END"
    end = "CASE WHEN {0}.suffix_length < {1}.suffix_length THEN {0}.suffix_length ELSE {1}.suffix_length END"
    shorter_start, shorter_end = start.format(left, right), end.format(left, right)
    return (
        f"SUBSTRING({left}.prefix, 1, {shorter_start}) = SUBSTRING({right}.prefix, 1, {shorter_start}) "
        f"AND SUBSTRING({left}.suffix, {left}.suffix_length + 1 - {shorter_end}) "
        f"= SUBSTRING({right}.suffix, {right}.suffix_length + 1 - {shorter_end}) "
        f"AND {left}.shortest <= {right}.longest AND {right}.shortest <= {left}.longest"
    )


# Whoever named the order; one whose nick is not of the order's shape did so for somebody else.
NAMER = f"""
SELECT x.shop, x.order_id, x.buyer, CASE WHEN a.nick IS NULL THEN 1 WHEN {_alike("a", "b")} THEN 1 ELSE 0 END AS fits
FROM naming x
JOIN nick_shape b ON b.nick = x.buyer
LEFT JOIN nick_shape a ON a.nick = COALESCE(x.given, x.nick)
WHERE x.given IS NULL OR b.masked
"""

NAMED = """
SELECT shop, order_id, SUM(fits) AS candidates, COUNT(*) AS namers, MIN(CASE WHEN fits = 1 THEN buyer END) AS buyer
FROM namer GROUP BY shop, order_id
"""

_QUALIFIES = "s.first_human_at <= e.at AND s.start_at <= e.at AND s.end_at >= e.at - e.window_micros"

# Orders whose own nick has a session that can be credited need no other buyer.
GIVEN_SPOKE = f"""
SELECT DISTINCT e.shop, e.order_id
FROM named n
JOIN open_event e ON e.shop = n.shop AND e.order_id = n.order_id
JOIN session s ON s.shop = e.shop AND s.buyer = e.given
WHERE {_QUALIFIES}
"""

# Masked orders that nobody named, with the days on which chats and buyers are counted.
NICK_ORDER = """
SELECT o.shop, o.order_id, o.nick, a.prefix, a.suffix, a.prefix_length, a.suffix_length,
  CASE WHEN p.chat_first_day < d.chat_first_day THEN p.chat_first_day ELSE d.chat_first_day END AS chat_first_day,
  CASE WHEN p.known_first_day < d.known_first_day THEN p.known_first_day ELSE d.known_first_day END AS known_first_day,
  CASE WHEN o.paid_day > o.created_day THEN o.paid_day ELSE o.created_day END AS last_day
FROM open_order o
JOIN nick_shape a ON a.nick = o.nick
JOIN day_setting d ON d.shop = o.shop AND d.day = o.created_day
LEFT JOIN day_setting p ON p.shop = o.shop AND p.day = o.paid_day
LEFT JOIN named n ON n.shop = o.shop AND n.order_id = o.order_id
WHERE o.given IS NULL AND a.tells AND n.order_id IS NULL AND (o.match_masked_nicks OR {every_candidate})
"""

SPOKEN_BUYER = f"""
SELECT DISTINCT shop, day, buyer, CASE WHEN {_MASKED} THEN 1 ELSE 0 END AS masked
FROM session WHERE first_human_at IS NOT NULL
"""

# The start and end of every whole nick, as long as some mask keeps them: to be joined by equality.
NICK_KEY = """
SELECT b.shop, b.buyer, f.prefix_length, f.suffix_length, SUBSTRING(b.buyer, 1, f.prefix_length) AS prefix,
  SUBSTRING(b.buyer, CHAR_LENGTH(b.buyer) + 1 - f.suffix_length) AS suffix
FROM (SELECT DISTINCT shop, buyer FROM spoken_buyer WHERE masked = 0) b
CROSS JOIN (SELECT DISTINCT prefix_length, suffix_length FROM nick_order) f
WHERE CHAR_LENGTH(b.buyer) > f.prefix_length + f.suffix_length
"""

_OF_SHAPE = """ON k.shop = q.shop AND k.prefix_length = q.prefix_length AND k.suffix_length = q.suffix_length
  AND k.prefix = q.prefix AND k.suffix = q.suffix"""

# Buyers who talked in time and fit the mask; those whose own nick is masked may fit.
NICK_CANDIDATE = f"""
SELECT DISTINCT q.shop, q.order_id, s.buyer, 1 AS whole
FROM nick_order q
JOIN nick_key k {_OF_SHAPE}
JOIN open_event e ON e.shop = q.shop AND e.order_id = q.order_id
JOIN session s ON s.shop = e.shop AND s.buyer = k.buyer
WHERE {_QUALIFIES}
"""

# Two masks that keep a first character can only be alike when it is the same one: an equality that engines join by.
MASKED_CANDIDATE = f"""
SELECT DISTINCT q.shop, q.order_id, s.buyer, 0 AS whole
FROM nick_order q
JOIN nick_shape a ON a.nick = q.nick
JOIN nick_shape b ON {{first_characters}}
JOIN session s ON s.shop = q.shop AND s.buyer = b.nick
JOIN open_event e ON e.shop = q.shop AND e.order_id = q.order_id
WHERE b.masked AND {_QUALIFIES} AND {_alike("a", "b")}
"""
SAME_FIRST = "a.first_kept = b.first_kept AND a.first_kept <> ''"
NO_FIRST = "a.first_kept = '' OR b.first_kept = ''"

NICK_FOUND = """
SELECT shop, order_id, COUNT(*) AS candidates, SUM(whole) AS whole, MIN(buyer) AS buyer
FROM (
  SELECT shop, order_id, buyer, whole FROM nick_candidate
  UNION ALL SELECT shop, order_id, buyer, whole FROM masked_candidate
  UNION ALL SELECT shop, order_id, buyer, whole FROM masked_candidate_at_end) together
GROUP BY shop, order_id
"""

CHATTED = """
SELECT q.shop, q.chat_first_day, q.last_day, COUNT(DISTINCT b.buyer) AS chatted
FROM (SELECT DISTINCT shop, chat_first_day, last_day FROM nick_order) q
JOIN spoken_buyer b ON b.shop = q.shop AND b.day >= q.chat_first_day AND b.day <= q.last_day
GROUP BY q.shop, q.chat_first_day, q.last_day
"""

KNOWN = """
SELECT q.shop, q.known_first_day, q.last_day, COUNT(DISTINCT b.buyer) AS known
FROM (SELECT DISTINCT shop, known_first_day, last_day FROM nick_order) q
JOIN spoken_buyer b ON b.shop = q.shop AND b.day >= q.known_first_day AND b.day <= q.last_day AND b.masked = 0
GROUP BY q.shop, q.known_first_day, q.last_day
"""

FITTING = f"""
SELECT q.shop, q.order_id, COUNT(DISTINCT b.buyer) AS fitting
FROM nick_order q
JOIN nick_found f ON f.shop = q.shop AND f.order_id = q.order_id AND f.candidates = 1 AND f.whole = 1
JOIN nick_key k {_OF_SHAPE}
JOIN spoken_buyer b ON b.shop = k.shop AND b.buyer = k.buyer AND b.day >= q.known_first_day AND b.day <= q.last_day
GROUP BY q.shop, q.order_id
"""

# Expected chance fits: buyers who chatted × (buyers of the mask's shape ÷ (buyers known + 1)), rounded up in percent.
NICK_MEASURED = """
SELECT shop, order_id, CASE WHEN above >= 100 * below THEN 0
  ELSE 100 - CAST((above + below - 1 - (above + below - 1) % below) / below AS BIGINT) END AS confidence
FROM (
  SELECT q.shop, q.order_id, 100 * c.chatted * f.fitting AS above, m.known + 1 AS below
  FROM nick_order q
  JOIN fitting f ON f.shop = q.shop AND f.order_id = q.order_id
  JOIN chatted c ON c.shop = q.shop AND c.chat_first_day = q.chat_first_day AND c.last_day = q.last_day
  JOIN known m ON m.shop = q.shop AND m.known_first_day = q.known_first_day AND m.last_day = q.last_day) counted
"""

# How the buyer is known, or the reason why not.
DECIDED = """
SELECT o.shop, o.order_id, o.given, n.buyer AS named_buyer, f.buyer AS nick_buyer, m.confidence,
  CAST(COALESCE(n.candidates, f.candidates, 0) AS BIGINT) AS candidates,
  CASE WHEN o.given IS NOT NULL THEN
      CASE WHEN n.candidates = 1 AND g.order_id IS NULL THEN 'order_id' ELSE 'given' END
    WHEN n.candidates = 1 THEN 'order_id'
    WHEN n.candidates > 1 THEN 'several_named'
    WHEN n.namers > 0 THEN 'named_by_another'
    WHEN o.nick IS NULL AND NOT o.match_order_ids THEN 'order_ids_off'
    WHEN o.nick IS NULL AND o.number IS NULL THEN 'number_too_short'
    WHEN o.nick IS NULL THEN 'nobody_named'
    WHEN NOT a.tells THEN 'mask_tells_nothing'
    WHEN q.order_id IS NULL THEN 'masked_nicks_off'
    WHEN f.order_id IS NULL THEN 'nobody_fits'
    WHEN f.candidates > 1 THEN 'several_fit'
    WHEN f.whole = 0 THEN 'chat_masked'
    WHEN m.confidence < o.masked_nick_confidence THEN 'low_confidence'
    WHEN NOT o.match_masked_nicks THEN 'masked_nicks_off'
    ELSE 'masked_nick' END AS decided
FROM open_order o
LEFT JOIN nick_shape a ON a.nick = o.nick
LEFT JOIN named n ON n.shop = o.shop AND n.order_id = o.order_id
LEFT JOIN given_spoke g ON g.shop = o.shop AND g.order_id = o.order_id
LEFT JOIN nick_order q ON q.shop = o.shop AND q.order_id = o.order_id
LEFT JOIN nick_found f ON f.shop = o.shop AND f.order_id = o.order_id
LEFT JOIN nick_measured m ON m.shop = o.shop AND m.order_id = o.order_id
"""

ORDER_BUYER = """
SELECT o.shop, o.order_id,
  CASE WHEN d.order_id IS NULL THEN o.buyer WHEN d.decided = 'given' THEN d.given
    WHEN d.decided = 'order_id' THEN d.named_buyer WHEN d.decided = 'masked_nick' THEN d.nick_buyer END AS buyer,
  CASE WHEN d.order_id IS NULL THEN 'given'
    WHEN d.decided IN ('given', 'order_id', 'masked_nick') THEN d.decided ELSE 'none' END AS how,
  CASE WHEN d.decided IN ('masked_nick', 'masked_nicks_off', 'low_confidence') THEN d.confidence END AS confidence,
  CASE WHEN d.decided <> 'given' THEN d.candidates END AS candidates,
  CASE WHEN d.decided NOT IN ('given', 'order_id', 'masked_nick') THEN d.decided END AS reason
FROM orders o LEFT JOIN decided d ON d.shop = o.shop AND d.order_id = o.order_id
"""


def chats_masked(engine: EngineSession) -> bool:
    """Return whether some contact of a session hides a part of its buyer's nick."""
    found = engine.query([Step("masked", f"SELECT COUNT(*) AS contacts FROM contact WHERE {_MASKED}")])
    return bool(found["contacts"][0].as_py())


def add_order_buyers(engine: EngineSession, orders: pa.Table, *, every_candidate: bool) -> None:
    """Make order_buyer a relation of a session with orders, day_setting, contact, session and named_number.

    `every_candidate` looks for masked nicks where the shop does not match by them too; they then stay unmatched.
    """
    masked = chats_masked(engine)
    if not masked and orders["buyer"].null_count == 0:
        engine.add_step(Step("order_buyer", ALL_GIVEN))
        return
    engine.add_table("order_number", _order_numbers(orders, all_of_them=masked))
    engine.add_step(Step("open_order", OPEN_ORDER.format(chats_masked=_flag(masked))))
    engine.add_step(Step("naming", NAMING))
    engine.add_table("nick_shape", nick_shapes(_nicks(engine)))
    for name, sql in _steps(every_candidate=every_candidate).items():
        engine.add_step(Step(name, sql))


def _steps(*, every_candidate: bool) -> dict[str, str]:
    """Return the steps from open_order, naming and nick_shape to order_buyer."""
    return {
        "open_event": OPEN_EVENT,
        "namer": NAMER,
        "named": NAMED,
        "given_spoke": GIVEN_SPOKE,
        "nick_order": NICK_ORDER.format(every_candidate=_flag(every_candidate)),
        "spoken_buyer": SPOKEN_BUYER,
        "nick_key": NICK_KEY,
        "nick_candidate": NICK_CANDIDATE,
        "masked_candidate": MASKED_CANDIDATE.format(first_characters=SAME_FIRST),
        "masked_candidate_at_end": MASKED_CANDIDATE.format(first_characters=NO_FIRST),
        "nick_found": NICK_FOUND,
        "chatted": CHATTED,
        "known": KNOWN,
        "fitting": FITTING,
        "nick_measured": NICK_MEASURED,
        "decided": DECIDED,
        "order_buyer": ORDER_BUYER,
    }


def _flag(value: bool) -> str:
    return "1 = 1" if value else "1 = 0"


def _order_numbers(orders: pa.Table, *, all_of_them: bool) -> pa.Table:
    wanted = orders if all_of_them else orders.filter(orders["buyer"].is_null())
    numbers = [number_of(order_id) for order_id in wanted["order_id"].to_pylist()]
    columns = [wanted["shop"], wanted["order_id"], pa.array(numbers, pa.string())]
    return pa.table(columns, names=["shop", "order_id", "number"])


def _nicks(engine: EngineSession) -> list[str]:
    """Return every nick whose shape decides something: masked ones, and those of whoever named an order."""
    sources = (
        f"SELECT buyer AS nick FROM contact WHERE {_MASKED}", "SELECT nick FROM open_order WHERE nick IS NOT NULL",
        "SELECT buyer AS nick FROM naming", "SELECT given AS nick FROM naming WHERE given IS NOT NULL",
    )  # fmt: skip
    nicks: list[str] = engine.query([Step("nicks", " UNION ".join(sources))])["nick"].to_pylist()
    return nicks
