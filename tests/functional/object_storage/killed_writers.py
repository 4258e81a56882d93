"""Run as a process of its own: import a file on a computer that dies at some step, then once more.

Arguments: url, folder for working folders, file. For each step a line of JSON: the exit code of the first attempt, how
many imports another computer then sees, what came of the second attempt, and how many there are in the end.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from xiaoer.actions.home import bring_up_to_date
from xiaoer.actions.import_files import import_files
from xiaoer.base.data_url import parse_data_url
from xiaoer.base.environment import home_at
from xiaoer.store.bucket import Bucket, bucket_at
from xiaoer.store.head import HEADS
from xiaoer.store.origin import Origin
from xiaoer.store.store import Store

SHOP = "晨光店"
# Before which call, and of which name, the process dies.
STEPS: dict[str, tuple[type, str, str]] = {
    "batches sent": (Bucket, "put", "manifests/"),
    "manifest sent": (Bucket, "create", HEADS),
    "it counts": (Origin, "_remember", ""),
}


def dies_before(owner: type, method: str, name: str) -> None:
    """Let this process die when it is about to make a call that has to do with a name."""
    call: Callable[..., Any] = getattr(owner, method)

    def last(self: object, *given: object) -> object:
        if any(name in str(one) for one in given):
            os.kill(os.getpid(), signal.SIGKILL)
        return call(self, *given)

    setattr(owner, method, last)


def in_a_child(work: Callable[[], object]) -> tuple[int, Any]:
    """Return a child's exit code and what it made of its work."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, json.dumps(work()).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        told = said.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, json.loads(told) if told else None


def counted(folder: Path) -> int:
    """Return how many imports a computer sees."""
    bring_up_to_date(folder)
    with Store(folder) as store:
        return len(store.manifest.imports())


def first_attempt(here: Path, file: Path, step: str) -> None:
    """Import until the process dies."""
    dies_before(*STEPS[step])
    import_files(here, [file], shop=SHOP)


def second_attempt(here: Path, there: Path, file: Path) -> list[object]:
    """Import again; tell what another computer sees before and after."""
    seen = counted(there)
    return [seen, import_files(here, [file], shop=SHOP).files[0].status, counted(there)]


def main() -> None:
    """Go through the steps, each with a data folder of its own."""
    url, caches, file = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    bucket_at(parse_data_url("s3://nowhere"))  # what each child would have to load
    for number, step in enumerate(STEPS):
        of_this_step = url.replace("?", f"/{number}?")
        here, there = (home_at(of_this_step, {"XDG_CACHE_HOME": str(caches / one)}) for one in ("here", "there"))
        code, _ = in_a_child(partial(first_attempt, here, file, step))
        _, told = in_a_child(partial(second_attempt, here, there, file))
        sys.stdout.write(json.dumps([step, code, *told]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
