"""The live day says what the slow reference says, whatever order and portions the messages come in."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.generative.made_corrections import corrections_of, logs_of
from tests.generative.shops import shops
from tests.reference.corrections import put_right
from tests.reference.live import State, state_of
from tests.reference.messages import lines_of
from tests.reference.shop import Row, Shop
from xiaoer.base.corrections import in_force
from xiaoer.base.settings import DaySettings
from xiaoer.facts.live import Decided, LiveDay, LiveRules, Said
from xiaoer.facts.live.rules import micros_of
from xiaoer.facts.live.said import Marks, key_of


def said_of(shop: Shop, row: Row, marks: Marks) -> Said:
    """Return a row as the live day takes it."""
    what = marks.what(
        row["sender"], kind=row.get("kind") or "text", auto=bool(row.get("auto")), text=row.get("text") or ""
    )
    at = micros_of(row["sent_at"])
    return Said(key_of(row["message_id"]), row["buyer"], row["agent"], at, row["source_row"], what)


def by_then(shop: Shop, now: datetime) -> Shop:
    """Return the shop as it was known at an instant."""
    rows = [row for row in shop.rows("messages") if row["sent_at"] <= now]
    return replace(shop, tables=shop.tables | {"messages": rows})


def seen(day: LiveDay, now: datetime) -> State:
    """Return the live day's state in the reference's shape."""
    board = day.board(micros_of(now))
    waiting = [(one.buyer, one.agent, one.since) for one in board.waiting]
    sums = {one.agent: asdict(one.today) for one in board.agents if one.today.received}
    chats = {one.agent: one.chats for one in board.agents if one.chats}
    return State(waiting, board.in_vain, chats, sums | {None: asdict(board.today)})  # type: ignore[arg-type]


def _passed(settings: DaySettings) -> list[timedelta]:
    """Return how much later one may look: the limits of silence and of patience, and just before and after."""
    limits = (settings.count("session_gap_seconds"), settings.count("live_waiting_minutes") * 60)
    near = [timedelta(seconds=limit, microseconds=more) for limit in limits for more in (-1, 0, 1)]
    return [timedelta(0), timedelta(0), *near]


@given(data=st.data(), shop=shops())
def test_the_live_day_says_what_the_reference_says(data: st.DataObject, shop: Shop) -> None:
    """Of a shop that people corrected, too: the reference has the corrections made by hand in its rows."""
    log = data.draw(st.one_of(st.just([]), logs_of(shop)), label="log")
    moments = sorted({line.at for line in lines_of(shop)})
    last = data.draw(st.sampled_from(moments), label="last")
    known = by_then(shop, last)
    day = known.day(last)
    now = last + data.draw(st.sampled_from(_passed(known.settings_on(day))), label="passed")
    marks = Marks.of(known.settings_on(day))
    rows = known.rows("messages")
    others = {row["agent"] for row in rows if known.day(row["sent_at"]) != day}
    own = {row["agent"] for row in known.rows("agents")} | others
    decided = Decided.of(in_force(corrections_of(shop, log), len(log)), day)
    live = LiveDay(LiveRules(day, known.settings_on(day)), own_accounts=own, decided=decided)
    arriving = [said_of(known, row, marks) for row in data.draw(st.permutations(rows), label="order")]
    while arriving:
        size = data.draw(st.integers(1, len(arriving)), label="portion")
        live.take(arriving[:size])
        if data.draw(st.booleans(), label="told again"):
            live.take(arriving[:size])
        arriving = arriving[size:]
    expected = state_of(put_right(known, log), day, now)
    expected.waiting = [(b, a, micros_of(at)) for b, a, at in expected.waiting]  # type: ignore[misc]
    assert seen(live, now) == expected
