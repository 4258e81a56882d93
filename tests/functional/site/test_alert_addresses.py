"""Addresses of alerts: read as services give them, kept secret, and refusals heard whatever the sender says."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connections
from django.urls import reverse

from tests.functional.cli.conftest import write_files
from tests.functional.site.alerting import Service, serving
from tests.functional.site.cast import browser, person
from xiaoer.actions.import_files import import_files
from xiaoer.site.alerts.addresses import Given, secret_of
from xiaoer.site.alerts.changes import end_address, make_address, try_address
from xiaoer.site.alerts.deliver import Became, Outcome, deliver
from xiaoer.site.alerts.send import send_due
from xiaoer.site.models import AlertAddress, AlertMessage, AuditEntry
from xiaoer.site.sealed import seal, unseal

MINUTE = timedelta(minutes=1)


@pytest.fixture
def service() -> Iterator[Service]:
    """Return a service that listens on this machine."""
    with serving() as made:
        yield made


@pytest.fixture
def data(tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder of the test's own, which the site looks at."""
    made = tmp_path / "home"
    assert import_files(made, [write_files(tmp_path / "files")], shop="晨光店").exit_code == 0
    monkeypatch.setattr(settings, "SITE", type(settings.SITE)(made, "zh"))
    return made


SECRET = "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdefdeadbeef"


