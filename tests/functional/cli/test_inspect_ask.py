"""`xiaoer inspect ask`: closed by default; with an address only what stands word for word, within the cap, recorded."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.functional.cli.door import xiaoer

DAYS = ("--from", "2024-09-01", "--to", "2024-09-30")
MESSAGES = """shop,buyer,agent,sent_at,sender,text
晨光店,阿青青,晨光店:小艾,2024-09-02 10:10:00,buyer,电话13900001111 能便宜吗
晨光店,阿青青,晨光店:小艾,2024-09-02 10:11:00,agent,您自己看着办
晨光店,小白白,晨光店:小艾,2024-09-03 11:00:00,buyer,尺码
晨光店,小白白,晨光店:小艾,2024-09-03 11:00:20,agent,您好，M码合适
"""
STANDARD = """label: {zh: 试用, en: Trial}
why: {zh: 试用。, en: A trial.}
kind: standard
items:
  coldness:
    label: {zh: 冷淡, en: Cold}
    reason: {zh: 让买家觉得被嫌弃。, en: The customer feels unwanted.}
    find: {by: human}
    points: "-2"
    severity: low
"""


class Fake(BaseHTTPRequestHandler):
    """Says of every conversation that line 1 is cold, once with words that stand there and once without."""

    seen: list[Any]

    def do_POST(self) -> None:
        self.seen.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        findings = [
            {"item": "coldness", "line": 1, "quote": quote, "why": "推开买家"} for quote in ("看着办", "爱买不买")
        ]
        content = json.dumps({"findings": findings}, ensure_ascii=False)
        usage = {"prompt_tokens": 1000, "completion_tokens": 100}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"choices": [{"message": {"content": content}}], "usage": usage}).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    seen: list[Any] = []
    kind = type("Told", (Fake,), {"seen": seen})
    server = HTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("XIAOER_MODEL_URL", f"http://127.0.0.1:{server.server_port}/v1")
    monkeypatch.setenv("XIAOER_MODEL_NAME", "small")
    monkeypatch.setenv("XIAOER_MODEL_YUAN", "2/8")
    yield seen
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "messages.csv").write_text(MESSAGES, encoding="utf-8")
    assert xiaoer(tmp_path / "home", "import", tmp_path / "messages.csv", "--shop", "晨光店").code == 0
    standards = tmp_path / "home" / "catalog" / "standards"
    standards.mkdir(parents=True)
    (standards / "trial.yaml").write_text(STANDARD, encoding="utf-8")
    return tmp_path / "home"


def test_it_is_off_until_an_address_is_set(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XIAOER_MODEL_URL", raising=False)
    refused = xiaoer(home, "inspect", "ask", *DAYS, lang="en")
    assert (refused.code, "No outside model is set" in refused.err) == (1, True)
    assert not (home / "models").exists()


def test_suggestions_are_shown_and_what_is_not_said_is_dropped(home: Path, service: list[Any]) -> None:
    before = xiaoer(home, "inspect", "run", *DAYS, "--json").data["agents"]
    made = xiaoer(home, "inspect", "ask", *DAYS, "--json").data
    (one,) = made["suggestions"]
    assert (one["conversation"], one["item"], one["place"]) == ("2024-09-02/晨光店:小艾/阿青青", "coldness", 1)
    assert "您自己看着办"[one["start"] : one["end"]] == "看着办"
    assert (made["dropped"], made["conversations"], made["cost_yuan"]) == ({"not_said": 3}, 2, "0.0056")
    sent = json.dumps(service, ensure_ascii=False)
    assert not [word for word in ("13900001111", "阿青青", "小白白") if word in sent]
    record = (home / "models" / "asked.jsonl").read_text("utf-8")
    assert len(record.splitlines()) == 2
    assert not [word for word in ("看着办", "阿青青", "推开") if word in record]
    assert xiaoer(home, "inspect", "run", *DAYS, "--json").data["agents"] == before
    shown = xiaoer(home, "inspect", "ask", *DAYS).out
    assert "不扣分" in shown


def test_the_cap_stops_before_it_is_passed(home: Path, service: list[Any]) -> None:
    made = xiaoer(home, "inspect", "ask", *DAYS, "--cap", "0.001", "--json").data
    assert (made["conversations"], made["stopped_by_cap"], service) == (0, True, [])
    refused = xiaoer(home, "inspect", "ask", *DAYS, "--cap", "free", lang="en")
    assert (refused.code, "no cap" in refused.err) == (1, True)
