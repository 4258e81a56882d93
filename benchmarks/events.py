"""Events posted to a server that is killed and started again: what was answered is in the figures, once."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread
from typing import Any

SHOP = "晨光店"
AGENTS = 100
BATCH = 100
PER_CHAT = 10  # events of one buyer
REPEATED_SHARE = 0.02  # of batches that are sent again although they were answered, as a careful program does
SEED = 7
DAY = "2024-09-05"
MORNING = datetime(2024, 9, 5, 9, 0, tzinfo=timezone(timedelta(hours=8)))
STARTS_WITHIN_SECONDS = 60
STAGE = """
import sys
from pathlib import Path
from xiaoer.site.boot import boot
from xiaoer.site.place import Site
boot(Site(Path(sys.argv[1]), "zh"))
from django.core.management import call_command
call_command("migrate", verbosity=0)
from xiaoer.site.models import Person, Shop
from xiaoer.site.tokens.changes import make_token
from xiaoer.site.tokens.scopes import SCOPES
who = Person.objects.create(login="olga", name="Olga")
shop = Shop.objects.create(name=sys.argv[2])
print(shop.pk, make_token("benchmark", tuple(SCOPES), shop=None, last_day=None, by=who)[1])
"""
TAKE_IN = """
import sys
from pathlib import Path
from xiaoer.site.boot import boot
from xiaoer.site.place import Site
boot(Site(Path(sys.argv[1]), "zh"))
from xiaoer.site.journal.take_in import take_in
while take_in(Path(sys.argv[1]), "zh", at_once=True):
    pass
"""


@dataclass(frozen=True)
class Load:
    """How many events in how much time, and how often the server is killed meanwhile."""

    minutes: float
    per_minute: int
    kills: int

    @property
    def batches(self) -> int:
        """Return how many posts that makes."""
        return max(1, round(self.minutes * self.per_minute / BATCH))


@dataclass
class Posted:
    """What came of an hour, or ten minutes, of posting."""

    events: int = 0
    accepted: int = 0
    repeated: int = 0
    sent_again: int = 0  # posts without an answer, until they had one
    kills: int = 0
    most_waiting: int = 0
    seconds: float = 0.0
    seconds_till_taken_in: float = 0.0
    behind_seconds: float = 0.0  # how late the last post went out, against the clock
    answered_within: list[float] = field(default_factory=list)
    missing: int = 0  # messages that were answered and are not in the figures
    doubled: int = 0  # messages in the figures that nobody sent

    def told(self) -> dict[str, Any]:
        """Return the numbers, with the milliseconds within which half, 95 and 99 of 100 posts were answered."""
        parts = quantiles(self.answered_within, n=100, method="inclusive")
        milliseconds = {f"p{share}_milliseconds": round(1000 * parts[share - 1], 1) for share in (50, 95, 99)}
        numbers = {name: value for name, value in asdict(self).items() if name != "answered_within"}
        return numbers | milliseconds | {"slowest_milliseconds": round(1000 * max(self.answered_within), 1)}


class Server:
    """`xiaoer serve` in a process of its own."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.home = home
        self.process = self._started()

    def _started(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", "from xiaoer.cli import main; main()", "--home", str(self.home), "serve",
                   "--port", str(self.port)]  # fmt: skip
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True, text=True)
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < until and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return process
        raise AssertionError("the server did not start")

    def kill(self, *, all_of_it: bool) -> None:
        """Kill the server at once, with the process that takes events in or without, and start another."""
        if all_of_it:
            os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.kill()
        self.process.wait()
        self.process = self._started()

    def end(self) -> None:
        """End it as Ctrl-C does."""
        self.process.terminate()
        self.process.wait(timeout=60)


def stage(home: Path) -> tuple[int, str]:
    """Make a site with one shop; return the shop's number and a token that opens everything."""
    command = [sys.executable, "-c", STAGE, str(home), SHOP]
    number, token = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return int(number), token