def test_addresses_are_shown_as_hints_and_never_written_anywhere_else(
    data: Path, service: Service, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    client = browser(person("own", "owner"))
    page = reverse("alert_addresses")
    asked = {"name": "群", "kind": "dingtalk", "where": SECRET, "secret": "SECverysecret99"}
    assert client.post(page, asked).status_code == 302
    made = AlertAddress.objects.get()
    shown = client.get(page).content.decode()
    assert "…beef" in shown
    asked["where"] = "https://oapi.dingtalk.com/robot/send?access_token=short&x=SECRETPART"
    again = client.post(page, asked)
    assert again.status_code == 422
    assert client.post(reverse("alert_address_try", args=[made.pk])).status_code == 302
    AlertAddress.objects.update(secret=seal("json://127.0.0.1:9/0123456789abcdefdeadbeef"))
    send_due(datetime.now(UTC) + MINUTE)
    said = [shown, caplog.text, *capfd.readouterr(), *AlertMessage.objects.values_list("problem", flat=True)]
    said += [json.dumps(one.details) + one.about for one in AuditEntry.objects.all()]
    for part in ("0123456789abcdef", "SECverysecret99"):
        assert not [one for one in said if part in one]
    assert "SECverysecret99" not in again.content.decode()
    end_address(made, by=made.made_by)
    assert AlertAddress.objects.get().secret == ""


def in_database() -> str:
    """Return an address's secret as it lies in the database at hand."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT secret FROM xiaoer_alertaddress")
        ((kept,),) = cursor.fetchall()
    return str(kept)


def test_addresses_lie_sealed_and_those_of_before_are_sealed_by_the_migration(site: Path) -> None:
    made = make_address("群", Given("dingtalk", SECRET, "SECverysecret99"), by=person("own", "owner"))
    sealed, plain = in_database(), unseal(made.secret)
    assert "0123456789abcdefdeadbeef" in plain
    assert "SECverysecret99" in plain
    assert not [part for part in ("dingtalk", "deadbeef", "SECverysecret99") if part in sealed]
    (operation,) = import_module("xiaoer.site.migrations.0010_addresses_are_sealed").Migration.operations
    editor = SimpleNamespace(connection=connections["default"])
    operation.reverse_code(apps, editor)
    assert in_database() == plain
    operation.code(apps, editor)
    assert plain not in in_database()
    made.refresh_from_db()
    assert unseal(made.secret) == plain
    AlertAddress.objects.update(secret="")
    operation.code(apps, editor)
    assert in_database() == ""


def test_another_key_is_said_and_nothing_is_sent(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = person("own", "owner")
    made = make_address("群", Given("dingtalk", SECRET), by=owner)
    message = try_address(made, by=owner)
    monkeypatch.setattr(settings, "SECRET_KEY", "another one")
    assert send_due(datetime.now(UTC) + MINUTE, by=lambda *_, **__: pytest.fail("it was sent")) == 0
    message.refresh_from_db()
    assert message.state == AlertMessage.State.FAILED
    shown = browser(owner).get(reverse("alert_addresses")).content.decode()
    assert "网站的密钥已经不是填写时的那一把" in shown
    assert "地址已经读不出来" in shown


@pytest.mark.parametrize(
    "given",
    [
        Given("webhook", "file:///etc/passwd"), Given("webhook", "https://"), Given("webhook", "dbus://x"),
        Given("webhook", "https://u:p@host/"), Given("dingtalk", "a b"), Given("wecom", "https://x/?key=../../a"),
        Given("mail", "a@example.com", "", "smtp.example.com", "b@example.com"),
        Given("mail", "a@example.com", "p", "smtp.example.com/x?y", "b@example.com"),
        Given("mail", "a@example.com,x", "p", "smtp.example.com", "b@example.com"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(site: Path, given: Given) -> None:
    with pytest.raises(ValidationError):
        secret_of(given)


@pytest.mark.parametrize(
    ("given", "kind", "hint"),
    [
        (Given("dingtalk", SECRET, "SEC0123abcd"), "NotifyDingTalk", "…beef"),
        (Given("wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a-bbbb"), "NotifyWeComBot", "…bbbb"),
        (Given("feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/abc-def-0123"), "NotifyFeishu", "…0123"),
        (Given("webhook", "https://hooks.example.com/a/b?x=1"), "NotifyJSON", "hooks.example.com"),
        (Given("mail", "lin@example.com", "p@ss:/?", "smtp.example.com:465", "bot@example.com"), "NotifyEmail",
         "l***@example.com"),
    ],
)  # fmt: skip
def test_what_services_give_is_read(site: Path, given: Given, kind: str, hint: str) -> None:
    from apprise import Apprise

    secret, shown = secret_of(given)
    made: Any = Apprise.instantiate(secret)
    assert (type(made).__name__, shown) == (kind, hint)
    if kind == "NotifyEmail":
        assert (made.smtp_host, made.port, made.user, made.password) == (
            "smtp.example.com", 465, "bot@example.com", "p@ss:/?",
        )  # fmt: skip
    if kind == "NotifyDingTalk":
        assert made.secret == "SEC0123abcd"


@pytest.mark.parametrize("kind", ["dingtalk", "wecom", "feishu"])
def test_robots_that_refuse_in_words_are_not_taken_for_sent(
    service: Service, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from apprise.plugins.dingtalk import NotifyDingTalk
    from apprise.plugins.feishu import NotifyFeishu
    from apprise.plugins.wecombot import NotifyWeComBot

    plugin: Any = {"dingtalk": NotifyDingTalk, "wecom": NotifyWeComBot, "feishu": NotifyFeishu}[kind]
    key = {"dingtalk": "token", "wecom": "key", "feishu": "token"}[kind]
    monkeypatch.setattr(plugin, "notify_url", f"http://127.0.0.1:{service.port}/{{{key}}}")
    secret, _ = secret_of(Given(kind, "0123456789abcdef"))
    if kind == "feishu":
        service.answer = b'{"code": 0, "msg": "success"}'
    assert deliver(secret, title="题", body="文").became is Became.SENT
    refused = {"dingtalk": (300005, "errcode"), "wecom": (93000, "errcode"), "feishu": (19001, "code")}[kind]
    service.answer = json.dumps({refused[1]: refused[0], "errmsg": "no", "msg": "no"}).encode()
    assert deliver(secret, title="题", body="文") == Outcome(Became.REFUSED, f"{refused[0]} no")
    assert "文" in json.dumps(service.got, ensure_ascii=False)
