"""The process that takes events in: python -m xiaoer.site.journal.process HOME LANGUAGE.

It ends when its standard input does: with the server that started it, however that ends.
"""

import fcntl
import logging
import sys
from pathlib import Path
from threading import Event, Thread

from xiaoer.base.environment import read_site_environment
from xiaoer.base.language import Language
from xiaoer.site.boot import boot
from xiaoer.site.place import Site

SECONDS = 5


def main(home: Path, language: Language) -> int:
    """Take in what waits, again and again, until the server is gone."""
    boot(Site(home, language, read_site_environment().database_url))
    from django.db import close_old_connections

    from xiaoer.site.journal.take_in import take_in

    gone = Event()
    Thread(target=_watch, args=[gone], daemon=True).start()
    with (home / "site" / "journal.lock").open("w") as lock:
        while not _held(lock):
            if gone.wait(SECONDS):
                return 0
        while not gone.wait(SECONDS):
            try:
                take_in(home, language)
            except Exception:  # the next try may find the database or the disk well again; nothing is lost meanwhile
                logging.getLogger("xiaoer.journal").exception("events could not be taken in")
            close_old_connections()
    return 0


def _held(lock: object) -> bool:
    """Return whether this process alone takes in events of the data folder."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]  # an open file
    except BlockingIOError:
        return False
    return True


def _watch(gone: Event) -> None:
    sys.stdin.read()
    gone.set()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "en" if sys.argv[2] == "en" else "zh"))
