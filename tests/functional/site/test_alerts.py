"""Alerts: one message an episode, none twice, quiet hours, refusals seen, addresses kept secret."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.functional.cli.conftest import write_files
from tests.functional.site.alerting import Service, serving
from tests.functional.site.cast import browser, person, shop
from xiaoer.actions.import_files import import_files
from xiaoer.site.alerts.addresses import Given
from xiaoer.site.alerts.changes import end_rule, make_address, make_rule, snooze_rule
from xiaoer.site.alerts.check import check_rules, quiet_until
from xiaoer.site.alerts.conditions import Found
from xiaoer.site.alerts.deliver import Became, Outcome, deliver
from xiaoer.site.alerts.send import note_interrupted, send_due
from xiaoer.site.models import AlertAddress, AlertEpisode, AlertMessage, AlertRule, Delivery
from xiaoer.site.sealed import seal

NOON = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
MINUTE = timedelta(minutes=1)
State = AlertMessage.State


@pytest.fixture
def service() -> Iterator[Service]:
    """Return a service that listens on this machine."""
    with serving() as made:
        yield made


@pytest.fixture
def data(tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder of the test's own, which the site looks at."""
    from django.conf import settings

    made = tmp_path / "home"
    assert import_files(made, [write_files(tmp_path / "files")], shop="晨光店").exit_code == 0
    monkeypatch.setattr(settings, "SITE", type(settings.SITE)(made, "zh"))
    return made


@pytest.fixture
def address(data: Path, service: Service) -> AlertAddress:
    """Return the address of the service."""
    given = Given("webhook", f"http://127.0.0.1:{service.port}/hook/0123456789?key=abcdefgh")
    return make_address("值班群", given, by=person("olga", "owner"))


def rule(address: AlertAddress, **more: Any) -> AlertRule:  # noqa: ANN401 -- the rule's own fields
    """Return a rule about the longest wait, over three minutes."""
    asked = {"kind": "live", "metric": "waiting_seconds", "way": "over", "limit": 180, "addresses": [address]}
    return make_rule(shop(), asked | more, by=address.made_by)


