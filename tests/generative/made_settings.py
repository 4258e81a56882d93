"""Made-up settings: small limits that small shops reach, changing inside the period."""

from datetime import date

from hypothesis import strategies as st

from tests.generative.moments import DAYS
from xiaoer.base.settings import THE_FIRST_DAY, DatedValue, ShopSettings

FIXED = {
    "zone": ("Asia/Shanghai", "Asia/Shanghai", "America/New_York"),
    "day_starts_at": ("00:00", "00:00", "04:00", "10:00"),
}
DATED = {
    "session_gap_seconds": ("60", "120", "600"),
    "wait_from": ("first", "last"),
    "wait_cap_seconds": ("60", "120", "600"),
    "wait_over_cap": ("cap", "exclude", "keep"),
    "slow_wait_seconds": ("1", "60", "119"),
    "slow_wait_count": ("1", "2"),
    "long_session_seconds": ("60", "120"),
    "inquiry_order_days": ("1", "2"),
    "after_sale_days": ("1", "2", "21"),
    "credit_days": ("1", "2"),
    "final_payment_days": ("1", "2", "4"),
    "service_level_seconds": ("5", "20"),
    "after_sale_period_days": ("1", "28"),
    "service_score_days": ("1", "180"),
    "robot_accounts": ("bot", "shop:bot,bea", ""),
    "auto_reply_prefix": ("^_^",),
    "message_in_time_seconds": ("60", "180"),
    "recommendation_prefix": ("在吗",),
    "advertising_most_messages": ("1", "2", "4"),
}
# What filters look for, and which of them are switched off: each is in many shops, for few contacts meet any of them.
LOOKED_FOR = {"listed_nicks": ("mei", "mei, cat"), "advertising_code_word": ("no-ads",)}
SWITCHES = (
    "filter_own_accounts",
    "filter_listed_nicks",
    "filter_advertising",
    "filter_bulk_messages",
    "filter_monologue",
    "filter_empty_chats",
    "filter_transferred_shells",
)


@st.composite
def shop_settings(draw: st.DrawFn) -> ShopSettings:
    """Draw a few settings, each holding from the first day or from a day in the middle."""
    fixed = {name: (THE_FIRST_DAY, draw(st.sampled_from(values))) for name, values in FIXED.items()}
    names = draw(st.lists(st.sampled_from(sorted(DATED)), max_size=9))
    chosen = [(name, *draw(_dated(DATED[name]))) for name in names]
    sought = draw(st.lists(st.sampled_from(sorted(LOOKED_FOR)), min_size=1, max_size=2, unique=True))
    chosen += [(name, *draw(_dated(LOOKED_FOR[name]))) for name in sought]
    switched_off = draw(st.sets(st.sampled_from(SWITCHES), max_size=4))
    chosen += [(name, THE_FIRST_DAY, "false") for name in sorted(switched_off)]
    return ShopSettings(
        tuple(
            DatedValue(name, from_date, seq, value)
            for seq, (name, from_date, value) in enumerate(
                [*((name, *value) for name, value in fixed.items()), *chosen]
            )
        )
    )


def _dated(values: tuple[str, ...]) -> st.SearchStrategy[tuple[date, str]]:
    return st.tuples(st.sampled_from((THE_FIRST_DAY, DAYS[1], DAYS[2])), st.sampled_from(values))
