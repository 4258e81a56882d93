"""One service for all tests, and for each test a bucket of its own and two computers; they run in one worker."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.functional.cli.conftest import write_files
from tests.functional.object_storage.computer import Computer
from tests.functional.object_storage.service import Service

NUMBERS = count()
SECRET = "nobody-may-read-this"


@pytest.fixture(scope="session")
def service_of_all() -> Iterator[Service]:
    """Give a running service."""
    made = Service()
    yield made
    made.stop()


@pytest.fixture
def service(service_of_all: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Service]:
    """Give the service, with keys for it in the environment and nowhere else."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "made-up")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "nothing"))
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    yield service_of_all
    service_of_all.loses = lambda _: False


@pytest.fixture
def here(service: Service, tmp_path: Path) -> Computer:
    """Return a computer on an empty data folder."""
    return Computer(tmp_path / "here", service.bucket(f"plain-{next(NUMBERS)}"))


@pytest.fixture
def there(here: Computer, tmp_path: Path) -> Computer:
    """Return another computer on the same data folder."""
    return Computer(tmp_path / "there", here.url)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return the files of a tiny shop."""
    return write_files(tmp_path / "files")
