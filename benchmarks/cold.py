"""How long one waits for a first word: a command in a process of its own, facts and compiled functions kept."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

WEEK = ("report", "--from", "2024-09-01", "--to", "2024-09-07")


@dataclass(frozen=True)
class Waited:
    """One command: wall and processor seconds, medians of the runs."""

    command: str
    seconds: float
    processor_seconds: float


def cold_benchmark(home: Path, *, runs: int) -> list[Waited]:
    """Return what `--help` and a week's report of the simulated shop take, each time in a process of its own."""
    for once in (("demo",), WEEK):
        _run(home, *once)
    return [_waited(home, command, runs) for command in (("--help",), WEEK)]


def _waited(home: Path, command: tuple[str, ...], runs: int) -> Waited:
    took = [_run(home, *command) for _ in range(runs)]
    return Waited(command[0], *(median(one[at] for one in took) for at in range(2)))


def _run(home: Path, *command: str) -> tuple[float, float]:
    """Return the wall and processor seconds of one command."""
    started, before = time.perf_counter(), os.times()
    subprocess.run(
        [Path(sys.executable).with_name("xiaoer"), "--home", home, *command], check=True, stdout=subprocess.DEVNULL
    )
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, used
