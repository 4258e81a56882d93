"""A real server in a process of its own, as `xiaoer serve` starts it."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STARTS_WITHIN_SECONDS = 60


@dataclass(frozen=True)
class Running:
    """Where it answers, the token of the first run, and its process."""

    address: str
    token: str
    process: subprocess.Popen[str]


def free_port() -> int:
    """Return a port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(home: Path, *, lang: str = "zh", variables: dict[str, str] | None = None) -> Iterator[Running]:
    """Serve a data folder until the block ends."""
    port = free_port()
    command = [sys.executable, "-c", "from xiaoer.cli import main; main()"]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | (variables or {})
    process = subprocess.Popen(
        [*command, "--home", str(home), "--lang", lang, "serve", "--port", str(port)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment,
    )  # fmt: skip
    try:
        yield Running(f"http://127.0.0.1:{port}", _token(process), process)
    finally:
        process.terminate()
        process.wait(timeout=60)
        if process.stdout is not None:
            process.stdout.close()


def _token(process: subprocess.Popen[str]) -> str:
    """Return the token that the server wrote, once it answers; empty where it wrote none."""
    assert process.stdout is not None
    said, token, since = "", "", time.monotonic()
    while time.monotonic() - since < STARTS_WITHIN_SECONDS:
        line = process.stdout.readline()
        said += line
        found = re.search(r"token=(\S+)", line)
        token = found.group(1) if found else token
        if "Ctrl-C" in line:
            return token
        if not line and process.poll() is not None:
            break
    raise AssertionError(f"the server did not start:\n{said}")
