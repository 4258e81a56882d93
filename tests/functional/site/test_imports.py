"""Importing in the browser: files sent are read in the background, looked at, taken back; hostile ones do nothing."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.functional.cli.conftest import MESSAGES, ORDERS
from tests.functional.site.cast import browser, person, shop
from tests.functional.site.test_jobs import NoProcess
from xiaoer.actions.imports import list_imports, undo_import
from xiaoer.site.imports import upload as uploading
from xiaoer.site.imports.upload import sweep, uploads
from xiaoer.site.imports.work import import_sent
from xiaoer.site.jobs.process import StoppedError
from xiaoer.site.models import AuditEntry, Job, Shop
from xiaoer.store.store import Store

NAME = "新开的店"
HERE = MESSAGES.replace("晨光店", NAME)
BROKEN = HERE + f"{NAME},阿青,{NAME}:小艾,yesterday,buyer,在吗\n"


@pytest.fixture(autouse=True)
def _alone(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start no process; a shop of the tests' own, of which nothing stays."""
    monkeypatch.setattr("xiaoer.site.jobs.start.Popen", NoProcess)
    Shop.objects.create(name=NAME)
    yield
    for made in counting(site):
        undo_import(site, made["id"])
    for folder in uploads().glob("*"):
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


def sent(client: Client, *files: tuple[str, str | bytes], where: str = NAME, **more: str) -> HttpResponse:
    """Return the answer to files sent by the form."""
    parts = [
        SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode()) for name, content in files
    ]
    return client.post(f"/s/{shop(where).pk}/imports/upload/", {"files": parts, **more})


def worked(home: Path) -> Job:
    """Return the last job, after its work was done in this process."""
    job = Job.objects.latest("id")
    import_sent(home, "zh", lambda *_: None, job)
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    job.refresh_from_db()
    return job


def counting(home: Path) -> list[dict[str, Any]]:
    """Return the imports of the tests' shop that count."""
    return [one for one in list_imports(home, shop=NAME) if not one["undone"]]


def on_disk() -> list[Path]:
    """Return every file that was sent and lies there still."""
    return [file for file in uploads().rglob("*") if file.is_file()]


def test_files_sent_are_imported_and_each_says_what_came_of_it(site: Path) -> None:
    client = browser(person("lin", "lead", where=NAME))
    answer = sent(client, ("messages.csv", BROKEN), ("notes.txt", "no table at all"), (".DS_Store", "noise"))
    job = Job.objects.latest("id")
    assert answer["Location"] == f"/s/{shop(NAME).pk}/imports/job/{job.pk}/"
    assert [file.name for file in sorted(on_disk())] == ["1", "2"]
    assert AuditEntry.objects.filter(act="import_started", about=f"job {job.pk}").count() == 1
    shown = client.get(answer["Location"]).content.decode()
    assert f'hx-get="{answer["Location"]}part/"' in shown
    job = worked(site)
    assert on_disk() == []
    first, second = job.came["files"]
    assert (first["status"], first["rows"], first["rejected"]) == ("imported", {"messages": 13}, 1)
    assert second["status"] == "refused"
    shown = client.get(answer["Location"]).content.decode()
    assert "messages.csv" in shown
    assert "1 行没导入" in shown
    assert 'class="error"' in shown
    assert client.get(f"{answer['Location']}part/")["HX-Refresh"] == "true"
    assert "小艾" in client.get(f"/s/{shop(NAME).pk}/team/?month=2024-09").content.decode()


