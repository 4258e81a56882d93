"""xiaoer plan activities: each quarter of an hour of a roster against the need as it was written; files, bad input."""

import json
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.functional.cli.door import Told, xiaoer
from tests.reference.shop_roster import minutes_of
from xiaoer.actions.plan_duties import read_duties

DAYS = ("2026-06-03", "2026-06-04")
SKILLS = {
    "小禾": {"聊天", "电话"}, "小满": {"聊天", "电话"}, "小雪": {"聊天"}, "小霜": {"电话"}, "小露": {"售后", "聊天"},
    "小芒": {"打包"},
}  # fmt: skip
SHIFTS = {
    "早": ("06:00", "15:00", ["11:30", "12:30"]), "晚": ("14:00", "23:00", ["18:00", "19:00"]),
    "夜": ("22:00", "30:00", []),
}  # fmt: skip
WHO = {"早": ("小满", "小霜", "小芒"), "晚": ("小禾", "小雪", "小露")}
LONGER = "岗位:\n  - {岗位: 电话, 一段最少分钟: '120', 缺一人一小时扣分: '300'}\n"
HOUR = 60


def needed(hour: int) -> dict[str, float]:
    """Return the need of an hour of every day."""
    found = {"聊天": 2.0 if 10 <= hour < 22 else 1.0}
    if 9 <= hour < 18:
        found["电话"] = 2.5 if hour == 11 else 1.0
    if 15 <= hour < 17:
        found["售后"] = 1.0
    return found


def tables(more: str = "") -> str:
    out = ["员工:", *(f"  - {{姓名: {name}, 技能: {'、'.join(sorted(skills))}}}" for name, skills in SKILLS.items())]
    out += ["班次:"]
    for name, (start, end, rest) in SHIFTS.items():
        breaks = f'"60@{rest[0]}-{rest[1]}"' if rest else '""'
        out.append(f'  - {{班次: {name}, 开始: "{start}", 结束: "{end.replace("30:00", "06:00")}", 休息: {breaks}, '
                   f'交接分钟: "{15 if name == "晚" else 0}"}}')  # fmt: skip
    out += ["需求:"]
    for day in DAYS:
        for hour in range(24):
            out += [f'  - {{日期: "{day}", 时段: "{hour:02}:00", 人数: "{people}", 技能: {skill}}}'
                    for skill, people in needed(hour).items()]  # fmt: skip
    return "\n".join(out) + "\n" + more


def duties() -> list[dict[str, Any]]:
    found = [(name, day, shift) for day in DAYS for shift, names in WHO.items() for name in names]
    return [
        {"person": name, "day": day, "shift": shift, "start": SHIFTS[shift][0], "end": SHIFTS[shift][1],
         "breaks": [SHIFTS[shift][2]] if SHIFTS[shift][2] else []}
        for name, day, shift in [*found, ("小露", DAYS[0], "夜")]
        if (name, day, shift) != ("小露", DAYS[0], "晚")
    ]  # fmt: skip


def files(folder: Path, *, more: str = "") -> tuple[Path, Path]:
    plan, roster = folder / "排班.yaml", folder / "班表.json"
    plan.write_text(tables(more), encoding="utf-8")
    roster.write_text(json.dumps({"duties": duties()}, ensure_ascii=False), encoding="utf-8")
    return plan, roster


def activities(folder: Path, *arguments: str | Path, lang: str = "zh", more: str = "") -> Told:
    plan, roster = files(folder, more=more)
    return xiaoer(folder, "plan", "activities", plan, "--roster", roster, "--rounds", "100", *arguments, lang=lang)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Any:  # noqa: ANN401 -- JSON
    """Return what scripts read, to read only."""
    told = activities(tmp_path_factory.mktemp("activities"), "--json")
    assert told.code == 0, told.err
    return told.data


def minutes_by_activity(made: Any) -> dict[tuple[int, str], set[str]]:  # noqa: ANN401 -- JSON
    """Return who is in each activity in each minute, counted from the first midnight."""
    found = defaultdict(set)
    for number, day in enumerate(made["days"]):
        for one in day["doing"]:
            for minute in range(minutes_of(one["start"]), minutes_of(one["end"])):
                found[number * 1440 + minute, one["activity"] or one["other"]].add(one["person"])
    return found


def test_shifts_and_breaks_stay_and_everybody_does_what_they_can(made: Any) -> None:  # noqa: ANN401 -- JSON
    for number, day in enumerate(made["days"]):
        mine = {duty["person"]: duty for duty in duties() if duty["day"] == DAYS[number]}
        for person, duty in mine.items():
            parts = [one for one in day["doing"] if one["person"] == person]
            assert [duty["start"], *(one["end"] for one in parts)] == [*(one["start"] for one in parts), duty["end"]]
            assert [[one["start"], one["end"]] for one in parts if one["other"] == "break"] == duty["breaks"]
            assert {one["activity"] for one in parts if one["activity"]} <= SKILLS[person]
            assert ("handover" in {one["other"] for one in parts}) == (duty["shift"] == "晚")
        assert {one["person"] for one in day["doing"]} == set(mine)
        assert {one["activity"] for one in day["doing"] if one["person"] == "小芒"} == {""}  # no need asks for packing


