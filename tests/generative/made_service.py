"""Made-up presence, calls, ratings, reviews and complaints, with parts missing."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.generative.moments import Moments, seconds
from tests.reference.shop import Row

NOW = timedelta()
STAYS = (*seconds(0, 1, 3600), timedelta(hours=5), timedelta(hours=30))
RINGS = seconds(0, 5, 5.000001, 19, 20, 20.000001, 61)


@st.composite
def presence_rows(draw: st.DrawFn, moments: Moments) -> list[Row]:
    """Draw the stays of two accounts one after the other: over midnight, and open until the next or for good."""
    rows: list[Row] = []
    for agent in ("amy", "cat"):
        start_at = draw(moments.on_clock())
        for number in range(draw(st.integers(0, 3))):
            stay = draw(st.sampled_from((None, *STAYS)))
            status = draw(st.sampled_from(("online", "online", "away", "offline")))
            end_at = start_at + stay if stay is not None else None
            row: Row = {"shop": "shop", "agent": agent, "status": status, "start_at": start_at, "end_at": end_at}
            rows.append(row | {"source_row": number + 1})
            start_at += (stay or timedelta(hours=2)) + draw(st.sampled_from(seconds(1, 3600, 90000)))
    return rows


@st.composite
def call_rows(draw: st.DrawFn, moments: Moments) -> list[Row]:
    """Draw two to six calls, answered, abandoned, both or neither."""
    return [draw(_call(moments, call_id=f"c{number}")) for number in range(draw(st.integers(2, 6)))]


@st.composite
def _call(draw: st.DrawFn, moments: Moments, *, call_id: str) -> Row:
    offered_at = draw(moments.on_clock())
    answered_at = draw(st.one_of(st.none(), st.sampled_from(RINGS).map(lambda ring: offered_at + ring)))
    ended_at = draw(st.one_of(st.none(), st.sampled_from(RINGS).map(lambda talk: (answered_at or offered_at) + talk)))
    gave_up = answered_at is None and draw(st.booleans())
    return {
        "shop": "shop",
        "call_id": call_id,
        "queue": draw(st.sampled_from((None, "pre", "post"))),
        "agent": draw(st.sampled_from((None, "amy", "bea"))),
        "offered_at": offered_at,
        "answered_at": answered_at,
        "ended_at": ended_at,
        "abandoned_at": offered_at + draw(st.sampled_from(RINGS)) if gave_up else None,
        "wrap_up_seconds": draw(st.sampled_from((None, 0.0, 30.0, 7.5))),
    }


def rating_rows(moments: Moments) -> st.SearchStrategy[list[Row]]:
    """Draw two to eight ratings, some without an invitation and some without an answer."""
    at = st.one_of(st.none(), moments.on_clock(), moments.on_clock())
    rows = _rows_of(
        {
            "buyer": ("lan", "mei"),
            "agent": ("amy", "bea"),
            "score": (None, 1.0, 2.0, 3.0, 3.5, 4.0, 5.0),
            "source": (None, "agent", "buyer", "system", "client"),
        },
        at,
        "invited_at",
        "rated_at",
    )
    key = ("buyer", "agent", "invited_at", "rated_at")
    return st.lists(rows, min_size=2, max_size=8, unique_by=lambda row: tuple(row[name] for name in key))


def review_rows(moments: Moments) -> st.SearchStrategy[list[Row]]:
    """Draw up to three reviews."""
    rows = _rows_of(
        {"review_id": ("v1", "v2", "v3"), "service_score": (None, 1.0, 4.0, 5.0), "rating": (None, "good", "bad")},
        moments.on_clock(),
        "created_at",
    )
    return st.lists(rows, max_size=3, unique_by=lambda row: row["review_id"])


def complaint_rows(moments: Moments) -> st.SearchStrategy[list[Row]]:
    """Draw up to two complaints."""
    rows = _rows_of(
        {"complaint_id": ("k1", "k2"), "agent": (None, "amy"), "upheld": (None, True, False)},
        moments.on_clock(),
        "created_at",
    )
    return st.lists(rows, max_size=2, unique_by=lambda row: row["complaint_id"])


def _rows_of(choices: dict[str, Any], at: st.SearchStrategy[Any], *times: str) -> st.SearchStrategy[Row]:
    columns = {name: st.sampled_from(values) for name, values in choices.items()}
    return st.fixed_dictionaries({"shop": st.just("shop"), **columns, **dict.fromkeys(times, at)})
