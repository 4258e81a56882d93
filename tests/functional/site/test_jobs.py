"""Long work: goes on in its own process, tells how far it is, stops when asked, is not waited for once it is gone."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.functional.site.cast import browser, person
from xiaoer.actions.plain_issue import plain_issue
from xiaoer.base.issues import Issue
from xiaoer.site.jobs import start as starting
from xiaoer.site.models import AuditEntry, Job

GONE = 4_000_000  # above what any system gives


class NoProcess:
    """A process that does nothing, and is there for as long as the test is."""

    pid = os.getpid()

    def __init__(self, command: list[str], **_: object) -> None:
        self.command = command

    def wait(self) -> int:
        """Return at once."""
        return 0


@pytest.fixture(autouse=True)
def _no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiaoer.site.jobs.start.Popen", NoProcess)


def test_the_example_is_started_once_and_shown(site: Path) -> None:
    client = browser(person("own", "owner"))
    first = client.post("/shops/example/")["Location"]
    assert client.post("/shops/example/")["Location"] == first
    job = Job.objects.get()
    assert AuditEntry.objects.filter(act="example_started").count() == 1
    shown = client.get(first).content.decode()
    assert f'hx-get="/jobs/{job.pk}/part/"' in shown
    Job.objects.update(state=Job.State.RUNNING, stage="importing", done=30, total=120)
    part = client.get(f"/jobs/{job.pk}/part/")
    assert 'value="25"' in part.content.decode()
    assert "正在导入文件" in part.content.decode()
    assert "HX-Refresh" not in part


def test_a_job_that_is_over_loads_the_page_again(site: Path) -> None:
    owner = person("own", "owner")
    job = Job.objects.create(kind="example", started_by=owner, state=Job.State.DONE)
    client = browser(owner)
    assert client.get(f"/jobs/{job.pk}/part/")["HX-Refresh"] == "true"
    shown = client.get(f"/jobs/{job.pk}/").content.decode()
    assert "都准备好了" in shown
    assert "hx-get" not in shown


def test_a_job_stops_when_asked_and_only_while_it_runs(site: Path) -> None:
    owner = person("own", "owner")
    job = Job.objects.create(kind="example", started_by=owner, state=Job.State.RUNNING)
    client = browser(owner)
    for _ in range(2):
        client.post(f"/jobs/{job.pk}/stop/")
    job.refresh_from_db()
    assert job.state == Job.State.STOPPED
    assert AuditEntry.objects.filter(act="job_stopped").count() == 1


def test_a_job_that_failed_says_why(site: Path) -> None:
    owner = person("own", "owner")
    problem = [plain_issue(Issue("store.busy", values={"folder": "x"}))]
    job = Job.objects.create(kind="example", started_by=owner, state=Job.State.FAILED, problem=problem)
    shown = browser(owner).get(f"/jobs/{job.pk}/").content.decode()
    assert 'role="alert"' in shown


def test_a_job_whose_process_is_gone_is_not_waited_for(site: Path) -> None:
    owner = person("own", "owner")
    gone = Job.objects.create(kind="example", started_by=owner, state=Job.State.RUNNING, process=GONE)
    never = Job.objects.create(kind="example", started_by=owner)
    starting.end_orphans()
    for job in (gone, never):
        job.refresh_from_db()
        assert job.state == Job.State.FAILED
        assert job.over


def test_who_looks_at_a_job_whose_process_is_gone_is_told_at_once(site: Path) -> None:
    owner = person("own", "owner")
    gone = Job.objects.create(kind="example", started_by=owner, state=Job.State.RUNNING, process=GONE)
    begins = Job.objects.create(kind="example", started_by=owner)
    client = browser(owner)
    assert client.get(f"/jobs/{gone.pk}/part/")["HX-Refresh"] == "true"
    assert 'role="alert"' in client.get(f"/jobs/{gone.pk}/").content.decode()
    assert "HX-Refresh" not in client.get(f"/jobs/{begins.pk}/part/")
    Job.objects.filter(pk=begins.pk).update(created_at=timezone.now() - timedelta(minutes=2))
    assert client.get(f"/jobs/{begins.pk}/part/")["HX-Refresh"] == "true"
