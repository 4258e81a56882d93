"""One request to an OpenAI-compatible address, sent again after what passes by itself."""

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import Message
from typing import IO, Any

from xiaoer.base.errors import ReportableError

TIMEOUT_SECONDS, ATTEMPTS, LARGEST_ANSWER = 60, 4, 1_000_000
MOST_TOKENS_OUT = 1000
PASSES = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
Messages = Sequence[dict[str, str]]


@dataclass(frozen=True)
class Service:
    """Where to ask: the address up to …/v1, the key (empty: none is sent), the model's name there."""

    address: str
    key: str
    model: str


@dataclass(frozen=True)
class Reply:
    """The words of an answer, the tokens that it took (None where the service does not say), how often it was asked."""

    text: str
    tokens_in: int | None
    tokens_out: int | None
    attempts: int


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A key goes to the address that somebody gave, and nowhere else."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Follow nothing."""
        return


def ask(service: Service, messages: Messages, *, sleep: Callable[[float], None] = time.sleep) -> Reply:
    """Return the service's reply; a ReportableError when it refuses, can not be reached or answers something else."""
    request = _request(service, messages)
    opener = urllib.request.build_opener(_StayHere)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with opener.open(request, timeout=TIMEOUT_SECONDS) as response:
                return _reply(response.read(LARGEST_ANSWER + 1), attempt)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code not in PASSES or attempt == ATTEMPTS:
                raise ReportableError.of("models.service_refused", values={"status": error.code}) from None
        except (OSError, http.client.HTTPException):
            if attempt == ATTEMPTS:
                raise ReportableError.of("models.service_unreachable", values={"attempts": ATTEMPTS}) from None
        sleep(2.0 ** (attempt - 1))
    raise AssertionError("the last attempt returns or raises")


def _request(service: Service, messages: Messages) -> urllib.request.Request:
    body = {
        "model": service.model, "messages": list(messages), "temperature": 0, "max_tokens": MOST_TOKENS_OUT,
        "response_format": {"type": "json_object"},
    }  # fmt: skip
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if service.key:
        headers["Authorization"] = f"Bearer {service.key}"
    return urllib.request.Request(
        f"{service.address}/chat/completions", json.dumps(body, ensure_ascii=False).encode(), headers, method="POST"
    )


def _reply(raw: bytes, attempts: int) -> Reply:
    try:
        if len(raw) > LARGEST_ANSWER:
            raise ValueError
        content: Any = json.loads(raw)
        text = content["choices"][0]["message"]["content"]
        if not isinstance(text, str):
            raise TypeError
    except (ValueError, KeyError, IndexError, TypeError):
        raise ReportableError.of("models.service_odd") from None
    usage = content.get("usage") if isinstance(content, dict) else None
    used = usage if isinstance(usage, dict) else {}
    return Reply(text, _count(used.get("prompt_tokens")), _count(used.get("completion_tokens")), attempts)


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
