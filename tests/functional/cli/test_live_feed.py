"""The feed posts a simulated day as it happens, each row once, and says what can not be used."""

import json
import urllib.error
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest

from xiaoer.actions.live_feed import FeedAsk, live_feed
from xiaoer.base.errors import ReportableError

BEGAN = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)


class Street:
    """A site and a clock of the test's own; it does not answer while `down` counts."""

    def __init__(self, down: int = 0) -> None:
        self.now = BEGAN
        self.down = down
        self.said: list[str] = []
        self.rows: list[tuple[datetime, dict[str, Any]]] = []

    def answer(self, request: Any, timeout: float) -> BytesIO:  # noqa: ANN401 -- urllib's own
        """Answer like the API."""
        assert request.headers["Authorization"] == "Bearer secret"
        if request.data is None:
            return BytesIO('{"items": [{"shop": 7, "name": "晨光店"}]}'.encode())
        if self.down:
            self.down -= 1
            raise urllib.error.URLError("refused")
        self.rows += [(self.now, one) for one in json.loads(request.data)["events"]]
        return BytesIO(b'{"accepted": 1, "repeated": 0}')

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    def run(self, **ask: Any) -> int:  # noqa: ANN401 -- the ask's own
        """Return how many rows were posted."""
        usual: dict[str, Any] = {"address": "http://x", "token": "secret", "shop": 7, "per_minute": 30, "minutes": 5}
        asked = FeedAsk(**usual | ask)
        return live_feed(asked, lambda name, _: self.said.append(name), now=lambda: self.now, sleep=self.sleep)


@pytest.fixture
def street(monkeypatch: pytest.MonkeyPatch) -> Street:
    """Return a street that urllib leads to."""
    made = Street()
    monkeypatch.setattr("urllib.request.urlopen", made.answer)
    return made


def test_rows_come_at_their_second_under_keys_of_their_own(street: Street) -> None:
    posted = street.run()
    assert posted == len(street.rows) > 50
    assert len({one["key"] for _, one in street.rows}) == posted
    said = [(at, one["row"]) for at, one in street.rows if one["table"] == "messages"]
    assert said
    for at, row in said:
        late = at - datetime.fromisoformat(row["sent_at"])
        assert timedelta(0) <= late <= timedelta(seconds=2)
        assert row["agent"].startswith("晨光店:")
    assert street.now < BEGAN + timedelta(minutes=5, seconds=2)


def test_a_site_that_is_away_for_a_while_gets_each_row_once(street: Street) -> None:
    whole = street.run()
    street.rows, street.now, street.down = [], BEGAN, 3
    assert street.run() == whole == len({one["key"] for _, one in street.rows}) == len(street.rows)
    assert "feed_waits" in street.said


@pytest.mark.parametrize(
    ("ask", "code"), [({"address": "x"}, "feed.bad_address"), ({"shop": 8}, "feed.no_shop")]
)  # fmt: skip
def test_what_can_not_be_used_is_said(street: Street, ask: dict[str, Any], code: str) -> None:
    with pytest.raises(ReportableError) as found:
        street.run(**ask)
    assert found.value.issues[0].code == code
    assert street.rows == []


def test_a_token_that_opens_nothing_is_said(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise urllib.error.HTTPError("x", 403, "no", {}, BytesIO(b'{"detail": "no scope"}'))  # type: ignore[arg-type]

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    with pytest.raises(ReportableError) as found:
        street.run()
    assert found.value.issues[0].values == {"status": 403, "said": "no scope"}