def test_a_zip_says_the_same_as_its_files(site: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("messages.csv", HERE)
        archive.writestr("orders.csv", ORDERS.replace("晨光店", NAME))
    sent(browser(person("lin", "lead", where=NAME)), ("September.zip", packed.getvalue()))
    assert worked(site).came["files"][0]["rows"] == {"messages": 13, "orders": 4}


@pytest.mark.parametrize("name", ["../../../../tmp/evil.csv", "..\\evil.csv", "/etc/passwd", "a\x00b.csv", "x" * 600])
def test_what_a_file_is_called_never_says_where_it_lies(site: Path, name: str) -> None:
    answer = sent(browser(person("lin", "lead", where=NAME)), (name, HERE))
    assert answer.status_code == 302
    assert [file.name for file in on_disk()] == ["1"]
    assert on_disk()[0].parent.parent == uploads()
    kept = worked(site).came["files"][0]["file"]
    assert "/" not in kept
    assert "\\" not in kept
    assert len(kept) <= 150
    assert kept.isprintable()


def test_a_file_with_rows_of_another_shop_is_refused_whole(site: Path) -> None:
    before = len(list_imports(site, shop="晨光店"))
    mixed = HERE + "晨光店,阿青,晨光店:小艾,2024-09-05 10:10:15,buyer,有货吗\n"
    client = browser(person("lin", "lead", where=NAME))
    answer = sent(client, ("messages.csv", mixed))
    assert [one["status"] for one in worked(site).came["files"]] == ["refused"]
    assert "别的店铺" in client.get(answer["Location"]).content.decode()
    assert len(list_imports(site, shop="晨光店")) == before
    assert counting(site) == []


def test_too_much_is_said_plainly_and_leaves_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser(person("lin", "lead", where=NAME))
    monkeypatch.setattr(uploading, "MOST_FILES", 2)
    answer = sent(client, *[(f"{n}.csv", HERE) for n in range(3)])
    assert answer.status_code == 422
    assert "一次最多 2 个文件" in answer.content.decode()
    monkeypatch.setattr(uploading, "MOST_BYTES", 1000)
    assert "什么都没有收下" in sent(client, ("big.csv", "x" * 2000)).content.decode()
    monkeypatch.setattr(uploading, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(uploading, "KEPT_FREE_BYTES", 10**18)
    assert "磁盘快满了" in sent(client, ("a.csv", HERE)).content.decode()
    assert on_disk() == []
    assert Job.objects.count() == 0


def test_a_body_that_hides_its_length_is_cut_off(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "_problem", lambda *_: None)  # as if the length had been told too small
    monkeypatch.setattr(uploading, "MOST_BYTES", 1000)
    answer = sent(browser(person("lin", "lead", where=NAME)), ("big.csv", "x" * 200_000))
    assert answer.status_code == 422
    assert on_disk() == []


@pytest.mark.parametrize("path", ["/sign-in/", "/welcome/", "/language/", "/people/invite/", "/jobs/1/"])
def test_files_are_taken_nowhere_else(site: Path, path: str) -> None:
    for client in (browser(), browser(person("own", "owner"))):
        client.post(path, {"files": SimpleUploadedFile("a.csv", b"x" * 5_000_000)})
        assert on_disk() == []


def test_files_of_who_may_not_import_never_reach_the_disk(site: Path) -> None:
    for role in ("analyst", "agent", "client", "inspector"):
        assert sent(browser(person(role, role, where=NAME)), ("a.csv", HERE)).status_code == 403
    assert sent(browser(person("far", "lead")), ("a.csv", HERE)).status_code == 404
    assert sent(browser(), ("a.csv", HERE)).status_code == 302
    assert on_disk() == []


def test_a_form_that_is_not_ours_starts_nothing(site: Path) -> None:
    lead = person("lin", "lead", where=NAME)
    assert sent(browser(lead, checks=True), ("a.csv", HERE)).status_code == 403
    assert Job.objects.count() == 0
    assert sent(browser(person("ana", "analyst", where=NAME), checks=True), ("b.csv", HERE)).status_code == 403
    assert len(on_disk()) <= 1  # of the lead's alone, until it is swept


def test_no_file_and_an_unknown_platform_are_said(site: Path) -> None:
    client = browser(person("lin", "lead", where=NAME))
    assert "没有选文件" in client.post(f"/s/{shop(NAME).pk}/imports/upload/", {}).content.decode()
    assert sent(client, ("a.csv", HERE), platform="nowhere").status_code == 422
    assert on_disk() == []


def test_an_import_that_is_stopped_keeps_whole_files_only(site: Path) -> None:
    client = browser(person("lin", "lead", where=NAME))
    answer = sent(client, ("one.csv", HERE), ("two.csv", HERE + "\n"), ("three.csv", HERE + "\n\n"))
    job = Job.objects.latest("id")

    def tell(_stage: str, done: int, _total: int) -> None:
        if done:
            raise StoppedError

    with pytest.raises(StoppedError):
        import_sent(site, "zh", tell, job)
    Job.objects.filter(pk=job.pk).update(state=Job.State.STOPPED)
    shown = client.get(answer["Location"]).content.decode()
    assert [one["file_name"] for one in counting(site)] == ["one.csv"]
    assert "已停止" in shown
    assert "three.csv" in shown
    assert on_disk() == []


def test_what_was_sent_and_never_read_is_swept(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(browser(person("lin", "lead", where=NAME)), ("a.csv", HERE))
    monkeypatch.setattr(uploading, "LEFT_OVER_SECONDS", -1)
    sweep()
    assert len(on_disk()) == 1  # its work is still to come
    Job.objects.update(state=Job.State.FAILED)
    sweep()
    assert on_disk() == []


def test_an_import_is_undone_by_its_button_once(site: Path) -> None:
    client = browser(person("lin", "lead", where=NAME))
    sent(client, ("messages.csv", HERE))
    number = worked(site).came["files"][0]["import"]
    address = f"/s/{shop(NAME).pk}/imports/{number}/"
    assert client.post(f"{address}undo/", {}).status_code == 422
    assert client.post(f"{address}undo/", {"sure": "yes"}).status_code == 302
    assert "已撤销" in client.get(address).content.decode()
    assert "还没有数据" in client.get(f"/s/{shop(NAME).pk}/team/").content.decode()
    again = client.post(f"{address}undo/", {"sure": "yes"})
    assert again.status_code == 422
    assert AuditEntry.objects.filter(act="import_undone", about=f"import {number}").count() == 1


def test_another_shop_s_import_is_not_there(site: Path) -> None:
    number = list_imports(site, shop="远山店")[0]["id"]
    client = browser(person("lin", "lead"))
    for end in ("", "undo/", "rejected/"):
        address = f"/s/{shop().pk}/imports/{number}/{end}"
        answer = client.post(address, {"sure": "yes", "reason": "check"}) if end else client.get(address)
        assert answer.status_code == 404
    assert not next(one for one in list_imports(site) if one["id"] == number)["undone"]


def test_rows_left_out_are_given_for_a_reason_and_logged(site: Path) -> None:
    client = browser(person("lin", "lead", where=NAME))
    sent(client, ("messages.csv", BROKEN))
    number = worked(site).came["files"][0]["import"]
    address = f"/s/{shop(NAME).pk}/imports/{number}/rejected/"
    assert client.post(address, {}).status_code == 422
    assert AuditEntry.objects.filter(act="rejected_rows_taken").count() == 0
    answer = client.post(address, {"reason": "check"})
    assert answer["Content-Disposition"] == f'attachment; filename="xiaoer-import-{number}-rejected.csv"'
    text = answer.content.decode("utf-8-sig")
    assert len(text.splitlines()) == 2
    assert "yesterday" in text
    assert AuditEntry.objects.get(act="rejected_rows_taken").reason == "check"
    shown = client.get(f"/s/{shop(NAME).pk}/imports/{number}/").content.decode()
    assert str(site) not in shown
    assert "yesterday" not in shown


def test_the_list_shows_every_import_in_both_languages(site: Path) -> None:
    lead = person("lin", "lead", where=NAME)
    client = browser(lead)
    empty = Shop.objects.create(name="空空的店")
    assert "还没有导入过" in browser(person("own", "owner")).get(f"/s/{empty.pk}/imports/").content.decode()
    sent(client, ("messages.csv", HERE))
    worked(site)
    assert "messages.csv" in client.get(f"/s/{shop(NAME).pk}/imports/").content.decode()
    lead.language = "en"
    lead.save()
    shown = client.get(f"/s/{shop(NAME).pk}/imports/").content.decode()
    assert "Drop files, folders or a zip here" in shown
    assert "counts" in shown


def test_the_owner_makes_a_shop_for_its_first_files(site: Path) -> None:
    client = browser(person("own", "owner"))
    answer = client.post("/shops/new/", {"name": "  湖畔店 "})
    made = Shop.objects.get(name="湖畔店")
    assert answer["Location"] == f"/s/{made.pk}/imports/"
    assert "已有同名" in client.post("/shops/new/", {"name": "湖畔店"}).content.decode()
    assert "导入文件" in client.get(f"/s/{made.pk}/team/").content.decode()


def test_an_import_that_says_nothing_of_a_file_is_shown_all_the_same(site: Path) -> None:
    file = {"file_name": "rows", "file_hash": "rows", "file_bytes": 0, "platform": "canonical", "exported_at": None}
    with Store(site) as store:
        number = store.manifest.add_import(file=file | {"shop": NAME}, report={}, files=[], slices=[])
    answer = browser(person("lin", "lead", where=NAME)).get(f"/s/{shop(NAME).pk}/imports/{number}/")
    assert answer.status_code == 200
    assert "canonical · –" in answer.content.decode()
