"""Feed a site with a shop that does not exist, as it happens, through the API that real programs use."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from xiaoer.base.errors import ReportableError
from xiaoer.simulator.live import Told, live_day, shifted

ROOT = "/api/v1"
MOST = 1_000
SECONDS = 1.0
SAID_EVERY = timedelta(seconds=10)
ANSWERS_WITHIN_SECONDS = 30
AGENTS = 12

Say = Callable[[str, dict[str, object]], None]  # which word of the catalog, and its blanks


@dataclass(frozen=True)
class FeedAsk:
    """Where to, as whom, for which shop (its number), how many messages a minute and for how many minutes."""

    address: str
    token: str
    shop: int
    per_minute: int = 60
    minutes: int = 60


@dataclass(frozen=True)
class _Site:
    """A site's API, asked with a token."""

    ask: FeedAsk

    def get(self, path: str) -> Any:  # noqa: ANN401 -- any JSON
        """Return the answer to a question."""
        return self._answer(urllib.request.Request(self.ask.address + ROOT + path, headers=self._headers()))

    def post(self, path: str, body: object) -> Any:  # noqa: ANN401 -- any JSON
        """Return the answer to a body."""
        text = json.dumps(body, ensure_ascii=False, default=_plain).encode()
        headers = self._headers() | {"Content-Type": "application/json"}
        return self._answer(urllib.request.Request(self.ask.address + ROOT + path, data=text, headers=headers))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.ask.token}"}

    @staticmethod
    def _answer(request: urllib.request.Request) -> Any:  # noqa: ANN401 -- any JSON
        with urllib.request.urlopen(request, timeout=ANSWERS_WITHIN_SECONDS) as answer:
            return json.load(answer)


def live_feed(
    ask: FeedAsk, say: Say, *, now: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
) -> int:  # fmt: skip
    """Return how many rows were posted by the time the minutes are over.

    A site that does not answer for a while gets everything once it answers again, each row once. A ReportableError
    says what can not be mended by waiting: the address, the token, the shop, a row that is refused.
    """
    if not ask.address.startswith(("http://", "https://")):
        raise ReportableError.of("feed.bad_address", values={"found": ask.address[:60]})
    site = _Site(ask)
    name = _shop_name(site)
    say("feed_simulating", {})
    told = live_day(seed=int(now().timestamp()), messages=_messages_a_day(ask.per_minute), agents=AGENTS)
    began = now()
    say("feed_begins", {"shop": name, "minutes": ask.minutes, "number": ask.per_minute})
    due = _portions(told, began, ask, now=now, sleep=sleep)
    posted, run, said = 0, int(began.timestamp()), began
    for portion in due:
        events = [_event(one, f"live-{run}-{posted + at}", began, name) for at, one in enumerate(portion)]
        _post(site, events, say, sleep)
        posted += len(portion)
        if now() - said >= SAID_EVERY:
            said = now()
            say("feed_posted", {"number": posted})
    say("feed_posted", {"number": posted})
    return posted


def _messages_a_day(per_minute: int) -> int:
    """Return how many messages a day has whose middle has so many a minute: half of them come in six hours."""
    return max(200, per_minute * 60 * 12)


def _portions(
    told: Sequence[Told], began: datetime, ask: FeedAsk, *, now: Callable[[], datetime],
    sleep: Callable[[float], None],
) -> Iterator[list[Told]]:  # fmt: skip
    """Yield what is due, second by second, until the minutes are over or the day is told."""
    at = 0
    over = began + timedelta(minutes=ask.minutes)
    while at < len(told) and now() < over:
        passed = (now() - began).total_seconds()
        stop = at
        while stop < len(told) and told[stop].after <= passed and stop - at < MOST:
            stop += 1
        if stop > at:
            yield list(told[at:stop])
            at = stop
        else:
            sleep(SECONDS)


def _event(told: Told, key: str, began: datetime, shop: str) -> dict[str, Any]:
    table, row = shifted(told, began, 1.0)
    for column in ("agent", "transfer_to"):
        if row.get(column):
            row[column] = f"{shop}:{str(row[column]).rpartition(':')[2]}"
    if row.get("order_id"):
        row["order_id"] = f"{row['order_id']}{key.split('-')[1]}"
    return {"key": key, "table": table, "row": {name: value for name, value in row.items() if value is not None}}


def _post(site: _Site, events: list[dict[str, Any]], say: Say, sleep: Callable[[float], None]) -> None:
    """Post until it is answered; the keys see to it that nothing counts twice."""
    waits = False
    while True:
        try:
            site.post(f"/shops/{site.ask.shop}/events", {"events": events})
            return
        except urllib.error.HTTPError as error:
            if error.code not in (429, 500, 502, 503, 504):
                raise _refused(error) from None
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            pass
        if not waits:
            say("feed_waits", {})
        waits = True
        sleep(SECONDS)


def _shop_name(site: _Site) -> str:
    try:
        shops = {one["shop"]: one["name"] for one in site.get("/shops")["items"]}
    except urllib.error.HTTPError as error:
        raise _refused(error) from None
    except (urllib.error.URLError, TimeoutError, ConnectionError, ValueError):
        raise ReportableError.of("feed.no_site", values={"address": site.ask.address[:60]}) from None
    if site.ask.shop not in shops:
        known = ", ".join(f"{number} {name}" for number, name in shops.items()) or "–"
        raise ReportableError.of("feed.no_shop", values={"number": site.ask.shop, "known": known[:200]})
    return str(shops[site.ask.shop])


def _refused(error: urllib.error.HTTPError) -> ReportableError:
    try:
        said = str(json.load(error)["detail"])[:200]
    except (ValueError, KeyError):
        said = "–"
    return ReportableError.of("feed.refused", values={"status": error.code, "said": said})


def _plain(value: object) -> object:
    """Return an amount as JSON writes numbers."""
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError
