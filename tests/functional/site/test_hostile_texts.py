"""Whatever text stands in an address or a form, the answer is one of ours: no database and no reader is tripped up."""

from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.test_every_page import named, no_process, pages
from xiaoer.site.models import Account

# The end of a string in its midst, half of a character, a number that no column holds, and what is too long.
TEXTS = ("\0", "\ud800", "9" * 40, "x" * 3000)
NAMES = (
    "account", "agent", "at", "buyer", "by", "cause", "code", "comment", "compare", "contact", "day", "decision",
    "expected", "fatal", "figure", "first", "first_day", "from", "inspectors", "item", "last", "login",
    "look_again_on", "m", "month", "name", "next", "number", "of", "on", "order", "order_id", "page", "password",
    "period", "platform", "points", "policy", "q", "readers", "reason", "role", "scopes", "shop", "sort", "to",
    "token", "topic", "value", "verdict", "view", "way", "who", "with", "words",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS, ids=["end of string", "half a character", "large", "long"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_text_trips_a_page_up(site: Path, monkeypatch: pytest.MonkeyPatch, method: str, text: str) -> None:
    monkeypatch.setattr("xiaoer.site.jobs.start.Popen", no_process)
    target, agent = person("target", "agent"), person("amy", "agent")
    for one, account in ((agent, "晨光店:小艾"), (target, "晨光店:小林")):
        Account.objects.create(person=one, shop=shop(), account=account, first_day=date(2024, 9, 1))
    owner, own, nobody = browser(person("olga", "owner")), browser(agent), browser()
    broken = {}
    for pattern in pages():
        if pattern.name.startswith("api_") or pattern.name == "sign_out":
            continue
        address = reverse(pattern.name, kwargs=named(pattern, "own", target))
        client = own if pattern.name.startswith("own") else nobody if "sign_in" in pattern.name else owner
        client.raise_request_exception = False
        status = _status(client, method, address, text)
        if status >= 500:
            broken[pattern.name] = status
    assert broken == {}


def _status(client: Client, method: str, address: str, text: str) -> int:
    """Return the answer's status; the form is written as bytes, as no client of good manners would."""
    sent = urlencode(dict.fromkeys(NAMES, text.encode("utf-8", "surrogatepass")))
    if method == "get":
        return int(client.get(f"{address}?{sent}").status_code)
    return int(client.post(address, sent, content_type="application/x-www-form-urlencoded").status_code)


@pytest.mark.parametrize("text", ["%00", "a%00b", "%ED%A0%80", "9" * 40, "x" * 3000])
def test_no_text_in_the_path_trips_it_up(site: Path, text: str) -> None:
    client = browser(person("olga", "owner"))
    client.raise_request_exception = False
    for address in (f"/invitation/{text}/", f"/metrics/{text}/", f"/s/{text}/team/", f"/people/{text}/", f"/{text}/"):
        assert client.get(address).status_code in (400, 404, 422), address