def test_cover_is_what_the_stretches_say_and_each_slot_is_said_once(made: Any) -> None:  # noqa: ANN401 -- JSON
    there, said = minutes_by_activity(made), defaultdict(list)
    for number, day in enumerate(made["days"]):
        for run in day["cover"]:
            for slot in range(minutes_of(run["start"]), minutes_of(run["end"]), 15):
                said[number * 1440 + slot, run["activity"]].append((run["needed"], run["there"]))
    for slot in range(0, 2 * 1440, 15):
        for activity in ("聊天", "电话", "售后"):
            people = sum(len(there.get((minute, activity), ())) for minute in range(slot, slot + 15)) / 15
            wanted = needed(slot // HOUR % 24).get(activity, 0.0)
            assert said[slot, activity] == [(wanted, pytest.approx(people))], (slot, activity)


def test_what_is_short_costs_what_the_rules_say(made: Any) -> None:  # noqa: ANN401 -- JSON
    short = made["cover_short"]
    assert short and all(one["there"] < one["needed"] and one["cost"] > 0 for one in short)
    assert [one["cost"] for one in short] == sorted((one["cost"] for one in short), reverse=True)
    day = made["days"][0]
    rows = sum(run["cost"] for run in day["cover"])
    assert day["cost"] == pytest.approx(rows + 5 * day["changeovers"], abs=1e-3)
    assert day["bound"] == pytest.approx(day["cost"], abs=1e-3)
    night = next(run for run in day["cover"] if run["start"] <= "24:00" < run["end"] and run["activity"] == "聊天")
    assert (night["needed"], night["there"], night["cost"]) == (1.0, 1.0, 0.0)


def test_an_activity_has_a_shortest_stretch_and_a_price_of_its_own(tmp_path: Path) -> None:
    told = activities(tmp_path, "--json", more=LONGER)
    assert told.code == 0, told.err
    calls = [
        minutes_of(one["end"]) - minutes_of(one["start"])
        for day in told.data["days"] for one in day["doing"]
        if one["activity"] == "电话" and one["person"] in ("小满", "小禾")
    ]  # fmt: skip
    assert calls and sum(calls) >= 120
    first = next(one for one in told.data["cover_short"] if one["activity"] == "电话")
    hours = (minutes_of(first["end"]) - minutes_of(first["start"])) / 60
    assert first["cost"] >= 300 * hours * (first["needed"] - first["there"])


def test_adherence_reads_what_was_written(tmp_path: Path) -> None:
    for name in ("by.csv", "by.xlsx"):
        file = tmp_path / name
        assert activities(tmp_path, "-o", file).code == 0
        read = read_duties(file)
        assert {duty.agent for duty in read} == {duty["person"] for duty in duties()}
        work = sum(duty.last_minute - duty.first_minute for duty in read if duty.is_work)
        rest = sum(minutes_of(last) - minutes_of(first) for duty in duties() for first, last in duty["breaks"])
        whole = sum(minutes_of(duty["end"]) - minutes_of(duty["start"]) for duty in duties())
        assert work == whole - rest
        assert all(duty.day <= date.fromisoformat(DAYS[1]) + timedelta(days=1) for duty in read)


def test_the_workbook_has_a_grid_of_each_day(tmp_path: Path) -> None:
    file = tmp_path / "by.xlsx"
    assert activities(tmp_path, "-o", file, lang="en").code == 0
    book = openpyxl.load_workbook(file)
    assert set(DAYS) <= set(book.sheetnames)
    cells = [cell.value for row in book[DAYS[0]].iter_rows() for cell in row]
    assert "06:15" in cells and "break" in cells and "电话" in cells


def test_the_page_says_it_in_both_languages(tmp_path: Path) -> None:
    zh, en = (activities(tmp_path, lang=lang) for lang in ("zh", "en"))
    assert zh.code == en.code == 0
    assert "换岗" in zh.out and "已证明是最好的" in zh.out and "备用" in zh.out
    assert "changes of activity" in en.out and "is short of" in en.out and "spare" in en.out


def test_bad_input_is_said_plainly(tmp_path: Path) -> None:
    unknown = activities(tmp_path, more="岗位:\n  - {岗位: 电活, 一段最少分钟: '60'}\n")
    assert unknown.code == 1 and "电话" in unknown.err
    plan, roster = files(tmp_path)
    roster.write_text("{}", encoding="utf-8")
    told = xiaoer(tmp_path, "plan", "activities", plan, "--roster", roster)
    assert told.code == 1 and "plan roster" in told.err
