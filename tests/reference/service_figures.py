"""Figures of attendance, satisfaction and calls."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

from tests.reference.calls import Call
from tests.reference.figures import Figure, Slice, Value, mean_seconds, ratio, seconds
from tests.reference.presence import PresenceDay, clock_hours
from tests.reference.reception_figures import received
from tests.reference.shop import Row


def _by_day(figure: Figure) -> Figure:
    """Return the figure, known for whole days only."""
    return lambda rows: None if "hour" in rows.by else figure(rows)


def _presence_seconds(name: str) -> Figure:
    return _by_day(lambda rows: sum((seconds(getattr(one, name)) for one in rows.all("presence_day")), Fraction(0)))


def _online(rows: Slice) -> Fraction:
    return sum((seconds(one.online) for one in rows.all("presence_day")), Fraction(0))


def _hours_per_account(rows: Slice) -> Value:
    return ratio(_online(rows) / 3600, len({one.agent for one in rows.all("presence_day")}))


def _first_online(rows: Slice) -> Value:
    return min((one.first_online_at for one in rows.all("presence_day") if one.first_online_at), default=None)


def _last_online(rows: Slice) -> Value:
    return max((one.last_online_at for one in rows.all("presence_day") if one.last_online_at), default=None)


def _online_days(rows: Slice) -> list[PresenceDay]:
    return [one for one in rows.all("presence_day") if one.online > timedelta()]


def _sum_of(name: str) -> Callable[[Slice], Fraction]:
    return lambda rows: sum((seconds(getattr(one, name)) for one in rows.all("presence_day")), Fraction(0))


def _per_day(total: Callable[[Slice], Fraction | int]) -> Figure:
    return _by_day(lambda rows: ratio(total(rows), len(_online_days(rows))))


def _clock(name: str) -> Callable[[Slice], Fraction]:
    return lambda rows: sum(
        (seconds(clock_hours(rows.shop, one.day, getattr(one, name))) / 3600 for one in _online_days(rows)), Fraction(0)
    )


def _logins(rows: Slice) -> int:
    return sum(one.logins for one in rows.all("presence_day"))


def _service(rows: Slice) -> Fraction:
    return _sum_of("present")(rows) - _sum_of("away")(rows)


ATTENDANCE: dict[str, Figure] = {
    "attendance_days": _by_day(lambda rows: len(_online_days(rows))),
    "first_online_hour_mean": _per_day(_clock("first_online_at")),
    "last_online_hour_mean": _per_day(_clock("last_online_at")),
    "logins": _by_day(_logins),
    "logins_per_day": _per_day(_logins),
    "online_seconds_per_day": _per_day(_sum_of("online")),
    "away_seconds_per_day": _per_day(_sum_of("away")),
    "present_seconds": _by_day(_sum_of("present")),
    "service_seconds": _by_day(_service),
    "service_seconds_per_day": _per_day(_service),
    "online_seconds": _presence_seconds("online"),
    "away_seconds": _presence_seconds("away"),
    "online_hours_per_account": _by_day(_hours_per_account),
    "first_online_at": _by_day(_first_online),
    "last_online_at": _by_day(_last_online),
}


def _invited(rows: Slice) -> int:
    return sum(row.get("invited_at") is not None for row in rows.all("rating"))


def _rated_after_invitation(rows: Slice) -> int:
    return sum(row.get("invited_at") is not None and is_rated(row) for row in rows.all("rating"))


def is_rated(row: Row) -> bool:
    """Return whether a rating came."""
    return row.get("rated_at") is not None or row.get("score") is not None


def _satisfied(rows: Slice) -> Value:
    scores = [row["score"] for row in rows.all("rating") if row.get("score") is not None]
    return ratio(sum(score >= 4 for score in scores), len(scores))


SATISFACTION: dict[str, Figure] = {
    "invited_share": lambda rows: ratio(_invited(rows), received(rows)),
    "rated_share": lambda rows: ratio(_rated_after_invitation(rows), _invited(rows)),
    "satisfied_share": _satisfied,
}


def _answered(rows: Slice) -> list[Call]:
    return [one for one in rows.all("call") if one.answered]


def _abandoned(rows: Slice) -> int:
    return sum(one.abandoned for one in rows.all("call"))


def _handled(rows: Slice) -> list[timedelta]:
    return [one.handle for one in rows.all("call") if one.handle is not None]


def _abandon_wait(rows: Slice) -> Value:
    return mean_seconds([one.patience for one in rows.all("call") if one.patience is not None])


def _in_time(rows: Slice) -> int:
    return sum(one.within_service_level for one in rows.all("call"))


def _not_given_up_early(rows: Slice) -> int:
    return sum(not one.abandoned_early for one in rows.all("call"))


def _total(lengths: list[timedelta]) -> Fraction:
    return sum(map(seconds, lengths), Fraction(0))


def _wrap_up(rows: Slice) -> Value:
    known = [one for one in rows.all("call") if one.handle is not None and one.talk is not None]
    return mean_seconds([one.handle - one.talk for one in known])


CALLS: dict[str, Figure] = {
    "connection_share": lambda rows: ratio(len(_answered(rows)), len(rows.all("call"))),
    "answered_in_time_calls": _in_time,
    "wrap_up_seconds_mean": _wrap_up,
    "service_level_of_answered_share": lambda rows: ratio(_in_time(rows), len(_answered(rows))),
    "service_level_without_early_abandons_share": lambda rows: ratio(_in_time(rows), _not_given_up_early(rows)),
    "abandon_wait_seconds_mean": _abandon_wait,
    "talk_seconds_total": lambda rows: _total([one.talk for one in rows.all("call") if one.talk is not None]),
    "handle_seconds_total": lambda rows: _total(_handled(rows)),
    "longest_answer_wait_seconds": lambda rows: max(
        (seconds(one.wait) for one in _answered(rows) if one.wait is not None), default=None
    ),
    "offered_calls": lambda rows: len(rows.all("call")),
    "answered_calls": lambda rows: len(_answered(rows)),
    "abandoned_calls": _abandoned,
    "abandonment_share": lambda rows: ratio(_abandoned(rows), len(rows.all("call"))),
    "service_level_share": lambda rows: ratio(
        sum(one.within_service_level for one in rows.all("call")), len(rows.all("call"))
    ),
    "average_speed_of_answer_seconds": lambda rows: mean_seconds(
        [one.wait for one in _answered(rows) if one.wait is not None]
    ),
    "talk_seconds_mean": lambda rows: mean_seconds([one.talk for one in rows.all("call") if one.talk is not None]),
    "handle_seconds_mean": lambda rows: mean_seconds(_handled(rows)),
    "occupancy_share": _by_day(
        lambda rows: ratio(sum((seconds(one) for one in _handled(rows)), Fraction(0)), _online(rows))
    ),
}
