"""Who is to be on now, who is, who is late: by a shop's live presence."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from xiaoer.actions.live import LiveShop, Posted
from xiaoer.actions.plan_duties import Duty
from xiaoer.actions.plan_now import Standing, on_now, seconds_since
from xiaoer.base.settings import ShopSettings

DAY = date(2024, 8, 1)
MORNING = Duty("小夏", DAY, 9 * 60, 12 * 60)
LUNCH = Duty("小夏", DAY, 12 * 60, 13 * 60, "break")
NIGHT = Duty("小冬", date(2024, 7, 31), 20 * 60, 28 * 60)


def live(*stays: tuple[str, str, str, str]) -> LiveShop:
    """Return a shop whose agents have these statuses: who, which, from and to (empty: it goes on)."""
    made = LiveShop("山雀店", DAY, ShopSettings().on(DAY))
    rows = []
    for agent, status, start, end in stays:
        row = {"agent": agent, "status": status, "start_at": f"{DAY} {start}"}
        rows.append(row | ({"end_at": f"{DAY} {end}"} if end else {}))
    made.take(Posted(place, "presence", row) for place, row in enumerate(rows))
    return made


def at(hour: int, minute: int = 0) -> datetime:
    """Return an instant of the day on the shop's clock."""
    return datetime(2024, 8, 1, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def stands(shop: LiveShop, now: datetime, *duties: Duty) -> list[tuple[str, Standing, int]]:
    return [(one.agent, one.standing, seconds_since(one, now)) for one in on_now(shop, duties, now)]


@pytest.mark.parametrize(("stays", "now", "expected"), [
    ([], at(9, 10), (Standing.MISSING, 600)),
    ([("小夏", "online", "08:50:00", "")], at(9, 10), (Standing.ON, 0)),
    ([("小夏", "online", "08:50:00", "09:04:00")], at(9, 10), (Standing.MISSING, 360)),
    ([("小夏", "away", "09:05:00", "")], at(9, 10), (Standing.MISSING, 300)),
    ([("小夏", "away", "08:00:00", "")], at(9, 10), (Standing.MISSING, 600)),
    ([], at(8, 30), (Standing.SOON, 0)),
    ([], at(12, 30), (Standing.BREAK, 0)),
    ([("小夏", "online", "08:50:00", "")], at(13, 30), (Standing.EXTRA, 0)),
])  # fmt: skip
def test_how_somebody_stands(
    stays: list[tuple[str, str, str, str]], now: datetime, expected: tuple[Standing, int]
) -> None:
    assert stands(live(*stays), now, MORNING, LUNCH) == [("小夏", *expected)]


def test_who_has_nothing_to_do_with_now_is_not_listed() -> None:
    assert stands(live(), at(7), MORNING, LUNCH) == []
    assert stands(live(("小夏", "offline", "12:00:00", "")), at(14), MORNING, LUNCH) == []


def test_a_night_shift_goes_on_after_midnight_and_missing_comes_first() -> None:
    found = stands(live(("小夏", "online", "01:00:00", "")), at(2), NIGHT, MORNING)
    assert found == [("小冬", Standing.MISSING, 6 * 3600), ("小夏", Standing.EXTRA, 0)]
