"""Events on their way into the figures: each once, whatever is repeated, wrong, or killed."""

import fcntl
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.functional.cli.conftest import write_files
from tests.functional.site.api_door import Program, message, token
from tests.functional.site.cast import browser, person, shop
from xiaoer.actions.import_files import ImportOutcome, import_files
from xiaoer.actions.imports import list_imports
from xiaoer.actions.report import report
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.base.language import Language
from xiaoer.site.api import token_auth
from xiaoer.site.api.imports import plain_name
from xiaoer.site.journal.take_in import take_in
from xiaoer.site.models import Delivery, Person, ReceivedEvent

KILLS = 3
SEED = 20240905


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder of the test's own, with the shop in it."""
    made = tmp_path / "home"
    assert import_files(made, [write_files(tmp_path / "files")], shop="晨光店").exit_code == 0
    return made


@pytest.fixture
def program(site: Path) -> Iterator[Program]:
    """Return a program that may do everything."""
    token_auth.WRITES.counts.clear()
    yield Program(token(person("olga", "owner"))[1])


def messages_of(home: Path, day: str) -> int:
    """Return how many messages of buyers a day has, as the report tells."""
    rows: Any = dict(report(home, ReportAsk(day, day, "晨光店", by=(), metrics=("buyer_messages",)), "zh").data)["rows"]
    return int(rows[0]["buyer_messages"] or 0) if rows else 0


def test_events_become_figures_and_repeating_them_changes_nothing(data: Path, program: Program) -> None:
    sent = [(f"m-{minute}", "messages", message(f"2024-09-05T10:{minute:02}:00+08:00")) for minute in range(5)]
    assert program.events(*sent).json() == {"accepted": 5, "repeated": 0}
    assert program.events(*sent, sent[0]).json() == {"accepted": 0, "repeated": 6}
    state = program.get(f"/shops/{shop().pk}/events/state").json()
    assert (state["received"], state["waiting"], state["taken_in"]) == (5, 5, 0)
    assert take_in(data, "zh", at_once=True) == 1
    assert program.events(*sent).json() == {"accepted": 0, "repeated": 5}
    assert take_in(data, "zh", at_once=True) == 0
    assert messages_of(data, "2024-09-05") == 5
    state = program.get(f"/shops/{shop().pk}/events/state").json()
    assert (state["waiting"], state["taken_in"], state["oldest_waiting_at"]) == (0, 5, None)


