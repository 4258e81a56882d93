"""Keep the processes beside the server alive for as long as the server lives."""

import subprocess
import sys
import time
from threading import Thread

from xiaoer.site.place import Site

SECONDS_BEFORE_ANOTHER = 5
MODULES = ("xiaoer.site.journal.process", "xiaoer.site.alerts.process")


def keep_beside(site: Site) -> None:
    """Start each process, and another whenever it ends; it sees by its standard input that the server is gone."""
    for module in MODULES:
        Thread(target=_keep, args=[site, module], daemon=True).start()


def _keep(site: Site, module: str) -> None:
    command = [sys.executable, "-m", module, str(site.home), site.language]
    while True:
        subprocess.Popen(command, stdin=subprocess.PIPE).wait()
        time.sleep(SECONDS_BEFORE_ANOTHER)