def events_benchmark(home: Path, load: Load, *, at_once: bool = False) -> dict[str, Any]:
    """Return what was measured; `at_once` does not wait for the server's own minute to take the events in."""
    number, token = stage(home)
    server, chance, posted = Server(home), random.Random(SEED), Posted()
    program = _Program(server.port, number, token)
    killer = Thread(target=_kill, args=[server, load, posted, chance], daemon=True)
    try:
        started = time.monotonic()
        killer.start()
        for place, batch in enumerate(_batches(load)):
            due = started + place * 60 * load.minutes / load.batches
            time.sleep(max(0.0, due - time.monotonic()))
            posted.behind_seconds = max(0.0, time.monotonic() - due)
            program.post(batch, posted)
            if chance.random() < REPEATED_SHARE:
                program.post(batch, posted)
        posted.seconds = time.monotonic() - started
        killer.join()
        _taken_in(program, home, posted, at_once=at_once)
        counted = program.messages()
    finally:
        server.end()
    posted.missing, posted.doubled = max(0, posted.events - counted), max(0, counted - posted.events)
    return posted.told()


def _kill(server: Server, load: Load, posted: Posted, chance: random.Random) -> None:
    part = 60 * load.minutes / (load.kills + 1)
    for number in range(load.kills):
        Event().wait(part * chance.uniform(0.7, 1.0))
        server.kill(all_of_it=number % 2 == 1)
        posted.kills += 1


def _batches(load: Load) -> Iterator[list[dict[str, Any]]]:
    """Yield the posts: chats in which buyer and agent speak in turn."""
    for place in range(load.batches):
        numbers = range(place * BATCH, (place + 1) * BATCH)
        yield [{"key": f"m-{number}", "table": "messages", "row": _row(number)} for number in numbers]


def _row(number: int) -> dict[str, str]:
    chat, turn = divmod(number, PER_CHAT)
    at = MORNING + timedelta(milliseconds=200 * number)
    return {
        "buyer": f"buyer{chat}", "agent": f"{SHOP}:客服{chat % AGENTS}", "sent_at": at.isoformat(),
        "sender": "agent" if turn % 2 else "buyer", "text": f"第 {turn} 句",
    }  # fmt: skip


@dataclass
class _Program:
    """What posts, and asks."""

    port: int
    shop: int
    token: str

    def post(self, batch: list[dict[str, Any]], posted: Posted) -> None:
        """Post events until they are answered."""
        while True:
            since = time.monotonic()
            try:
                status, told = self._ask("POST", "events", {"events": batch})
            except (OSError, http.client.HTTPException):
                posted.sent_again += 1
                time.sleep(0.2)
                continue
            assert status == 202, told
            posted.answered_within.append(time.monotonic() - since)
            posted.accepted += told["accepted"]
            posted.repeated += told["repeated"]
            posted.events = max(posted.events, int(batch[-1]["key"].removeprefix("m-")) + 1)
            return

    def waiting(self) -> int:
        """Return how many events are not in the store yet."""
        status, told = self._ask("GET", "events/state")
        assert status == 200, told
        assert told["refused"] == 0, told
        return int(told["waiting"])

    def messages(self) -> int:
        """Return how many messages the figures count."""
        asked = f"report?from={DAY}&to=2024-09-06&metrics=buyer_messages,agent_messages&by=day"
        status, told = self._ask("GET", asked)
        assert status == 200, told
        days = [row for row in told["rows"] if row.get("day")]
        return sum(int(row["buyer_messages"] or 0) + int(row["agent_messages"] or 0) for row in days)

    def _ask(self, method: str, address: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        text = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            connection.request(method, f"/api/v1/shops/{self.shop}/{address}", text, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()


def _taken_in(program: _Program, home: Path, posted: Posted, *, at_once: bool) -> None:
    """Wait until the store has every event."""
    since = time.monotonic()
    posted.most_waiting = program.waiting()
    if at_once:
        subprocess.run([sys.executable, "-c", TAKE_IN, str(home)], check=True)
    while program.waiting():
        assert time.monotonic() - since < 600, "the events are not taken in"
        time.sleep(1)
    posted.seconds_till_taken_in = time.monotonic() - since
