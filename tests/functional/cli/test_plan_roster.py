"""xiaoer plan roster --instance: rosters of the shift-scheduling text format."""

from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer
from tests.functional.real_files import real_file
from tests.generative.made_instance import made_instance
from tests.reference.shift_instance import broken_rules, penalty, read_shift_instance

SMALL = ("--rounds", "2")


def test_a_made_up_instance_is_rostered_and_said(tmp_path: Path) -> None:
    text = made_instance(3, days=14, people=7, kinds=2)
    file = tmp_path / "made.txt"
    file.write_text(text, encoding="utf-8")
    told = xiaoer(tmp_path, "plan", "roster", "--instance", file, *SMALL, "--json")
    assert told.code == 0
    instance = read_shift_instance(text)
    assert broken_rules(instance, told.data["solution"]) == []
    assert told.data["objective"] == penalty(instance, told.data["solution"])
    assert told.data["bound"] <= told.data["objective"]
    for short in told.data["cover_short"]:
        there = sum(line[short["day"]] == short["shift"] for line in told.data["solution"].values())
        wanted = next(
            needed for day, shift, needed, *_ in instance.cover if (day, shift) == (short["day"], short["shift"])
        )
        assert short["missing"] == wanted - there > 0
    table = xiaoer(tmp_path, "plan", "roster", "--instance", file, *SMALL)
    assert table.out.startswith("排班：made\n总扣分 ")


@pytest.mark.parametrize(("number", "best"), [(1, 607), (2, 828), (3, 1001), (4, 1716)])
def test_the_first_instances_are_proven_optimal(tmp_path: Path, number: int, best: int) -> None:
    file = real_file("rosters-curtois-qu", f"Instance{number}.txt")
    told = xiaoer(tmp_path, "plan", "roster", "--instance", file, "--rounds", "20", "--json")
    instance = read_shift_instance(file.read_text(encoding="utf-8"))
    assert broken_rules(instance, told.data["solution"]) == []
    assert penalty(instance, told.data["solution"]) == told.data["objective"] == told.data["bound"] == best
    assert told.data["optimal"]


def test_people_who_cannot_keep_all_rules_are_named(tmp_path: Path) -> None:
    text = made_instance(3, days=14, people=4, kinds=1)
    lines = [
        line.replace(line.split(",")[3], "99999", 1) if line.startswith("P0,A") else line for line in text.splitlines()
    ]
    file = tmp_path / "hard.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    told = xiaoer(tmp_path, "plan", "roster", "--instance", file, *SMALL, "--json", lang="en")
    assert told.code == 0
    assert [(one["person"], one["rules"]) for one in told.data["rules_broken"]] == [("P0", ["minutes"])]
    assert told.data["objective"] is None
    assert {
        rule.split(":")[0] for rule in broken_rules(read_shift_instance(file.read_text()), told.data["solution"])
    } == {"P0"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("SECTION_COVER", "SECTION_OTHER"), "SECTION_COVER"),
        (("0,A,", "0,Z,"), "不在员工或班次里"),
        (("0,A,", "x,A,"), "整数"),
        (("P0,A=14", "P0"), "只有"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    file = tmp_path / "bad.txt"
    file.write_text(made_instance(3, days=14, people=3, kinds=1).replace(*change), encoding="utf-8")
    told = xiaoer(tmp_path, "plan", "roster", "--instance", file, *SMALL)
    assert told.code == 1
    assert said.replace("不在员工或班次里", "不在员工或班次里") in told.err
    assert "bad.txt" in told.err


def test_without_a_file_the_next_step_is_said(tmp_path: Path) -> None:
    assert xiaoer(tmp_path, "plan", "roster").code == 1
    missing = xiaoer(tmp_path, "plan", "roster", "--instance", tmp_path / "none.txt", lang="en")
    assert missing.code == 1
    assert "cannot be opened" in missing.err
