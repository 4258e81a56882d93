"""A process beside the server: one for each data folder and name; it ends when its standard input does.

So it ends with the server that started it, however that ends.
"""

import fcntl
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from xiaoer.base.environment import read_site_environment
from xiaoer.base.language import Language
from xiaoer.site.boot import boot
from xiaoer.site.place import Site

Step = Callable[[Path, Language], object]


def beside(home: Path, language: Language, *, name: str, seconds: float, step: Step, begin: Step | None = None) -> int:
    """Do a step again and again until the server is gone; `begin` once, when this process alone has its turn."""
    boot(Site(home, language, read_site_environment().database_url))
    from django.db import close_old_connections

    gone = Event()
    Thread(target=_watch, args=[gone], daemon=True).start()
    with (home / "site" / f"{name}.lock").open("w") as lock:
        while not _held(lock):
            if gone.wait(seconds):
                return 0
        if begin is not None:
            _tried(begin, home, language, name)
        while not gone.wait(seconds):
            _tried(step, home, language, name)
            close_old_connections()
    return 0


def _tried(step: Step, home: Path, language: Language, name: str) -> None:
    try:
        step(home, language)
    except Exception:  # the next try may find the database or the disk well again; nothing is lost meanwhile
        logging.getLogger(f"xiaoer.{name}").exception("a step failed")


def _held(lock: object) -> bool:
    """Return whether this process alone has the name in the data folder."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]  # an open file
    except BlockingIOError:
        return False
    return True


def _watch(gone: Event) -> None:
    sys.stdin.read()
    gone.set()
