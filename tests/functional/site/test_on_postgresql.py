"""The same tests on PostgreSQL: a server of Debian's package is started for them and removed after."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.site.conftest import TEST_DATABASE
from tests.functional.site.running import free_port

ROOT = Path(__file__).resolve().parents[3]
SUITE = "tests/functional/site"


def programs() -> Path | None:
    """Return the folder of PostgreSQL's own programs; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    anywhere = shutil.which("initdb")
    return found[-1].parent if found else Path(anywhere).parent if anywhere else None


def as_server(command: list[str], folder: Path) -> None:
    """Run a program of the server; it refuses to be root, so root steps down for it."""
    user = "postgres" if os.getuid() == 0 else None
    subprocess.run(command, check=True, cwd=folder, user=user, group=user, extra_groups=[] if user else None,
                   stdout=subprocess.DEVNULL)  # fmt: skip


@pytest.fixture
def database() -> Iterator[str]:
    """Return the address of an empty database."""
    found = programs()
    if found is None:
        message = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    folder, port = Path("/tmp") / f"xiaoer-postgresql-{os.getpid()}", free_port()
    folder.mkdir(mode=0o755)
    if os.getuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    data, log = folder / "data", folder / "log"
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    try:
        as_server([str(found / "initdb"), "-D", str(data), "-U", "xiaoer", "--auth=trust", "-E", "UTF8"], folder)
        as_server([str(found / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(log), "-w", "start"], folder)
        yield f"postgresql://xiaoer@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            as_server([str(found / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"], folder)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
@pytest.mark.postgres
def test_every_test_of_the_site_passes_on_postgresql(database: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not browser and not postgres",
               "--ignore", f"{SUITE}/test_serve.py", SUITE]  # fmt: skip
    run = subprocess.run(
        command, cwd=ROOT, env=os.environ | {TEST_DATABASE: database}, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-4000:]
    assert " passed" in run.stdout
