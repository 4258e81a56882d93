"""xiaoer plan roster with a shop's own tables: rules, breaks, cover, files, a sick call, bad input."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.functional.cli.door import Told, xiaoer
from tests.functional.cli.made_roster import DAYS, PEOPLE, made_roster, roster_file
from tests.reference.shop_roster import broken_in_shop, there_at
from xiaoer.actions.plan_roster_tables import roster_form
from xiaoer.actions.plan_roster_ways import law_notes
from xiaoer.planning.roster.shop import plan_of, read_tables

QUICK = ("--rounds", "1")
SKILLED = {
    "聊天": {name for name, skills, _ in PEOPLE if "聊天" in skills},
    "电话": {name for name, skills, _ in PEOPLE if "电话" in skills},
}


@dataclass(frozen=True)
class Made:
    folder: Path
    tables: Path
    kept: Path
    data: Any


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return a roster of the made-up shop, to read only."""
    folder = tmp_path_factory.mktemp("roster")
    tables = roster_file(folder)
    told = roster(folder, tables, "--json")
    assert told.code == 0, told.err
    kept = folder / "kept.json"
    kept.write_text(told.out, encoding="utf-8")
    return Made(folder, tables, kept, told.data)


def roster(home: Path, *arguments: str | Path, lang: str = "zh") -> Told:
    return xiaoer(home, "plan", "roster", *arguments, *QUICK, lang=lang)


def test_every_rule_is_kept(made: Made) -> None:
    duties = made.data["duties"]
    assert broken_in_shop(duties, rest_hours=11, longest_run=6, week_hours=44, most_hours=40) == []
    worked = {(duty["person"], duty["day"]): duty["shift"] for duty in duties}
    assert not {("小雪", "2026-06-03"), ("小雪", "2026-06-04")} & set(worked)
    assert worked["小满", "2026-06-03"] == "早"
    windows = {"早": ("11:00", "14:00"), "中": ("14:00", "18:00"), "晚": ("17:00", "20:00")}
    for duty in duties:
        (first, last), (begin, end) = duty["breaks"][0], windows[duty["shift"]]
        assert begin <= first < last <= end


def test_what_is_said_to_be_missing_is_missing_and_nothing_else(made: Made) -> None:
    said = {(one["day"], one["start"], tuple(one["skills"])): one["there"] for one in made.data["cover_short"]}
    for day in DAYS:
        for hour in range(8, 24):
            chats = [duty for duty in made.data["duties"] if duty["person"] in SKILLED["聊天"]]
            there = there_at(chats, day, hour * 60, hour * 60 + 60)
            key = (day, f"{hour:02}:00", ("聊天",))
            needed = next(
                (one["needed"] for one in made.data["cover_short"] if (one["day"], one["start"]) == key[:2]), None
            )
            if key in said:
                assert said[key] == pytest.approx(there)
            elif needed is None:
                assert there >= 1
    assert 0 <= made.data["gap_share"] < 0.5
    assert made.data["bound"] <= made.data["cost"]


def test_a_workbook_has_people_days_cover_and_what_each_carries(made: Made) -> None:
    file = made.folder / "roster.xlsx"
    assert roster(made.folder, made.tables, "-o", file).code == 0
    book = openpyxl.load_workbook(file)
    assert book.sheetnames[:4] == ["按人", "按天", "各时段人手", "每人负担"]
    names = {row[0].value for row in book["按人"].iter_rows()}
    assert {name for name, *_ in PEOPLE} <= names


def test_a_sick_call_touches_few_people(made: Made) -> None:
    sick = made.data["duties"][0]
    told = roster(
        made.folder, made.tables, "--repair", made.kept, "--absent", f"{sick['person']}@{sick['day']}", "--json"
    )
    assert told.code == 0, told.err
    after = {(duty["person"], duty["day"]): (duty["shift"], duty["breaks"]) for duty in told.data["duties"]}
    before = {(duty["person"], duty["day"]): (duty["shift"], duty["breaks"]) for duty in made.data["duties"]}
    assert (sick["person"], sick["day"]) not in after
    changed = {key[0] for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert sick["person"] in changed == set(told.data["touched"]) or changed <= set(told.data["touched"])
    assert len(told.data["touched"]) <= 3
    assert broken_in_shop(told.data["duties"], rest_hours=11, longest_run=6, week_hours=44, most_hours=40) == []


def test_the_same_tables_in_a_workbook_give_the_same_roster(made: Made, tmp_path: Path) -> None:
    import yaml

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in yaml.safe_load(made_roster()).items():
        sheet = book.create_sheet(name)
        header = list(dict.fromkeys(key for row in rows for key in row))
        sheet.append(header)
        for row in rows:
            sheet.append([row.get(key, "") for key in header])
    file = tmp_path / "tables.xlsx"
    book.save(file)
    assert roster(tmp_path, file, "--json").data == made.data


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("需求:", "需要:"), "需求"),
        (("姓名: 小禾, 技能", "名字: 小禾, 技能"), "姓名"),
        (('开始: "08:00"', '开始: "8点"'), "看不懂"),
        (("小雪, 从", "小雷, 从"), "不在名单里"),
        (('休息: "60@11:00-14:00"', '休息: "60@01:00-02:00"'), "看不懂"),
        (("班次:\n", "班次: x\n其他:\n"), "写法不对"),
    ],
)
def test_what_cannot_be_used_is_said_plainly(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(made_roster().replace(*change, 1), encoding="utf-8")
    told = roster(tmp_path, file)
    assert told.code == 1
    assert said in told.err


def test_absences_that_make_no_sense_are_said(made: Made) -> None:
    for absent, said in (("小雷@2026-06-03", "不在员工名单里"), ("小禾@昨天", "不是日期")):
        told = roster(made.folder, made.tables, "--repair", made.kept, "--absent", absent)
        assert told.code == 1
        assert said in told.err
    told = roster(made.folder, made.tables, "--repair", made.tables, "--absent", "小禾@2026-06-03")
    assert told.code == 1
    assert "--json" in told.err


def test_rules_beyond_the_law_are_said(tmp_path: Path) -> None:
    form = roster_form()
    file = roster_file(tmp_path, more='规则: {每周最多工时: "54", 最多连上几天: "8"}\n')
    said = law_notes(plan_of(read_tables(file, form), form), "en")
    assert len(said) == 2
    assert "overtime" in said[0]
    assert "day of rest" in said[1]
    assert law_notes(plan_of(read_tables(roster_file(tmp_path), form), form), "en") == []