def test_who_takes_in_waits_for_whoever_is_at_it(data: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    program.events(("a", "messages", message("2024-09-05T10:00:00+08:00")))
    let_go = Event()
    began_after: list[bool] = []

    def imported(home: Path, files: list[Path], *, shop: str, platform: str, language: Language) -> ImportOutcome:
        began_after.append(let_go.is_set())
        return import_files(home, files, shop=shop, platform=platform, language=language)

    def end() -> None:
        let_go.set()
        fcntl.flock(held, fcntl.LOCK_UN)

    monkeypatch.setattr("xiaoer.site.journal.take_in.import_files", imported)
    (data / "site").mkdir(exist_ok=True)
    with (data / "site" / "taking-in.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        other = Timer(0.3, end)
        other.start()
        assert take_in(data, "zh", at_once=True) == 1
        other.join()
    assert began_after == [True]


def test_two_equal_messages_of_one_second_stay_two_in_one_delivery_and_in_two(data: Path, program: Program) -> None:
    same = message("2024-09-05T10:00:00+08:00")
    program.events(("a", "messages", same), ("b", "messages", same))
    take_in(data, "zh", at_once=True)
    program.events(("c", "messages", same))
    take_in(data, "zh", at_once=True)
    assert messages_of(data, "2024-09-05") == 3


def test_a_key_that_stands_for_something_else_keeps_nothing_of_the_batch(program: Program) -> None:
    program.events(("a", "messages", message("2024-09-05 10:00")))
    answer = program.events(
        ("new", "messages", message("2024-09-05 11:00")), ("a", "messages", message("2024-09-05 10:00", "别的"))
    )
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:xiaoer:api.key_reused")
    assert list(ReceivedEvent.objects.values_list("key", flat=True)) == ["a"]


def test_an_order_told_again_with_its_payment_is_one_paid_order(data: Path, program: Program) -> None:
    order = {"order_id": "1790000000000000009", "buyer": "阿青", "created_at": "2024-09-05 10:30", "amount_paid": 0}
    paid = order | {"paid_at": "2024-09-05 10:40", "amount_paid": 59.90}
    assert program.events(("o9-1", "orders", order), ("o9-2", "orders", paid)).status_code == 202
    take_in(data, "zh", at_once=True)
    rows: Any = dict(
        report(data, ReportAsk("2024-09-05", "2024-09-05", "晨光店", by=(), metrics=("shop_sales_yuan",)), "zh").data
    )
    assert rows["rows"][0]["shop_sales_yuan"] == 59.9


def test_a_killed_step_is_taken_up_again_without_doubling(
    data: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.events(("a", "messages", message("2024-09-05 10:00")))
    monkeypatch.setattr("xiaoer.site.journal.take_in.import_files", _imported_and_killed)
    with pytest.raises(KeyboardInterrupt):
        take_in(data, "zh", at_once=True)
    monkeypatch.undo()
    assert messages_of(data, "2024-09-05") == 1
    program.events(("b", "messages", message("2024-09-05 11:00")))
    assert take_in(data, "zh", at_once=True) == 2
    assert messages_of(data, "2024-09-05") == 2
    assert len(list_imports(data)) == 3 + 2
    assert not list((data / "site" / "incoming").iterdir())


def _imported_and_killed(*paths: Any, **options: Any) -> None:  # noqa: ANN401 -- import_files' own
    assert import_files(*paths, **options).exit_code == 0
    raise KeyboardInterrupt


def test_a_file_that_was_sent_is_imported_and_says_so(data: Path, program: Program, monkeypatch: Any) -> None:  # noqa: ANN401
    from django.conf import settings

    monkeypatch.setattr(settings, "SITE", type(settings.SITE)(data, "zh"))
    text = "agent,name,group\n晨光店:小新,小新,售前\n".encode()
    address = f"/shops/{shop().pk}/imports"
    made = program.send(address, file=SimpleUploadedFile("../../agents.csv", text))
    assert made.status_code == 202, made.content
    number = made.json()["delivery"]
    assert take_in(data, "zh") == 1
    told = program.get(f"/shops/{shop().pk}/deliveries/{number}").json()
    assert (told["state"], told["rejected"]) == ("done", 0)
    one = program.get(f"{address}/{told['import_number']}").json()
    assert (one["file_name"], one["rows"]) == ("agents.csv", {"agents": 1})
    assert program.get(address, limit=1).json()["items"][0]["id"] == told["import_number"]
    large = program.client.post(
        "/api/v1" + address, b"", content_type="multipart/form-data; boundary=x",
        headers=program.headers, CONTENT_LENGTH=str(2**30),
    )  # fmt: skip
    assert (large.status_code, large.json()["type"]) == (413, "urn:xiaoer:api.too_large")
    wrong = program.send(address, file=SimpleUploadedFile("x.bin", bytes(range(256)))).json()["delivery"]
    take_in(data, "zh")
    told = program.get(f"/shops/{shop().pk}/deliveries/{wrong}").json()
    assert told["state"] == "refused"
    assert told["issues"]
    _tried_again_it_counts(data, wrong, program)


def _tried_again_it_counts(data: Path, number: int, program: Program) -> None:
    """What was wrong was put right meanwhile; a file that was taken in can not be tried again."""
    owner = browser(Person.objects.get(login="olga"))
    address = reverse("delivery_retry", args=[number])
    assert address in owner.get(reverse("tokens")).content.decode()
    sent = Delivery.objects.get(pk=number)
    kept = data / "site" / "incoming" / sent.folder / sent.file_name
    kept.write_text("agent,name,group\n晨光店:小明,小明,售前\n", encoding="utf-8")
    assert owner.post(address).status_code == 302
    assert take_in(data, "zh") == 1
    assert program.get(f"/shops/{shop().pk}/deliveries/{number}").json()["state"] == "done"
    assert not kept.exists()
    owner.post(address)
    assert take_in(data, "zh") == 0


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\x\\a.csv", ".hidden", "", "a\0b.csv", "报表 9月.xlsx", "x" * 500 + ".csv"]
)
def test_names_of_files_do_no_harm(name: str) -> None:
    plain = plain_name(name)
    assert plain
    assert not plain.startswith(".")
    assert not set("/\\\0:") & set(plain)
    assert len(plain) < 100


TAKER = """
import sys
from pathlib import Path
from xiaoer.site.boot import boot
from xiaoer.site.place import Site
home = Path(sys.argv[1])
boot(Site(home, "zh"))
from xiaoer.site.journal.take_in import take_in
print("ready", flush=True)
while take_in(home, "zh", at_once=True):
    pass
print("done", flush=True)
"""
POSTER = """
import sys
from pathlib import Path
from xiaoer.site.boot import boot
from xiaoer.site.place import Site
home = Path(sys.argv[1])
boot(Site(home, "zh"))
from xiaoer.site.journal.append import Event, append
from xiaoer.site.models import ApiToken, Person, Shop
if sys.argv[2] == "0":
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    who = Person.objects.create(login="olga", name="Olga")
    Shop.objects.create(name="晨光店")
    ApiToken.objects.create(name="x", digest="x", begins="x", made_by=who)
shop, token = Shop.objects.get(), ApiToken.objects.get()
print("ready", flush=True)
for batch in range(int(sys.argv[2]), 10**6):
    rows = []
    for number in range(20):
        at = f"2024-09-05T{10 + batch % 10}:{batch // 10 % 60:02}:{number:02}+08:00"
        row = {"shop": "晨光店", "buyer": f"b{batch}", "agent": "晨光店:小艾", "sent_at": at, "sender": "buyer",
               "text": "在吗", "message_id": f"{batch}-{number}"}
        rows.append(Event(f"{batch}-{number}", "messages", row))
    append(rows, shop=shop, token=token)
    print(batch, flush=True)
"""


@pytest.mark.slow
def test_kills_at_random_moments_lose_nothing_and_double_nothing(data: Path) -> None:
    chance = random.Random(SEED)
    answered = -1
    for _ in range(KILLS):
        answered = max(answered, _killed_while_posting(data, answered + 1, chance.uniform(0.05, 0.4)))
        _killed_while_taking_in(data, chance.uniform(0.0, 0.8))
    whole = _run(TAKER, data)
    assert "done" in whole.communicate(timeout=120)[0]
    found = messages_of(data, "2024-09-05")
    assert answered >= KILLS
    # The batch under way at a kill may have been kept without an answer; it is sent again, and still counts once.
    assert found == (answered + 1) * 20


def _killed_while_posting(home: Path, first: int, seconds: float) -> int:
    process = _run(POSTER, home, str(first))
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    said = process.communicate(timeout=60)[0].split()
    last = int(said[-1]) if said else first - 1
    return _sent_again(home, last + 1)


def _sent_again(home: Path, batch: int) -> int:
    """Send the batch that got no answer until it gets one, and return its number."""
    process = _run(POSTER.replace("10**6", "int(sys.argv[2]) + 1"), home, str(batch or "00"))
    assert str(batch) in process.communicate(timeout=60)[0].split()
    return batch


def _killed_while_taking_in(home: Path, seconds: float) -> None:
    process = _run(TAKER, home)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)


def _run(code: str, home: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, str(home), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
