"""A PostgreSQL server of Debian's package, of this process alone: started when first needed, removed at the end."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.functional.site.running import free_port


def _programs() -> Path | None:
    """Return the folder of PostgreSQL's own programs; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    anywhere = shutil.which("initdb")
    return found[-1].parent if found else Path(anywhere).parent if anywhere else None


def _as_server(command: list[str], folder: Path) -> None:
    """Run a program of the server; it refuses to be root, so root steps down for it."""
    user = "postgres" if os.getuid() == 0 else None
    subprocess.run(command, check=True, cwd=folder, user=user, group=user, extra_groups=[] if user else None,
                   stdout=subprocess.DEVNULL)  # fmt: skip


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the address of a server with an empty database; without the package the test skips, but fails in CI."""
    found = _programs()
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
    # Nothing of it is kept, so nothing need be on the disk for sure.
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
    initdb = [str(found / "initdb"), "-D", str(data), "-U", "xiaoer", "--auth=trust", "-E", "UTF8", "--no-sync"]
    try:
        _as_server(initdb, folder)
        _as_server([str(found / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(log), "-w", "start"], folder)
        yield f"postgresql://xiaoer@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            _as_server([str(found / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"], folder)
        shutil.rmtree(folder, ignore_errors=True)
