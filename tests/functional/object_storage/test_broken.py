"""What can go wrong on the way to a bucket is said plainly, without a key, and nothing half-done counts."""

from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from tests.functional.object_storage.computer import Computer
from tests.functional.object_storage.conftest import SECRET
from tests.functional.object_storage.service import Asked, Service
from xiaoer.base.data_url import parse_data_url
from xiaoer.base.environment import home_at
from xiaoer.base.errors import ReportableError
from xiaoer.site.place import site_at
from xiaoer.store import bucket
from xiaoer.store.head import Head, list_content
from xiaoer.store.home import Home
from xiaoer.store.origin import NAME_LENGTH

pytestmark = pytest.mark.xdist_group("object_storage")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a request be tried once only."""
    monkeypatch.setattr(bucket, "ATTEMPTS", 1)


def refused(computer: Computer, *arguments: str | Path) -> str:
    """Return what is said of a command that is refused."""
    told = computer.xiaoer(*arguments)
    assert (told.code, told.out) == (1, "")
    assert SECRET not in told.err
    assert "Traceback" not in told.err
    return told.err


def test_a_bucket_that_is_not_there(service: Service, tmp_path: Path) -> None:
    assert "no bucket called nowhere" in refused(Computer(tmp_path, service.url("nowhere")), "imports", "list")


def test_no_keys(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    asked = Computer(tmp_path, f"{service.bucket('keyless')}&region=nowhere-1")
    assert "AWS_ACCESS_KEY_ID" in refused(asked, "imports", "list")


@pytest.mark.usefixtures("service", "at_once")
def test_an_address_where_nobody_answers(tmp_path: Path) -> None:
    nobody = Computer(tmp_path, "s3://kefu?endpoint_override=http://127.0.0.1:9")
    assert "can not be reached" in refused(nobody, "imports", "list")


@pytest.mark.parametrize(
    "url", [f"s3://key:{SECRET}@kefu", "oss://kefu", "s3://", "s3://kefu?password=1", "s3://kefu/" + "x" * 250]
)
def test_urls_that_are_none(url: str, tmp_path: Path) -> None:
    assert "s3://bucket/folder" in refused(Computer(tmp_path, url), "imports", "list")


def test_a_bucket_that_can_only_be_read(here: Computer, service: Service, files: Path, tmp_path: Path) -> None:
    only_read = Computer(tmp_path, service.bucket("readonly-kefu"))
    assert "no right" in refused(only_read, "import", files, "--shop", "晨光店")
    assert only_read.files_imported() == []


def test_a_service_that_passes_over_conditions_gets_nothing(service: Service, files: Path, tmp_path: Path) -> None:
    forgetful = Computer(tmp_path, service.bucket("forgetful-kefu"))
    assert "keep a name from being written twice" in refused(forgetful, "import", files, "--shop", "晨光店")
    assert forgetful.files_imported() == []


def writes_into(folder: str, asked: Asked) -> bool:
    """Return whether a request would write into a folder of the bucket."""
    return asked["REQUEST_METHOD"] == "PUT" and folder in asked["PATH_INFO"]


def test_a_connection_that_breaks_now_and_then(here: Computer, there: Computer, service: Service, files: Path) -> None:
    fresh = iter([True, False] * 100)
    service.loses = lambda asked: "/heads/" in asked["PATH_INFO"] and next(fresh)
    assert here.xiaoer("import", files / "orders.csv", "--shop", "晨光店").code == 0
    assert there.files_imported() == here.files_imported() == ["orders.csv"]


@pytest.mark.usefixtures("at_once")
def test_a_connection_that_stays_broken(here: Computer, there: Computer, service: Service, files: Path) -> None:
    bad = files / "bad.csv"
    bad.write_text((files / "orders.csv").read_text("utf-8") + "晨光店,1,小白,never,,many,1\n", "utf-8")
    for lost in ("/batches/", "/rejected/", "/manifests/", "/heads/"):
        service.loses = partial(writes_into, lost)
        assert "can not be reached" in refused(here, "import", bad, "--shop", "晨光店")
        service.loses = lambda _: False
        assert here.files_imported() == there.files_imported() == []
    assert here.xiaoer("import", bad, "--shop", "晨光店").code == 2
    assert there.files_imported() == ["bad.csv"]


def test_an_answer_that_is_lost_does_not_count_twice(
    here: Computer, there: Computer, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = bucket.Bucket.create

    def told_late(place: bucket.Bucket, name: str, content: bytes) -> bool:
        return create(place, name, content) and create(place, name, content)  # the first answer never came

    monkeypatch.setattr(bucket.Bucket, "create", told_late)
    assert here.xiaoer("import", files / "orders.csv", "--shop", "晨光店").code == 0
    assert there.files_imported() == ["orders.csv"]


def test_what_somebody_deleted_or_changed_in_the_bucket_is_said(
    here: Computer, there: Computer, service: Service, files: Path
) -> None:
    assert here.xiaoer("import", files / "orders.csv", "--shop", "晨光店").code == 0
    place = bucket.bucket_at(parse_data_url(here.url))
    (file,) = (here.folder / "batches").glob("*/*.parquet")
    name = f"batches/orders/{file.name}"
    place.put(name, b"something else")
    assert name in refused(there, "report", "--from", "2024-09-01", "--to", "2024-09-30")
    place.remove(name)
    assert "is not at" in refused(there, "report", "--from", "2024-09-01", "--to", "2024-09-30")
    elsewhere = list_content({"catalog/../../x": "0"})
    name = sha256(elsewhere).hexdigest()[:NAME_LENGTH]
    place.put(f"documents/{name}", elsewhere)
    place.create(Head(2, documents=name).name, Head(2, documents=name).content)
    assert name in refused(there, "imports", "list")
    for number in (1, 2):
        place.remove(Head(number).name)
    assert "less than this computer has seen" in refused(here, "imports", "list")


@pytest.mark.parametrize("name", ["../../outside", "/outside"])
def test_a_manifest_names_no_place_outside(here: Computer, name: str) -> None:
    with pytest.raises(ReportableError) as caught:
        Home(here.folder).rejected_files([name])
    assert caught.value.issues[0].code == "origin.damaged"


def test_the_site_needs_a_database_of_its_own(tmp_path: Path) -> None:
    home = home_at("s3://kefu", {"XDG_CACHE_HOME": str(tmp_path)})
    with pytest.raises(ReportableError) as caught:
        site_at(home, "zh", host="127.0.0.1", port=8000)
    assert caught.value.issues[0].code == "site.no_own_database"
