"""Figures of speed as each platform counts it, and the parts of the usual averages."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

from tests.reference.facts import Counted
from tests.reference.figures import Figure, Slice, Value, mean_seconds, ratio, seconds
from tests.reference.reception_figures import counted_waits
from tests.reference.rounds import Round
from tests.reference.sessions import Session

THREE_MINUTES = timedelta(minutes=3)
Hours = tuple[int, int]
ALL_DAY, TO_23, FROM_9 = (0, 24), (8, 23), (9, 23)


def _opened(rows: Slice, hours: Hours) -> list[Round]:
    return [one.what for one in _counted(rows, "round", hours)]


def _sessions(rows: Slice, hours: Hours) -> list[Session]:
    return [one.what for one in _counted(rows, "session", hours)]


def _counted(rows: Slice, kind: str, hours: Hours) -> list[Counted]:
    return [one for one in rows.facts[kind] if one.hour is not None and hours[0] <= one.hour < hours[1]]


def _within(one: Round, limit: timedelta) -> bool:
    return one.wait is not None and one.wait <= limit


def _rounds_within(hours: Hours, limit: timedelta) -> Figure:
    def share(rows: Slice) -> Value:
        opened = _opened(rows, hours)
        return ratio(sum(_within(one, limit) for one in opened), len(opened))

    return share


def _buyers_within(hours: Hours) -> Figure:
    def share(rows: Slice) -> Value:
        opened = [(one.day, one.what) for one in _counted(rows, "round", hours)]
        asked = {(day, one.buyer) for day, one in opened}
        late = {(day, one.buyer) for day, one in opened if not _within(one, THREE_MINUTES)}
        return ratio(len(asked - late), len(asked))

    return share


def _sessions_that(holds: Callable[[Session], bool], of: Callable[[Session], bool], hours: Hours = TO_23) -> Figure:
    def share(rows: Slice) -> Value:
        counted = [one for one in _sessions(rows, hours) if of(one)]
        return ratio(sum(map(holds, counted)), len(counted))

    return share


def _was_asked(one: Session) -> bool:
    return one.was_asked


def _is_buyers(one: Session) -> bool:
    return one.lines[0].who == "buyer"


def _average_in_time(one: Session) -> bool:
    return bool(one.waits) and sum(one.waits, timedelta()) <= THREE_MINUTES * len(one.waits)


def _throughout(one: Session) -> bool:
    return bool(one.waits) and not one.unanswered and max(one.waits) <= THREE_MINUTES


def _first_within(limit: timedelta) -> Callable[[Session], bool]:
    return lambda one: one.first_response is not None and one.first_response <= limit


def _taobao_response(rows: Slice) -> Value:
    waits = [one.wait for one in rows.all("round") if one.wait is not None and one.wait > timedelta()]
    return mean_seconds([min(wait, timedelta(seconds=600)) for wait in waits])


def _messages_in_time(rows: Slice) -> Value:
    opened = _opened(rows, TO_23)
    in_time = 0
    for one in opened:
        limit = timedelta(seconds=rows.shop.settings_on(one.day).count("message_in_time_seconds"))
        in_time += sum(wait <= limit for wait in one.message_waits)
    return ratio(in_time, sum(len(one.asked) for one in opened))


def _first_responses(rows: Slice) -> list[timedelta]:
    return [one.first_response for one in rows.all("session") if one.first_response is not None]


def _total(lengths: list[timedelta]) -> Fraction:
    return sum(map(seconds, lengths), Fraction(0))


def _longest(rows: Slice) -> Value:
    return max((seconds(one.wait) for one in rows.all("round") if one.wait is not None), default=None)


PLATFORM: dict[str, Figure] = {
    "message_response_seconds": lambda rows: mean_seconds(
        [wait for one in rows.all("round") for wait in one.message_waits]
    ),
    "first_responses": lambda rows: len(_first_responses(rows)),
    "first_response_seconds_total": lambda rows: _total(_first_responses(rows)),
    "response_seconds_total": lambda rows: _total(counted_waits(rows)),
    "longest_response_seconds": _longest,
    "taobao_response_seconds": _taobao_response,
    "jd_first_30_seconds_share": _sessions_that(_first_within(timedelta(seconds=30)), _is_buyers, FROM_9),
    "jd_average_response_seconds": lambda rows: mean_seconds(
        [one.wait for one in _opened(rows, FROM_9) if one.wait is not None]
    ),
    "pdd_three_minute_reply_share": _buyers_within(TO_23),
    "pdd_three_minute_reply_all_day_share": _buyers_within(ALL_DAY),
    "pdd_30_seconds_share": _rounds_within(TO_23, timedelta(seconds=30)),
    "pdd_30_seconds_all_day_share": _rounds_within(ALL_DAY, timedelta(seconds=30)),
    "douyin_three_minute_share": _sessions_that(_average_in_time, _was_asked),
    "douyin_three_minute_message_share": _messages_in_time,
    "douyin_unserved_share": _sessions_that(lambda one: not one.human_at, _was_asked),
    "kuaishou_three_minute_buyer_share": _buyers_within(TO_23),
    "kuaishou_three_minute_session_share": _sessions_that(_throughout, _was_asked),
    "xiaohongshu_first_45_seconds_share": _sessions_that(_first_within(timedelta(seconds=45)), _is_buyers, ALL_DAY),
    "xiaohongshu_three_minute_session_share": _sessions_that(_throughout, _was_asked, ALL_DAY),
}
