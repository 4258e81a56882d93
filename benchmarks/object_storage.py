"""A report from a data folder in object storage against one on the disk, with nothing here yet and once more."""

import json
import resource
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from benchmarks.facts import SHOP
from benchmarks.messages import message_batches
from xiaoer.base.days import Clock
from xiaoer.base.environment import home_at
from xiaoer.store.store import Store

REGION = "us-east-1"
KEYS = ("AWS_ACCESS_KEY_ID=made-up", "AWS_SECRET_ACCESS_KEY=made-up")
ASKED = ("report", "--from", "2024-09-01", "--to", "2024-09-30", "--json")


@dataclass(frozen=True)
class Ran:
    """One report: where from, and what it took, the service's own work apart."""

    name: str
    seconds: float
    processor_seconds: float


@contextmanager
def _service() -> Iterator[str]:
    """Give the address of an S3-compatible service in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while socket.socket().connect_ex(("127.0.0.1", port)):
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _fill(folder: Path, *, messages: int, days: int) -> None:
    with Store(folder) as store, store.importing(Clock()) as under_way:
        for batch in message_batches(messages, days=days):
            under_way.writer.add("messages", batch)
        file = {"file_name": "benchmark", "file_hash": "benchmark", "file_bytes": 0, "shop": SHOP}
        under_way.commit(file=file | {"platform": "canonical", "exported_at": None}, report={})


def _report(name: str, home: str, cache: Path) -> Ran:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    _run(cache, str(Path(sys.executable).with_name("xiaoer")), "--home", home, *ASKED)
    took, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Ran(name, took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _run(cache: Path, *command: str) -> None:
    """Run a command that finds keys and the folder of copies in its environment, and nothing else."""
    subprocess.run(["env", *KEYS, f"XDG_CACHE_HOME={cache}", *command], check=True, stdout=subprocess.DEVNULL)


def storage_benchmark(folder: Path, *, messages: int, days: int) -> list[Ran]:
    """Return what a report takes from the disk and from a bucket: nothing made yet, and once more."""
    cache = folder / "cache"
    with _service() as address:
        unsigned = boto3.client(
            "s3", endpoint_url=address, region_name=REGION, config=Config(signature_version=UNSIGNED)
        )
        unsigned.create_bucket(Bucket="bench")
        url = f"s3://bench/{messages}?endpoint_override={address}"
        ran = []
        for name, home in (("disk", str(folder / "disk")), ("bucket", url)):
            place = home_at(home, {"XDG_CACHE_HOME": str(cache)})
            _run(cache, sys.executable, "-m", "benchmarks.object_storage", str(place), str(messages), str(days))
            shutil.rmtree(cache if name == "bucket" else place / "facts")
            ran += [_report(f"{name}: {what}", home, cache) for what in ("nothing here yet", "once more")]
    return ran


def print_storage(folder: Path, messages: int, days: int) -> None:
    """Print the table and the JSON."""
    ran = storage_benchmark(folder, messages=messages, days=days)
    print(f"{messages:,} messages, {days} days")
    for one in ran:
        print(f"  {one.name:<30}{one.seconds:8.2f} s{one.processor_seconds:8.2f} s of the processor")
    print(json.dumps({"messages": messages, "ran": [asdict(one) for one in ran]}))


if __name__ == "__main__":
    _fill(Path(sys.argv[1]), messages=int(sys.argv[2]), days=int(sys.argv[3]))
