"""Keep the process that takes events in alive for as long as the server lives."""

import subprocess
import sys
import time
from threading import Thread

from xiaoer.site.place import Site

SECONDS_BEFORE_ANOTHER = 5


def keep_taking_in(site: Site) -> None:
    """Start the process, and another whenever it ends; it sees by its standard input that the server is gone."""
    Thread(target=_keep, args=[site], daemon=True).start()


def _keep(site: Site) -> None:
    command = [sys.executable, "-m", "xiaoer.site.journal.process", str(site.home), site.language]
    while True:
        subprocess.Popen(command, stdin=subprocess.PIPE).wait()
        time.sleep(SECONDS_BEFORE_ANOTHER)
