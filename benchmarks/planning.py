"""Planning: a year of half hours solved, chats by formula and played contact by contact, a bank's calls forecast."""

import csv
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from xiaoer.base.days import Period
from xiaoer.planning.forecast.calendar import Calendar
from xiaoer.planning.forecast.forecast import forecast
from xiaoer.planning.forecast.history import history_of
from xiaoer.planning.need import Work, people_needed, read_goal, served
from xiaoer.planning.need.simulate import Estimate, Kind, simulated

HALF_HOURS = 17_520
WORKS = {"Erlang C": Work((300.0,)), "Erlang A": Work((300.0,), 120.0), "chats": Work((300.0, 420.0, 540.0), 120.0)}
CHATS = (
    (240, (300.0, 420.0, 540.0), 12, 120.0, 30.0), (240, (300.0, 420.0, 540.0), 13, 120.0, 30.0),
    (240, (300.0, 420.0, 540.0), 10, 120.0, 30.0), (240, (300.0, 420.0, 540.0), 9, 120.0, 30.0),
    (600, (240.0, 300.0, 390.0, 500.0), 14, 90.0, 30.0), (120, (360.0,), 14, 120.0, 30.0),
)  # fmt: skip
REAL_CALLS = Path(__file__).resolve().parents[2] / "shared/data/volume-bank-calls/bank_calls_first_120_days.csv"


@dataclass(frozen=True)
class Solved:
    """How long a year of half hours took."""

    name: str
    seconds: float
    processor_seconds: float
    most_people: int


@dataclass(frozen=True)
class Compared:
    """A floor of chats by the balanced chain and played: abandonment, answered in time."""

    contacts_per_hour: int
    agents: int
    chain: tuple[float, float]
    played: tuple[Estimate, Estimate]


def solve_years() -> list[Solved]:
    """Return how long each kind of work takes over a year of half hours with loads up to 67 erlang."""
    rates = np.random.default_rng(1).uniform(0, 400, HALF_HOURS) / 1800
    found = []
    for name, work in WORKS.items():
        begun, worked = perf_counter(), process_time()
        people = people_needed(rates, work, [read_goal("80/20")])
        found.append(Solved(name, perf_counter() - begun, process_time() - worked, int(people.max())))
    return found


def compare_chats(*, contacts: int, runs: int) -> list[Compared]:
    """Return the chain beside the floor for each case."""
    found = []
    for per_hour, handle, agents, patience, within in CHATS:
        work = Work(handle, patience)
        chain = served([per_hour / 3600], [agents], work, within_seconds=within)
        played = simulated([Kind(per_hour / 3600, work, within)], [[True]] * agents, contacts=contacts, runs=runs)[0]
        shares = (float(chain.abandoned_share[0]), float(chain.answered_in_time_share[0]))
        found.append(Compared(per_hour, agents, shares, (played.abandoned_share, played.answered_in_time_share)))
    return found


def forecast_calls(file: Path, *, minutes: int) -> dict[int, Mapping[str, object]]:
    """Return the backtest of a file of counts (DateTime, Calls) by days ahead: chosen, and every model's score."""
    rows = []
    with file.open(encoding="utf-8") as text:
        for row in csv.DictReader(text):
            at = datetime.fromisoformat(row["DateTime"])
            rows.append((at.date(), at.hour * 60 + at.minute, float(row["Calls"])))
    first = rows[-1][0] + timedelta(days=1)
    made = forecast(history_of(rows, minutes=minutes), Period(first, first + timedelta(days=90)), Calendar(),
                    tried_days=20)  # fmt: skip
    return {
        one.lead: {"chosen": one.chosen} | {name: asdict(score) for name, score in one.scores.items()}
        for one in made.backtest
    }
