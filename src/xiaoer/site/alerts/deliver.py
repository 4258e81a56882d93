"""Send one message by Apprise and say what became of it.

Apprise says yes or no, and yes where a robot's service answered 200 and refused in its words. So what the services
answered is heard from `requests` beneath it. Nothing here is logged: Apprise's own log names addresses.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import requests
from apprise import Apprise, AppriseAsset, NotifyFormat

ASSET = AppriseAsset(app_id="Xiaoer", app_desc="Xiaoer", plugin_paths=[], async_mode=False)
CODES = ("errcode", "code", "StatusCode")  # of DingTalk and WeCom, of Feishu, of Feishu's earlier robots
WORDS = ("errmsg", "msg", "StatusMessage")
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
BUSY_CODES = frozenset({-1, 130101, 45009, 11232, 9499})  # too often, or the service's own fault
LONGEST = 80
TELLTALES = ("apprise", "urllib3.connectionpool")  # their logs name addresses


class Became(StrEnum):
    """What became of a message: `unknown` may have arrived and must not be sent again."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Outcome:
    """What became of a message and, where it was not sent, why, in the service's words."""

    became: Became
    why: str = ""


@dataclass
class _Heard:
    """What the services answered and what went wrong on the way."""

    answers: list[tuple[int, bytes]] = field(default_factory=list)
    faults: list[requests.RequestException] = field(default_factory=list)


def deliver(secret: str, *, title: str, body: str) -> Outcome:
    """Return what became of a message to an address."""
    with _silence():
        service = Apprise.instantiate(secret, asset=ASSET, suppress_exceptions=True)
        if service is None:
            return Outcome(Became.REFUSED, "address")
        with _listening() as heard:
            said_yes = bool(service.notify(title=title, body=body, body_format=NotifyFormat.TEXT))
    if heard.faults:
        return _of_fault(heard.faults[-1])
    for status, content in heard.answers:
        outcome = _of_answer(status, content)
        if outcome.became is not Became.SENT:
            return Outcome(outcome.became, _without(secret, outcome.why))
    # Mail has no answers to hear: a server that did not take it may take it later.
    return Outcome(Became.SENT) if said_yes else Outcome(Became.LATER, "not accepted")


def can_be_read(secret: str) -> bool:
    """Return whether the sender can make anything of an address."""
    with _silence():
        return Apprise.instantiate(secret, asset=ASSET, suppress_exceptions=True) is not None


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the logs of what is beneath from naming the address."""
    loggers = [logging.getLogger(name) for name in TELLTALES]
    before = [one.disabled for one in loggers]
    for one in loggers:
        one.disabled = True
    try:
        yield
    finally:
        for one, was in zip(loggers, before, strict=True):
            one.disabled = was


@contextmanager
def _listening() -> Iterator[_Heard]:
    """Hear what every request meets; one thread sends, so nobody else's requests are heard."""
    heard, send = _Heard(), requests.adapters.HTTPAdapter.send

    def listen(*sent: Any, **options: Any) -> requests.Response:  # noqa: ANN401 -- requests' own signature
        try:
            answer = send(*sent, **options)
            heard.answers.append((answer.status_code, answer.content))
        except requests.RequestException as fault:
            heard.faults.append(fault)
            raise
        return answer

    requests.adapters.HTTPAdapter.send = listen  # type: ignore[method-assign]
    try:
        yield heard
    finally:
        requests.adapters.HTTPAdapter.send = send  # type: ignore[method-assign]


def _of_fault(fault: requests.RequestException) -> Outcome:
    """Return whether a message can not have arrived: then it may be sent again."""
    names = {type(one).__name__ for one in _causes(fault)}
    before = {"ConnectTimeout", "NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "SSLError"}
    kind = type(fault).__name__
    return Outcome(Became.LATER, kind) if names & before else Outcome(Became.UNKNOWN, kind)


def _causes(fault: BaseException) -> Iterator[BaseException]:
    """Yield a fault and what it wraps."""
    yield fault
    for inner in (*fault.args, getattr(fault, "reason", None), fault.__cause__):
        if isinstance(inner, BaseException) and inner is not fault:
            yield from _causes(inner)


def _of_answer(status: int, content: bytes) -> Outcome:
    if status in BUSY:
        return Outcome(Became.LATER, f"HTTP {status}")
    if not 200 <= status < 300:
        return Outcome(Became.REFUSED, f"HTTP {status}")
    try:
        said = json.loads(content)
    except ValueError:
        return Outcome(Became.SENT)
    if not isinstance(said, dict):
        return Outcome(Became.SENT)
    code = next((said[name] for name in CODES if isinstance(said.get(name), int)), 0)
    if code == 0:
        return Outcome(Became.SENT)
    words = next((str(said[name]) for name in WORDS if said.get(name)), "")
    return Outcome(Became.LATER if code in BUSY_CODES else Became.REFUSED, f"{code} {words}"[:LONGEST].strip())


def _without(secret: str, why: str) -> str:
    """Return a reason without any part of the address."""
    for part in secret.replace("@", "/").replace("?", "/").replace("&", "/").replace("=", "/").split("/"):
        if len(part) >= 8:
            why = why.replace(part, "***")
    return why
