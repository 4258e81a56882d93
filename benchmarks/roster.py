"""Rosters against a plain model of the same rules: seconds, cost and bound of shift-scheduling instances."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from xiaoer.planning.roster import Watch, best_roster, read_instance

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "rosters-curtois-qu"


@dataclass(frozen=True)
class Rostered:
    """One instance: ours and, where OR-Tools is installed, a plain CP-SAT model's cost in the same time."""

    instance: str
    seconds: float
    cost: float
    bound: float
    first_seconds_within_three_percent: float | None
    plain_cost: float | None


def roster_benchmark(files: list[Path], *, seconds: float) -> list[Rostered]:
    """Return how each instance went."""
    return [_one(file, seconds) for file in files]


def _one(file: Path, seconds: float) -> Rostered:
    problem = read_instance(file.read_text(encoding="utf-8"), file.name).problem
    seen: list[tuple[float, float]] = []
    watch = Watch(seconds=seconds, tell=lambda at: seen.append((at.seconds, at.cost)))
    roster = best_roster(problem, watch)
    near = [at for at, cost in seen if roster.bound > 0 and cost <= 1.03 * roster.bound]
    took = watch.past
    return Rostered(file.stem, took, roster.cost, roster.bound, min(near, default=None), plain_cost(file, seconds))


def plain_cost(file: Path, seconds: float) -> float | None:
    """Return what the plain model finds in so many seconds, in a process of its own; None without OR-Tools."""
    asked = [sys.executable, "-m", "benchmarks.roster_plain", str(file), str(seconds)]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    return float(told.stdout) if told.returncode == 0 else None
