"""Run as a process of its own: import a file again and again, killing each attempt at a random moment.

Arguments: home, file, kills, seed. Prints how many attempts were killed and how many finished by themselves. The parent
imports the modules once and forks before any thread starts, so fifty attempts take seconds.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from xiaoer.actions.import_files import import_files

SHOP = "云上小店"


def attempt(home: Path, file: Path) -> float:
    """Import once in a child of ours and return how long it took."""
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        import_files(home, [file], shop=SHOP)
        os._exit(0)
    os.waitpid(child, 0)
    return time.monotonic() - started


def killed(home: Path, file: Path, *, after_seconds: float) -> bool:
    """Import in a child, kill it after a while and return whether that came before its end."""
    child = os.fork()
    if child == 0:
        import_files(home, [file], shop=SHOP)
        os._exit(0)
    deadline = time.monotonic() + after_seconds
    while time.monotonic() < deadline:
        if os.waitpid(child, os.WNOHANG)[0]:
            return False
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def main() -> None:
    """Kill as often as asked and say what happened."""
    home, file, kills, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    length = attempt(home.with_name("timed"), file)
    moments = random.Random(seed)
    came_first = sum(killed(home, file, after_seconds=moments.uniform(0, length)) for _ in range(kills))
    sys.stdout.write(f"{came_first} {kills - came_first}\n")


if __name__ == "__main__":
    main()
