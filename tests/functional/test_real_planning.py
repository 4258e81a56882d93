"""Planning against real and exact numbers: Erlang C and A, a bank's month, a bank's calls by five minutes."""

import csv
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.functional.cli.door import xiaoer
from tests.functional.real_files import real_file
from tests.functional.test_real_calls import ARRIVALS, WEDNESDAYS, _local, _on_wednesdays
from xiaoer.planning.need import Work, served

BANK_AGENTS = (1, 1, 1, 0, 1, 1, 1, 4, 8, 9, 10, 9, 8, 16, 10, 10, 6, 7, 8, 8, 6, 6, 5, 4)
COSTS = (252, 288, 180, 180, 180, 288, 288, 288)


def _rows(*parts: str) -> list[dict[str, float]]:
    with real_file(*parts).open(encoding="utf-8") as file:
        return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]


def test_every_row_of_erlang_c() -> None:
    rows = _rows("erlang", "erlang_c_reference.csv")
    assert rows
    for row in rows:
        it = served([row["calls_per_hour"] / 3600], [int(row["agents"])], Work((row["aht_s"],)),
                    within_seconds=row["awt_s"])  # fmt: skip
        found = [it.waits_share, it.answered_in_time_share, it.answer_seconds, it.places_taken_share]
        expected = [row[name] for name in ("p_wait", "service_level", "asa_s", "occupancy")]
        assert np.concatenate(found).tolist() == pytest.approx(expected, abs=1e-6)


def test_every_row_of_erlang_a() -> None:
    rows = _rows("erlang", "erlang_a_reference.csv")
    assert rows
    for row in rows:
        work = Work((row["aht_s"],), row["patience_mean_s"])
        it = served([row["calls_per_hour"] / 3600], [int(row["agents"])], work, within_seconds=row["awt_s"])
        found = [it.waits_share, it.abandoned_share, it.mean_wait_seconds, it.answered_in_time_share,
                 it.short_offer_share, it.places_taken_share]  # fmt: skip
        names = ("p_wait", "p_abandon", "mean_queue_time_all_s", "p_served_within_awt_of_all", "p_virtual_wait_le_awt",
                 "occupancy")  # fmt: skip
        assert np.concatenate(found).tolist() == pytest.approx([row[name] for name in names], abs=1e-6)


def _shifts(folder: Path) -> Path:
    """Write the bank's shifts as a lead would: from the first to the last hour that each covers."""
    rows = real_file("calls-bank", "data_anonymous_bank_shifts.csv").read_text("utf-8").splitlines()
    lines = ["班次,开始,结束,成本"]
    for shift, cost in enumerate(COSTS, start=1):
        hours = [int(row.split(",")[0]) - 1 for row in rows[1:] if row.split(",")[shift + 1] == "1"]
        assert hours == list(range(hours[0], hours[-1] + 1))
        lines.append(f"{shift},{hours[0]:02}:00,{hours[-1] + 1:02}:00,{cost}")
    file = folder / "shifts.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_bank_s_people_by_hour_and_its_cheapest_shifts(tmp_path: Path) -> None:
    by_hour = Counter(_local(call["offered_at"]).hour for call in _on_wednesdays())
    assert tuple(by_hour[hour] / WEDNESDAYS for hour in range(24)) == ARRIVALS
    load = tmp_path / "load.csv"
    load.write_text(
        "开始,来电\n" + "".join(f"{hour:02}:00,{by_hour[hour] / WEDNESDAYS}\n" for hour in range(24)), "utf-8"
    )
    asked = ("plan", "need", "--load", load, "--handle", "240", "--patience", "none", "--goal", "waits_share=50%",
             "--shifts", _shifts(tmp_path), "--closed", "0-6", "--json")  # fmt: skip
    told = xiaoer(tmp_path / "home", *asked)
    assert told.code == 0, told.err
    assert tuple(row["people"] for row in told.data["rows"]) == BANK_AGENTS
    (cover,) = told.data["covers"]
    assert cover["cost"] == 6336


def test_a_bank_s_calls_one_day_ahead_by_five_minutes(tmp_path: Path) -> None:
    file = real_file("volume-bank-calls", "bank_calls_first_120_days.csv")
    last = datetime.fromisoformat(file.read_text("utf-8").splitlines()[-1].split(",")[0]).date()
    next_day = str(last + timedelta(days=1))
    told = xiaoer(tmp_path / "home", "plan", "forecast", "--history", file, "--from", next_day, "--to", next_day,
                  "--interval", "5", "--holidays", "none", "--tried-days", "20", "--json")  # fmt: skip
    assert told.code == 0, told.err
    (trial,) = told.data["backtest"]
    chosen, yardstick = trial["models"][trial["chosen"]], trial["models"]["four_week_mean"]
    assert (trial["days_ahead"], chosen["days"]) == (1, 20)
    assert chosen["wape"] <= 0.080 < yardstick["wape"]
    assert 0.75 <= chosen["coverage_80"] <= 0.85
    assert yardstick["wape"] == pytest.approx(_four_week_mean(file), abs=1e-9)


def _four_week_mean(file: Path) -> float:
    """Return the WAPE of the mean of the same interval on the last four like weekdays, over the last 20 days."""
    counts: dict[str, dict[str, int]] = {}
    for line in file.read_text("utf-8").splitlines()[1:]:
        (day, clock), calls = line.split(",")[0].split(" "), int(line.split(",")[1])
        counts.setdefault(day, {})[clock] = calls
    days, missed, total = sorted(counts), 0.0, 0
    for place in range(len(days) - 20, len(days)):
        like = [day for day in days[:place] if _weekday(day) == _weekday(days[place])][-4:]
        for clock, calls in counts[days[place]].items():
            missed += abs(calls - sum(counts[day][clock] for day in like) / len(like))
            total += calls
    return missed / total


def _weekday(day: str) -> int:
    return datetime.fromisoformat(day).weekday()