@pytest.fixture
def matter(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return what is the matter by every rule; the test changes it."""
    lines: dict[str, str] = {}
    monkeypatch.setattr("xiaoer.site.alerts.check.conditions", lambda *_: Found(dict(lines)))
    return lines


def states() -> list[str]:
    """Return the states of all messages, the first first."""
    return list(AlertMessage.objects.order_by("id").values_list("state", flat=True))


def test_one_message_from_the_beginning_of_an_episode_to_its_end(
    address: AlertAddress, service: Service, matter: dict[str, str]
) -> None:
    rule(address)
    assert check_rules(NOON, "zh") == 0
    matter["小艾"] = "小艾：最长等待 4 分 00 秒，超过 3 分 00 秒"
    for minute in range(1, 30):
        check_rules(NOON + minute * MINUTE, "zh")
        send_due(NOON + minute * MINUTE)
    assert len(service.got) == 1
    path, body = service.got[0]
    assert path == "/hook/0123456789?key=abcdefgh"
    assert (body["title"], body["message"]) == ("晨光店：1 条告警", matter["小艾"])
    matter.clear()
    check_rules(NOON + 35 * MINUTE, "zh")  # it comes and goes: still the same episode
    matter["小艾"] = "又来了"
    assert check_rules(NOON + 36 * MINUTE, "zh") == 0
    matter.clear()
    check_rules(NOON + 46 * MINUTE, "zh")
    assert AlertEpisode.objects.get().ended_at == NOON + 46 * MINUTE
    matter["小艾"] = "又来了"
    assert check_rules(NOON + 50 * MINUTE, "zh") == 1


def test_what_begins_together_is_one_message_and_every_address_has_its_own(
    address: AlertAddress, matter: dict[str, str]
) -> None:
    other = make_address("主管", Given("dingtalk", "0123456789abcdef"), by=address.made_by)
    rule(address, addresses=[address, other])
    matter |= {"小艾": "一", "小林": "二"}
    assert check_rules(NOON, "zh") == 2
    assert AlertMessage.objects.count() == 2
    assert {one.body for one in AlertMessage.objects.all()} == {"一\n二"}
    matter["小新"] = "三"
    assert check_rules(NOON + MINUTE, "zh") == 1
    assert AlertMessage.objects.order_by("-id").first().body == "三"


def test_nothing_known_neither_begins_nor_ends(address: AlertAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    rule(address)
    seen: list[Found] = [Found({"": "慢"}), *[Found(None)] * 30]
    monkeypatch.setattr("xiaoer.site.alerts.check.conditions", lambda *_: seen.pop(0))
    for minute in range(31):
        check_rules(NOON + minute * MINUTE, "zh")
    assert AlertEpisode.objects.get().ended_at is None


def test_a_refusal_is_seen_and_not_tried_for_ever(
    address: AlertAddress, service: Service, matter: dict[str, str]
) -> None:
    rule(address)
    matter[""] = "慢"
    check_rules(NOON, "zh")
    service.answer = b'{"errcode": 310000, "errmsg": "keywords not in content 0123456789"}'
    assert send_due(NOON) == 0
    message = AlertMessage.objects.get()
    assert (message.state, message.problem) == (State.FAILED, "310000 keywords not in content ***")
    assert send_due(NOON + timedelta(days=1)) == 0
    assert len(service.got) == 1
    lead = browser(person("lin", "lead"))
    assert "keywords not in content" in lead.get(reverse("alerts", args=[shop().pk])).content.decode()
    lead.post(reverse("alert_again", args=[shop().pk, message.pk]))
    service.answer = b"ok"
    later = datetime.now(UTC) + MINUTE
    assert send_due(later) == 1
    assert states() == [State.SENT]


def test_a_busy_service_is_asked_again_later_and_later(
    address: AlertAddress, service: Service, matter: dict[str, str]
) -> None:
    rule(address)
    matter[""] = "慢"
    check_rules(NOON, "zh")
    service.status = 503
    times = []
    for minute in range(24 * 60):
        before = len(service.got)
        send_due(NOON + minute * MINUTE)
        times += [minute] if len(service.got) > before else []
    assert times == [0, 1, 6, 21, 81, 261]
    assert AlertMessage.objects.get().state == State.FAILED


def test_a_service_that_is_not_there_gets_the_message_when_it_is(
    address: AlertAddress,
    service: Service,
    matter: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rule(address)
    matter[""] = "慢"
    check_rules(NOON, "zh")
    AlertAddress.objects.update(secret=seal("json://127.0.0.1:9/x"))
    assert send_due(NOON) == 0
    assert states() == [State.WAITING]
    AlertAddress.objects.update(secret=seal(f"json://127.0.0.1:{service.port}/x"))
    assert send_due(NOON + 5 * MINUTE) == 1


def test_what_may_have_arrived_is_not_sent_again(
    address: AlertAddress, service: Service, matter: dict[str, str]
) -> None:
    rule(address)
    matter[""] = "慢"
    check_rules(NOON, "zh")
    service.slow = 1.5
    AlertAddress.objects.update(secret=seal(f"json://127.0.0.1:{service.port}/x?rto=0.3"))
    send_due(NOON)
    send_due(NOON + timedelta(days=1))
    assert (states(), len(service.got)) == ([State.UNKNOWN], 1)


def test_a_program_that_ends_while_it_sends_sends_nothing_twice(
    address: AlertAddress,
    service: Service,
    matter: dict[str, str],
) -> None:
    rule(address)
    matter[""] = "慢"
    check_rules(NOON, "zh")

    def killed(secret: str, **message: str) -> Outcome:
        assert deliver(secret, **message) == Outcome(Became.SENT)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_due(NOON, by=killed)
    assert note_interrupted(NOON) == 1
    check_rules(NOON + MINUTE, "zh")
    assert send_due(NOON + timedelta(days=1)) == 0
    assert (states(), len(service.got)) == ([State.UNKNOWN], 1)


def test_quiet_hours_hold_back_and_drop_what_is_over(
    address: AlertAddress, service: Service, matter: dict[str, str]
) -> None:
    rule(address, quiet_from=time(22), quiet_to=time(8))
    night = NOON + timedelta(hours=11)  # 23:00
    matter |= {"小艾": "一"}
    check_rules(night, "zh")
    matter.clear()
    check_rules(night + 11 * MINUTE, "zh")
    matter |= {"小林": "二"}
    check_rules(night + 12 * MINUTE, "zh")
    assert send_due(night + 13 * MINUTE) == 0
    morning = night + timedelta(hours=9)
    check_rules(morning - MINUTE, "zh")
    assert send_due(morning) == 1
    assert [body["message"] for _, body in service.got] == ["二"]
    assert states() == [State.DROPPED, State.SENT]


@pytest.mark.parametrize(
    ("hours", "local", "ends"),
    [((22, 8), 21, None), ((22, 8), 22, 32), ((22, 8), 7, 8), ((22, 8), 8, None), ((12, 14), 13, 14),
     ((12, 14), 14, None), ((9, 9), 9, None)],
)  # fmt: skip
def test_quiet_hours(data: Path, hours: tuple[int, int], local: int, ends: int | None) -> None:
    midnight = datetime(2026, 3, 4, 16, tzinfo=UTC)
    asked = AlertRule(shop=shop(), quiet_from=time(hours[0]), quiet_to=time(hours[1]))
    until = quiet_until(asked, midnight + timedelta(hours=local))
    assert until == (None if ends is None else midnight + timedelta(hours=ends))


def test_a_snoozed_or_ended_rule_says_nothing(address: AlertAddress, matter: dict[str, str]) -> None:
    made = rule(address)
    snooze_rule(made, 8, by=address.made_by)
    matter[""] = "慢"
    now = datetime.now(UTC)
    assert check_rules(now + MINUTE, "zh") == 0
    assert check_rules(now + timedelta(hours=9), "zh") == 1
    end_rule(made, by=address.made_by)
    assert states() == [State.DROPPED]
    assert check_rules(now + timedelta(hours=20), "zh") == 0


def test_a_figure_of_the_last_whole_day_is_told_once(address: AlertAddress, data: Path) -> None:
    rule(address, kind="daily", metric="reply_share", way="under", limit="0.99", whom="agent")
    now = datetime(2024, 9, 4, 1, tzinfo=UTC)
    moved = "2024-09-29"  # the last day with data is the one that is looked at
    assert check_rules(now, "zh") == 1
    body = AlertMessage.objects.get().body
    assert "小林" in body
    assert "回复率 0.0%，低于 99.0%" in body
    assert moved not in body
    for hours in range(1, 30):
        check_rules(now + timedelta(hours=hours), "zh")
    assert AlertMessage.objects.filter(body__contains="2024-09-03").count() == 1


def test_data_that_stopped_and_imports_that_failed(address: AlertAddress, data: Path) -> None:
    rule(address, kind="data_missing", limit=5, way="", metric="")
    rule(address, kind="import_failed", limit=None, way="", metric="")
    now = datetime.now(UTC)
    assert check_rules(now, "zh") == 0
    Delivery.objects.create(kind="file", shop=shop(), state="refused", finished_at=now + MINUTE)
    assert check_rules(now + timedelta(hours=4, minutes=50), "zh") == 1
    assert check_rules(now + timedelta(hours=5, minutes=10), "zh") == 1
    bodies = [one.body for one in AlertMessage.objects.order_by("id")]
    assert "没能用上" in bodies[0]
    assert bodies[1].startswith("没有新数据")


def test_the_summary_comes_once_a_morning_and_not_in_the_evening(address: AlertAddress, data: Path) -> None:
    rule(address, kind="digest", at=time(9), limit=None, way="", metric="")
    nine = datetime(2024, 9, 3, 1, tzinfo=UTC)
    assert check_rules(nine - MINUTE, "zh") == 0
    assert check_rules(nine, "zh") == 1
    for hours in range(1, 23):
        assert check_rules(nine + timedelta(hours=hours), "zh") == 0
    message = AlertMessage.objects.get()
    assert message.title == "晨光店：2024-09-02"
    assert "接待人数：2" in message.body
    for name in ("阿青", "小白", "老陈"):
        assert name not in message.body
    assert check_rules(nine + timedelta(days=1, hours=8), "zh") == 0  # the server was away all morning


def test_a_lead_makes_a_rule_on_the_page(address: AlertAddress) -> None:
    lead = browser(person("lin", "lead"))
    page = reverse("alerts", args=[shop().pk])
    asked = {"what": "daily three_minute_share", "way": "under", "limit": "85", "whom": "agent", "only": "",
             "addresses": [address.pk], "quiet_from": "22:00", "quiet_to": "08:00"}  # fmt: skip
    assert lead.post(page, asked).status_code == 302
    made = AlertRule.objects.get()
    assert (made.kind, made.metric, made.limit) == ("daily", "three_minute_share", Decimal("0.85"))
    shown = lead.get(page).content.decode()
    assert "低于 85%" in shown
    wrong = lead.post(page, asked | {"limit": "", "quiet_to": ""})
    assert wrong.status_code == 422
    assert "这条规则要有界限" in wrong.content.decode()
    assert AlertRule.objects.count() == 1
    lead.post(reverse("alert_end", args=[shop().pk, made.pk]))
    assert AlertRule.objects.filter(ended_at=None).count() == 0
    other = browser(person("far", "lead", where="远山店"))
    assert other.post(reverse("alert_end", args=[shop("远山店").pk, made.pk])).status_code == 404
