"""Whenever data, a setting or a correction changed: figures are made in a process beside, so that no reader waits.

python -m xiaoer.site.first_answers HOME LANGUAGE makes them once; the server starts it, and it ends with the server.
"""

import logging
import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

from xiaoer.actions.first_answers import make_first_answers
from xiaoer.actions.shops import last_change
from xiaoer.site.place import Site

SECONDS = 5
REST = 5  # so many times as long as it took, before another turn: events come in all day
POLITE = 10  # how far it stands back for who asks for a page

under_way = Event()


def keep_first_answers(site: Site) -> None:
    """Make first answers after every change, for as long as the server lives."""
    Thread(target=_keep, args=[site], daemon=True).start()


def _keep(site: Site) -> None:
    made_of = 0
    while True:
        time.sleep(SECONDS)
        started = time.monotonic()
        try:
            change = last_change(site.home)
            if change != made_of:
                _make(site)
                made_of = change
        except Exception:  # the next try may find the disk well again; pages compute what is not there
            logging.getLogger("xiaoer.first_answers").exception("figures were not made ahead")
        time.sleep(REST * (time.monotonic() - started))


def _make(site: Site) -> None:
    under_way.set()
    try:
        command = [sys.executable, "-m", "xiaoer.site.first_answers", str(site.home), site.language]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
            process.wait()
    finally:
        under_way.clear()


def main(home: Path, language: str) -> int:
    """Make first answers; all that is kept is whole at any moment, so the process ends where its server does."""
    os.nice(POLITE)
    Thread(target=_end_with_server, daemon=True).start()
    make_first_answers(home, "en" if language == "en" else "zh")
    return 0


def _end_with_server() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
