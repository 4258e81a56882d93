"""A shop's settings: what holds since when; what a change would do is shown before it is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.test_jobs import NoProcess
from xiaoer.actions.report import report
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.actions.settings import set_setting, show_settings
from xiaoer.actions.shops import last_change
from xiaoer.base.language import Language
from xiaoer.site.jobs.process import end_when_stopped
from xiaoer.site.models import AuditEntry, Job
from xiaoer.site.shop_settings.work import preview

LANGUAGES: tuple[Language, ...] = ("zh", "en")
WAITS = {"name": "wait_cap_seconds", "value": "60", "first": ""}


@pytest.fixture(autouse=True)
def _usual_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start no process; what a test wrote is set back: the data folder is every test's."""
    monkeypatch.setattr("xiaoer.site.jobs.start.Popen", NoProcess)
    before = last_change(site)
    yield
    if last_change(site) != before:
        set_setting(site, "wait_cap_seconds", "600", shop="晨光店", first=None)


def average(home: Path) -> object:
    """Return 小艾's average wait in September, as it counts."""
    ask = ReportAsk("2024-09-01", "2024-09-30", "晨光店", metrics=("average_response_seconds",))
    rows = report(home, ask, "zh").data["rows"]
    assert isinstance(rows, list)
    return next(row["average_response_seconds"] for row in rows if row["agent"] == "晨光店:小艾")


def worked(home: Path) -> Job:
    """Return the last preview, after its work was done in this process."""
    job = Job.objects.latest("id")
    preview(home, "zh", lambda *_: None, job)
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    job.refresh_from_db()
    return job


def test_a_preview_says_what_would_change_and_writes_nothing(site: Path) -> None:
    client = browser(person("lin", "lead"))
    before, change = average(site), last_change(site)
    answer = client.post(f"/s/{shop().pk}/settings/", WAITS | {"do": "preview"})
    assert "hx-get" in client.get(answer["Location"]).content.decode()
    job = worked(site)
    assert last_change(site) == change
    assert average(site) == before
    names = [one["name"] for one in job.came["columns"]]
    assert "average_response_seconds" in names
    assert "received_buyers" not in names
    shown = client.get(answer["Location"]).content.decode()
    client.post(f"/s/{shop().pk}/settings/", WAITS | {"do": "write"})
    after = average(site)
    assert after != before
    place = names.index("average_response_seconds")
    row = next(one for one in job.came["rows"] if one["agent"] == "小艾")
    told = row["cells"][place]["zh"]
    ask = ReportAsk("2024-09-01", "2024-09-30", "晨光店", metrics=("average_response_seconds",))
    page = report(site, ask, "zh")
    assert told[1] in [cell.text for cells in page.rows for cell in cells]
    assert f"{told[0]} → <strong>{told[1]}</strong>" in shown


def test_a_value_is_written_from_a_day_on_and_logged_without_the_value(site: Path) -> None:
    lead = person("lin", "lead")
    client = browser(lead)
    asked = WAITS | {"first": "2024-09-15", "do": "write"}
    assert client.post(f"/s/{shop().pk}/settings/", asked).status_code == 302
    rows = show_settings(site, "zh", shop="晨光店").data["settings"]
    assert isinstance(rows, list)
    assert ("60", "2024-09-15") in [(row["value"], row["from"]) for row in rows if row["name"] == "wait_cap_seconds"]
    entry = AuditEntry.objects.get(act="setting_changed")
    assert (entry.person, entry.shop) == (lead, shop())
    assert entry.details == {"setting": "wait_cap_seconds", "from": "2024-09-15"}
    assert "2024-09-15" in client.get(f"/s/{shop().pk}/settings/").content.decode()


@pytest.mark.parametrize("do", ["preview", "write"])
@pytest.mark.parametrize(
    "asked",
    [
        {"name": "wait_cap_seconds", "value": "soon"},
        {"name": "zone", "value": "UTC"},
        {"name": "nothing", "value": "1"},
    ],
)
def test_what_can_not_be_set_is_said_and_nothing_is_written(site: Path, do: str, asked: dict[str, str]) -> None:
    before = last_change(site)
    answer = browser(person("lin", "lead")).post(f"/s/{shop().pk}/settings/", asked | {"do": do})
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()
    assert last_change(site) == before
    assert Job.objects.count() == 0
    assert AuditEntry.objects.filter(act="setting_changed").count() == 0


def test_a_value_that_holds_already_changes_nothing(site: Path) -> None:
    client = browser(person("lin", "lead"))
    answer = client.post(f"/s/{shop().pk}/settings/", WAITS | {"value": "600", "do": "preview"})
    assert worked(site).came["columns"] == []
    assert "没有数字会变" in client.get(answer["Location"]).content.decode()


def test_another_shop_s_preview_is_not_there(site: Path) -> None:
    client = browser(person("lin", "lead"))
    answer = client.post(f"/s/{shop().pk}/settings/", WAITS | {"do": "preview"})
    number = answer["Location"].rstrip("/").split("/")[-1]
    far = browser(person("far", "lead", where="远山店"))
    assert far.get(f"/s/{shop('远山店').pk}/settings/preview/{number}/").status_code == 404


def test_the_page_reads_in_both_languages(site: Path) -> None:
    lead = person("lin", "lead")
    for language, said in zip(LANGUAGES, ("改设置", "Change a setting"), strict=True):
        lead.language = language
        lead.save()
        shown = browser(lead).get(f"/s/{shop().pk}/settings/")
        assert said in shown.content.decode()
        assert len(shown.content) < 60_000


def test_settings_are_called_by_what_they_are(site: Path) -> None:
    shown = browser(person("lin", "lead")).get(f"/s/{shop().pk}/settings/").content.decode()
    assert "询单有效天数" in shown
    assert ">目标：回复率<" in shown
    page = show_settings(site, "zh", shop="晨光店")
    labels = page.data["labels"]
    assert isinstance(labels, dict)
    assert all(labels[name] != name for name in labels), "a setting without a label"
    assert len(set(labels.values())) == len(labels)


def test_a_preview_is_stopped_and_writes_nothing(site: Path) -> None:
    client = browser(person("lin", "lead"))
    answer = client.post(f"/s/{shop().pk}/settings/", WAITS | {"do": "preview"})
    job = Job.objects.latest("id")
    assert "停止" in client.get(answer["Location"]).content.decode()
    change = last_change(site)
    stopped = client.post(f"{answer['Location']}stop/", follow=True).content.decode()
    job.refresh_from_db()
    assert job.state == Job.State.STOPPED
    assert "什么都没有写下" in stopped
    assert 'value="write"' not in stopped
    assert last_change(site) == change
    ended: list[int] = []
    end_when_stopped(job.pk, end=ended.append)
    assert ended == [0]
    far = browser(person("far", "lead", where="远山店"))
    assert far.post(f"/s/{shop('远山店').pk}/settings/preview/{job.pk}/stop/").status_code == 404
