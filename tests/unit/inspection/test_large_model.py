"""An outside model: only words that stand there are believed, nothing personal leaves, the cap holds."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from xiaoer.base.environment import read_outside_model
from xiaoer.base.errors import ReportableError
from xiaoer.inspection.large_model.answer import Answer, Dropped, answer_of
from xiaoer.inspection.large_model.budget import Budget, Prices
from xiaoer.inspection.large_model.client import ATTEMPTS, Reply, Service, ask
from xiaoer.inspection.large_model.question import AskedItem, Question, question_of
from xiaoer.inspection.large_model.record import FILE, Call, record
from xiaoer.inspection.model.conversation import Between, Conversation
from xiaoer.inspection.model.example import Said

NOW = datetime(2024, 9, 30, 12, tzinfo=UTC)
TALK = Conversation(
    Between(date(2024, 9, 2), "晨光店:小艾", "青山不改"),
    (
        Said("buyer", "我是青山不改，电话13900001111，几天能到"),
        None,
        Said("agent", "你自己不会看吗\n烦死了"),
    ),
)
ITEMS = (AskedItem("cold", "冷淡", "让买家觉得被嫌弃。"),)


def question() -> Question:
    return question_of(TALK, ITEMS)


def said(*findings: dict[str, Any]) -> str:
    return json.dumps({"findings": list(findings)}, ensure_ascii=False)


def test_nothing_personal_is_in_the_question() -> None:
    asked = question()
    text = json.dumps(asked.messages, ensure_ascii=False)
    assert "13900001111" not in text
    assert "青山不改" not in text
    assert "小艾" not in text
    assert "几天能到" in text
    assert set(asked.lines) == {0, 2}


def test_a_quote_that_stands_there_is_taken_with_its_place() -> None:
    answer = answer_of(said({"item": "cold", "line": 2, "quote": "不会看吗", "why": "反问"}), question())
    (one,) = answer.suggestions
    assert (one.place, one.start, one.end, one.why, answer.dropped) == (2, 3, 7, "反问", {})
    spoken = TALK.spoken[2]
    assert spoken is not None
    assert spoken.text[one.start : one.end] == "不会看吗"


@pytest.mark.parametrize(
    ("finding", "reason"),
    [
        ({"item": "cold", "line": 2, "quote": "你怎么不会看", "why": ""}, Dropped.NOT_SAID),
        ({"item": "cold", "line": 2, "quote": "", "why": ""}, Dropped.NOT_SAID),
        ({"item": "cold", "line": 2, "quote": " ", "why": ""}, Dropped.NOT_SAID),
        ({"item": "cold", "line": 1, "quote": "不会看吗", "why": ""}, Dropped.UNKNOWN_LINE),
        ({"item": "cold", "line": 0, "quote": "13900001111", "why": ""}, Dropped.NOT_SAID),
        ({"item": "rude", "line": 2, "quote": "不会看吗", "why": ""}, Dropped.UNKNOWN_ITEM),
        ({"item": "cold", "line": "2", "quote": "不会看吗", "why": ""}, Dropped.NO_JSON),
        ({"item": "cold", "line": 2, "quote": "不会看吗", "points": -5}, Dropped.NO_JSON),
    ],
)
def test_what_is_not_borne_out_is_dropped_and_counted(finding: dict[str, Any], reason: Dropped) -> None:
    assert answer_of(said(finding), question()) == Answer(dropped={reason: 1})


@pytest.mark.parametrize(
    "text", ["", "没有问题", "[]", '{"findings": null}', '{"findings": [], "more": 1}', "{" * 9000]
)
def test_an_answer_of_another_form_is_dropped_whole(text: str) -> None:
    assert answer_of(text, question()) == Answer(dropped={Dropped.NO_JSON: 1})


def test_a_fenced_answer_is_read_and_a_second_time_is_dropped() -> None:
    one = {"item": "cold", "line": 2, "quote": "烦死了", "why": ""}
    answer = answer_of(f"```json\n{said(one, one)}\n```", question())
    assert (len(answer.suggestions), answer.dropped) == (1, {Dropped.TWICE: 1})


class Fake(BaseHTTPRequestHandler):
    """Answers what it was told to, one entry per request, and keeps what was asked."""

    replies: list[tuple[int, str]]
    seen: list[tuple[str, dict[str, str], Any]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append((self.path, dict(self.headers), body))
        status, text = self.replies.pop(0)
        self.send_response(status)
        if status in (301, 307):
            self.send_header("Location", text)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def fake() -> Iterator[tuple[str, type[Fake]]]:
    kind = type("Told", (Fake,), {"replies": [], "seen": []})
    server = HTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1", kind
    server.shutdown()
    thread.join()
    server.server_close()


def whole(text: str, **usage: object) -> str:
    return json.dumps({"choices": [{"message": {"content": text}}], "usage": usage})


def test_a_request_is_what_such_services_take(fake: tuple[str, type[Fake]]) -> None:
    address, server = fake
    server.replies = [(200, whole(said(), prompt_tokens=120, completion_tokens=9))]
    assert ask(Service(address, "k1", "m1"), question().messages) == Reply(said(), 120, 9, 1)
    ((path, headers, body),) = server.seen
    assert (path, headers["Authorization"], body["model"], body["temperature"]) == (
        "/v1/chat/completions", "Bearer k1", "m1", 0,
    )  # fmt: skip
    assert body["response_format"] == {"type": "json_object"}
    assert body["messages"] == list(question().messages)


def test_what_passes_is_tried_again_and_longer_each_time(fake: tuple[str, type[Fake]]) -> None:
    address, server = fake
    server.replies = [(429, ""), (503, ""), (200, whole(said()))]
    slept: list[float] = []
    assert ask(Service(address, "", "m"), (), sleep=slept.append) == Reply(said(), None, None, 3)
    assert slept == [1.0, 2.0]
    assert "Authorization" not in server.seen[0][1]


@pytest.mark.parametrize(
    ("replies", "code"),
    [
        ([(401, "")], "models.service_refused"),
        ([(503, "")] * ATTEMPTS, "models.service_refused"),
        ([(307, "http://127.0.0.1:9/elsewhere")], "models.service_refused"),
        ([(200, "<html>")], "models.service_odd"),
        ([(200, "[]")], "models.service_odd"),
        ([(200, '{"choices": [{"message": {"content": null}}]}')], "models.service_odd"),
        ([(200, whole("x" * 1_000_001))], "models.service_odd"),
    ],
)
def test_refusals_and_odd_answers_are_said_plainly(
    fake: tuple[str, type[Fake]], replies: list[tuple[int, str]], code: str
) -> None:
    address, server = fake
    server.replies = list(replies)
    with pytest.raises(ReportableError) as refused:
        ask(Service(address, "secret-key", "m"), (), sleep=lambda _: None)
    assert refused.value.issues[0].code == code
    assert "secret-key" not in repr(refused.value.issues)
    assert len(server.seen) == len(replies)


def test_a_service_that_is_not_there_is_said_plainly() -> None:
    with pytest.raises(ReportableError) as refused:
        ask(Service("http://127.0.0.1:9/v1", "", "m"), (), sleep=lambda _: None)
    assert refused.value.issues[0].code == "models.service_unreachable"


def test_the_cap_can_not_be_passed() -> None:
    budget = Budget(Decimal("0.01"), Prices(Decimal(2), Decimal(8)))
    assert budget.allows(characters=500, most_out=1000)  # 2·500·2 + 8·1000 = 10,000 millionths
    assert not budget.allows(characters=501, most_out=1000)
    assert budget.spend(100, 10) == Decimal("0.00028")
    assert not budget.allows(characters=500, most_out=1000)


def test_the_record_has_numbers_and_nobody_s_words(tmp_path: Path) -> None:
    answer = answer_of(said({"item": "cold", "line": 2, "quote": "烦死了", "why": "嫌弃"}), question())
    service = Service("https://model.example/v1", "secret-key", "m")
    for _ in range(2):
        record(tmp_path, Call(service, question(), Reply("…", 5, 6, 1), answer, Decimal("0.1")), now=NOW)
    lines = (tmp_path / FILE).read_text("utf-8").splitlines()
    assert len(lines) == 2
    assert json.loads(lines[0])["suggested"] == ["cold"]
    assert not [word for word in ("烦死了", "嫌弃", "青山不改", "小艾", "secret-key") if word in lines[0]]


SET = {"XIAOER_MODEL_URL": "https://model.example/v1/", "XIAOER_MODEL_NAME": "m", "XIAOER_MODEL_YUAN": "2/8.5"}


def test_the_outside_model_is_off_by_default_and_read_when_set() -> None:
    assert read_outside_model({}) is None
    found = read_outside_model({**SET, "XIAOER_MODEL_KEY": "secret-key"})
    assert found is not None
    assert (found.address, found.key, found.yuan_out) == ("https://model.example/v1", "secret-key", Decimal("8.5"))
    assert "secret-key" not in repr(found)
    assert read_outside_model({**SET, "XIAOER_MODEL_URL": "http://localhost:8000/v1"}) is not None


@pytest.mark.parametrize(
    "bad",
    [
        {"XIAOER_MODEL_URL": "http://model.example/v1"},
        {"XIAOER_MODEL_URL": "ftp://model.example"},
        {"XIAOER_MODEL_URL": "https://user:pass@model.example/v1"},
        {"XIAOER_MODEL_NAME": ""},
        {"XIAOER_MODEL_YUAN": ""},
        {"XIAOER_MODEL_YUAN": "2"},
        {"XIAOER_MODEL_YUAN": "-1/2"},
        {"XIAOER_MODEL_YUAN": "nan/2"},
    ],
)
def test_a_setting_of_no_use_is_refused_by_name_without_its_value(bad: dict[str, str]) -> None:
    with pytest.raises(ReportableError) as refused:
        read_outside_model({**SET, **bad})
    (issue,) = refused.value.issues
    assert issue.values == {"name": next(iter(bad))}
