"""The relations that metrics are written over, as facts/ builds them: columns and what decides their rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Holds(StrEnum):
    """What a column of a relation holds. Instants and durations are whole microseconds, money is DECIMAL(18,4)."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    MICROS = "micros"
    INSTANT = "instant"
    MONEY = "money"
    SCORE = "score"
    FLAG = "flag"


@dataclass(frozen=True)
class Relation:
    """One relation; `at`, `until` and `reference` name a row to the reader, `settings` decide its rows."""

    name: str
    columns: Mapping[str, Holds]
    at: str | None
    until: str | None
    reference: str | None
    by_hour: bool
    settings: tuple[str, ...]

    @property
    def has_agent(self) -> bool:
        """Return whether its rows can belong to an agent."""
        return "agent" in self.columns


_FILTERS = (
    "robot_accounts auto_reply_prefix filter_own_accounts filter_listed_nicks filter_advertising filter_bulk_messages "
    "filter_monologue filter_empty_chats filter_transferred_shells"
)
_RECEPTION = f"{_FILTERS} slow_wait_seconds slow_wait_count recommendation_prefix"
_SESSION = f"session_gap_seconds long_session_seconds {_FILTERS}"
_ROUND = f"wait_from wait_cap_seconds wait_over_cap message_in_time_seconds {_FILTERS}"
_MATCHING = "match_order_ids order_id_days match_masked_nicks masked_nick_confidence"
_CREDIT = f"credit_policy credit_days session_gap_seconds {_MATCHING} {_FILTERS}"
_INQUIRY = f"inquiry_order_days after_sale_days final_payment_days {_CREDIT}"


def _relation(name: str, columns: str, *, shown: str = "- - -", by_hour: bool = True, settings: str = "") -> Relation:
    pairs = [pair.split(":") for pair in f"shop:text day:day hour:count {columns}".split()]
    at, until, reference = (None if part == "-" else part for part in shown.split())
    return Relation(
        name, {column: Holds(holds) for column, holds in pairs},
        at, until, reference, by_hour, tuple(settings.split()),
    )  # fmt: skip


_ORDER = (
    "order_id:text buyer:text order_agent:text payment_agent:text agent:text created_at:instant paid_at:instant "
    "buyer_by:text buyer_confidence:count"
)

_ALL = (
    _relation(
        "contact",
        "buyer:text agent:text is_robot:flag filter_reason:text start_at:instant end_at:instant buyer_messages:count "
        "agent_messages:count auto_messages:count agent_characters:count first_human_at:instant answered_rounds:count "
        "slow_waits:count transferred_out:flag buyer_opened:flag transferred_in:flag handed_over:flag "
        "recommendations:count",
        shown="start_at end_at -", settings=_FILTERS,
    ),
    _relation(
        "consultation",
        "buyer:text agent:text start_at:instant filter_reason:text filtered:flag replied:flag unreplied:flag",
        shown="start_at - -", settings=_FILTERS,
    ),
    _relation(
        "reception",
        "buyer:text agent:text start_at:instant buyer_messages:count agent_messages:count auto_messages:count "
        "agent_characters:count replied:flag transferred_out:flag unreplied:flag slow:flag buyer_opened:flag "
        "transferred_in:flag handed_over:flag recommendations:count",
        shown="start_at - -", settings=_RECEPTION,
    ),
    _relation(
        "session",
        "buyer:text agent:text start_at:instant end_at:instant first_human_at:instant last_human_at:instant "
        "buyer_opened:flag first_response_micros:micros duration_micros:micros long:flag answered_rounds:count "
        "unanswered_rounds:count wait_micros:micros longest_wait_micros:micros",
        shown="start_at end_at -", settings=f"{_SESSION} wait_from",
    ),
    _relation(
        "round",
        "buyer:text agent:text opened_at:instant answered_at:instant wait_micros:micros counted_wait_micros:micros "
        "messages:count messages_in_time:count message_wait_micros:micros",
        shown="opened_at answered_at -", settings=_ROUND,
    ),
    _relation(
        "agent_day", "agent:text max_concurrent:count", by_hour=False, settings=_SESSION,
    ),
    _relation(
        "inquiry",
        "buyer:text agent:text start_at:instant is_inquiry:flag ordered:flag converted_next_day:flag "
        "converted_final:flag converted_same_day:flag ordered_same_day:flag ordered_next_day:flag "
        "shipped:flag final_amount_paid:money same_day_amount_paid:money recommendations:count outcome:text",
        shown="start_at - -", settings=_INQUIRY,
    ),
    _relation(
        "created_order", f"{_ORDER} paid:flag amount_payable:money item_count:count shipped:flag",
        shown="created_at paid_at order_id",
        settings=_CREDIT,
    ),
    _relation(
        "paid_order", f"{_ORDER} amount_paid:money item_count:count refunded:money amount_payable:money "
        "postage:money list_amount:money shipped:flag is_deposit:flag is_cod:flag silent_agent:text",
        shown="created_at paid_at order_id", settings=_CREDIT,
    ),
    _relation(
        "assist", "order_id:text buyer:text agent:text kind:text",
        shown="- - order_id", settings=_CREDIT,
    ),
    _relation(
        "refund",
        "refund_id:text order_id:text buyer:text agent:text amount:money success:flag disputed:flag kind:text "
        "finished_by:text requested_at:instant finished_at:instant",
        shown="requested_at finished_at refund_id", settings="after_sale_period_days",
    ),
    _relation(
        "presence_day",
        "agent:text online_micros:micros away_micros:micros first_online_at:instant last_online_at:instant "
        "first_online_clock_micros:micros last_online_clock_micros:micros present_micros:micros logins:count",
        shown="first_online_at last_online_at -", by_hour=False,
    ),
    _relation(
        "rating", "buyer:text agent:text invited:flag rated:flag score:score source:text asked_by:text",
    ),
    _relation(
        "client_rating", "buyer:text agent:text invited:flag rated:flag score:score",
    ),
    _relation(
        "review", "review_id:text order_id:text buyer:text rating:text service_score:score",
        shown="- - review_id", settings="service_score_days",
    ),
    _relation(
        "complaint", "complaint_id:text order_id:text buyer:text agent:text upheld:flag",
        shown="- - complaint_id", settings="after_sale_period_days",
    ),
    _relation(
        "call",
        "call_id:text queue:text agent:text offered_at:instant minute:count answered:flag abandoned:flag "
        "wait_micros:micros talk_micros:micros handle_micros:micros within_service_level:flag "
        "abandoned_within_service_level:flag",
        shown="offered_at - call_id", settings="service_level_seconds",
    ),
)  # fmt: skip

RELATIONS: dict[str, Relation] = {relation.name: relation for relation in _ALL}
