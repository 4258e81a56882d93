"""xiaoer plan: forecast, people needed, what a lead says of a day, scores; on a made-up hotline of five weeks."""

import random
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.functional.cli.door import xiaoer

SHOP = "山雀热线"
FIRST = datetime(2024, 7, 1)  # noqa: DTZ001 -- the shop's own clock; a Monday without holidays around
DAYS = 35
PER_HOUR = {hour: 6 if hour in (10, 11, 20) else 3 for hour in range(9, 21)}
NEXT = ("--from", "2024-08-05", "--to", "2024-08-06")


def hotline(folder: Path) -> Path:
    """Write the calls: Sundays half as many; 200 s each with 20 s of wrap-up; every tenth gives up after 40 s."""
    draw, lines = (
        random.Random(11),
        ["shop,call_id,queue,agent,offered_at,answered_at,ended_at,abandoned_at,wrap_up_seconds"],
    )
    for day in range(DAYS):
        for hour, usual in PER_HOUR.items():
            for _ in range(draw.randint(usual - 1, usual + 1) // (2 if day % 7 == 6 else 1)):
                at, number = FIRST + timedelta(days=day, hours=hour, seconds=draw.randrange(3000)), len(lines)
                if number % 10 == 0:
                    lines.append(f"{SHOP},c{number},售前,,{at},,,{at + timedelta(seconds=40)},")
                else:
                    answered = at + timedelta(seconds=10)
                    lines.append(f"{SHOP},c{number},售前,小夏,{at},{answered},{answered + timedelta(seconds=180)},,20")
    file = folder / "calls.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the hotline in it; forecasts are kept there, which changes no figure."""
    folder = tmp_path_factory.mktemp("plan")
    assert xiaoer(folder / "home", "import", hotline(folder), "--shop", SHOP).code == 0
    return folder / "home"


def test_a_forecast_says_how_many_how_sure_and_how_such_forecasts_did(home: Path) -> None:
    told = xiaoer(home, "plan", "forecast", *NEXT)
    assert told.code == 0, told.err
    assert told.out.startswith("来访预测 · 山雀热线 · 电话 · 2024-08-05 至 2024-08-06")
    assert "回测，提前 1 天" in told.out and "四周同时段平均" in told.out
    data = xiaoer(home, "plan", "forecast", *NEXT, "--json").data
    monday = data["days"][0]
    assert monday["q10"] <= monday["contacts"] <= monday["q90"]
    assert monday["contacts"] == pytest.approx(sum(PER_HOUR.values()), rel=0.15)
    assert len(data["rows"]) == 2 * 48 and data["rows"][0]["contacts"] == 0
    english = xiaoer(home, "--lang", "en", "plan", "forecast", *NEXT, "--by", "interval", "--interval", "60")
    assert english.out.startswith("Forecast of contacts") and "10:00" in english.out


def test_days_that_have_come_stand_beside_what_was_told(home: Path) -> None:
    told = xiaoer(home, "plan", "forecast", "--from", "2024-08-03", "--to", "2024-08-04", "--json").data
    assert [day["came"] is not None for day in told["days"]] == [True, True]
    assert told["meta"]["history"]["to"] == "2024-08-02"
    assert 0 < told["against_reality"]["wape"] < 1


def test_people_needed_rest_on_what_was_measured(home: Path, tmp_path: Path) -> None:
    data = xiaoer(home, "plan", "need", *NEXT, "--goal", "80/20", "--json").data
    assert data["meta"]["handle_seconds"] == [pytest.approx(200.0)]
    gone, waited = 0.1, 10 * 0.9 + 40 * 0.1
    assert data["meta"]["patience_seconds"] == pytest.approx(waited / gone, rel=0.02)
    ten = next(row for row in data["rows"] if row["from"] == "10:00")
    assert ten["people"] >= 1 and ten["service_level_of_offered_20s"] >= 0.8
    assert ten["roster"] == -(-ten["people"] * 10 // 7)
    night = next(row for row in data["rows"] if row["from"] == "02:00")
    assert (night["people"], night["roster"]) == (0, 0)
    more = xiaoer(home, "plan", "need", *NEXT, "--goal", "80/20", "--quantile", "90", "--json").data
    assert sum(row["people"] for row in more["rows"]) > sum(row["people"] for row in data["rows"])
    sheet = tmp_path / "need.xlsx"
    assert xiaoer(home, "plan", "need", "--from", "2024-08-05", "--to", "2024-08-05", "-o", sheet).code == 0
    assert openpyxl.load_workbook(sheet).sheetnames[0] == "需要的人数"


def test_one_interval_by_numbers_alone(tmp_path: Path) -> None:
    asked = ("plan", "need", "--contacts", "100", "--interval", "30", "--handle", "180", "--shrinkage", "30%")
    (row,) = xiaoer(tmp_path, *asked, "--goal", "80/20", "--json").data["rows"]
    assert (row["people"], row["roster"]) == (14, 20)
    assert row["service_level_of_offered_20s"] == pytest.approx(0.888350, abs=1e-6)
    (row,) = xiaoer(tmp_path, *asked, "--goal", "80/20", "--goal", "occupancy_share=70%", "--json").data["rows"]
    assert (row["people"], row["roster"]) == (15, 22)
    chats = ("plan", "need", "--contacts", "240", "--interval", "60", "--handle", "300,420,540", "--patience", "120")
    (row,) = xiaoer(tmp_path, *chats, "--agents", "12", "--goal", "80/30", "--json").data["rows"]
    assert row["abandonment_share"] == pytest.approx(0.0692, rel=0.05)  # of a simulation elsewhere, ± 0.0010
    assert row["service_level_of_offered_30s"] == pytest.approx(0.8417, abs=3 * 0.0026)


def test_what_a_lead_says_is_kept_beside_the_model_and_both_are_scored(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert xiaoer(home, "import", hotline(tmp_path), "--shop", SHOP).code == 0
    nothing = xiaoer(home, "plan", "override", "2024-08-04", "--kind", "call", "--times", "2")
    assert nothing.code == 1 and "原因" in nothing.err
    said = xiaoer(
        home, "plan", "override", "2024-08-04", "--kind", "call", "--times", "2", "--reason", "直播", "--author", "阿林"
    )
    assert said.code == 0
    day = xiaoer(home, "plan", "forecast", "--from", "2024-08-04", "--to", "2024-08-04", "--json").data["days"][0]
    assert day["contacts"] == pytest.approx(2 * day["model_contacts"], abs=1e-3)
    assert day["override"] == {"reason": "直播", "author": "阿林"}
    (row,) = xiaoer(home, "plan", "scores", "--kind", "call", "--json").data["rows"]
    assert row["overridden_days"] == 1 and row["said_wape"] > row["model_wape"]
    assert xiaoer(home, "plan", "override", "2024-08-04", "--kind", "call", "--withdraw").code == 0
    day = xiaoer(home, "plan", "forecast", "--from", "2024-08-04", "--to", "2024-08-04", "--json").data["days"][0]
    assert day["override"] is None and day["contacts"] == day["model_contacts"]


@pytest.mark.parametrize(("arguments", "said"), [
    (("need",), "--from"),
    (("need", "--contacts", "5"), "--handle"),
    (("need", "--contacts", "5", "--handle", "x"), "秒"),
    (("need", "--contacts", "5", "--handle", "60", "--goal", "120/20"), "120/20"),
    (("need", "--contacts", "5", "--handle", "60", "--shrinkage", "100"), "100%"),
    (("need", "--contacts", "-1", "--handle", "60"), "--contacts"),
    (("need", "--contacts", "nan", "--handle", "60"), "--contacts"),
    (("need", "--contacts", "1e9", "--handle", "60"), "5000"),
    (("need", "--load", "nowhere.csv", "--handle", "60"), "nowhere.csv"),
    (("forecast", "--from", "2024-08-05", "--to", "2024-08-06", "--kind", "mail"), "mail"),
    (("forecast", "--from", "2024-08-05", "--to", "2024-08-06", "--interval", "7"), "7"),
    (("forecast", "--from", "2024-08-05", "--to", "2024-12-31"), "13 周"),
    (("forecast", "--from", "2024-07-03", "--to", "2024-07-04"), "7 天"),
    (("forecast", "--from", "2024-08-05", "--to", "2024-08-06", "--kind", "chat"), "没有来访记录"),
    (("forecast", "--from", "2024-08-05", "--to", "2024-08-06", "--queue", "售后"), "售前"),
])  # fmt: skip
def test_what_can_not_be_used_is_said_plainly(home: Path, arguments: tuple[str, ...], said: str) -> None:
    told = xiaoer(home, "plan", *arguments)
    assert told.code == 1 and said in told.err and "Traceback" not in told.err


def test_tables_are_read_in_chinese_and_refused_by_line(home: Path, tmp_path: Path) -> None:
    events = tmp_path / "活动.csv"
    events.write_text("名称,开始,结束,倍数\n店庆,2024-08-06,2024-08-06,3\n盘点,2024-08-05,,0\n", "utf-8")
    data = xiaoer(home, "plan", "forecast", *NEXT, "--events", events, "--json").data
    assert data["days"][0]["contacts"] == 0 and data["days"][1]["contacts"] > 80
    events.write_text("名称,开始,结束,倍数\n店庆,八月,2024-08-06,3\n", "utf-8")
    told = xiaoer(home, "plan", "forecast", *NEXT, "--events", events)
    assert told.code == 1 and "第 2 行" in told.err and "八月" not in told.err
    events.write_text("什么,倍数\n店庆,3\n", "utf-8")
    told = xiaoer(home, "plan", "forecast", *NEXT, "--events", events)
    assert told.code == 1 and "name" in told.err


PRESENCE = """agent,status,start_at,end_at
小夏,online,2024-08-01 09:10:00,2024-08-01 12:00:00
小夏,away,2024-08-01 12:00:00,2024-08-01 12:20:00
小夏,online,2024-08-01 12:20:00,2024-08-01 16:00:00
小冬,online,2024-08-02 20:00:00,2024-08-02 21:00:00
"""
ROSTER = """客服,日期,开始,结束,状态
小夏,2024-08-01,09:00,11:00,
小夏,2024-08-01,11:00,11:30,休息
小夏,2024-08-01,11:30,15:00,
小冬,2024-08-01,20:00,24:00,
小冬,2024-08-02,20:00,02:00,
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a home with calls and online times, and a roster."""
    folder = tmp_path_factory.mktemp("kept")
    hotline(folder)
    (folder / "presence.csv").write_text(PRESENCE, "utf-8")
    for name in ("calls.csv", "presence.csv"):
        told = xiaoer(folder / "home", "import", folder / name, "--shop", SHOP)
        assert told.code == 0, told.err
    (folder / "班表.csv").write_text(ROSTER, "utf-8")
    return folder / "home", folder / "班表.csv"


def test_a_roster_is_held_against_who_was_online(kept: tuple[Path, Path]) -> None:
    home, roster = kept
    asked = ("plan", "adherence", "--from", "2024-08-01", "--to", "2024-08-02", "--roster", roster)
    told = xiaoer(home, *asked, "--json")
    assert told.code == 0, told.err
    summer = next(row for row in told.data["rows"] if row["agent"] == "小夏")
    expected = {"shifts": 1, "missed": 0, "late_shifts": 1, "planned_seconds": 5.5 * 3600, "late_seconds": 600,
                "early_seconds": 0, "between_seconds": 1200, "overtime_seconds": 1800 + 3600}  # fmt: skip
    assert {name: summer[name] for name in expected} == expected
    winter = next(row for row in told.data["rows"] if row["agent"] == "小冬")
    assert (winter["shifts"], winter["missed"], winter["early_seconds"]) == (2, 1, 5 * 3600)
    ten = next(one for one in told.data["intervals"] if (one["day"], one["from"]) == ("2024-08-01", "09:00"))
    assert (ten["planned"], ten["present"]) == (1.0, pytest.approx(2 / 3))
    text = xiaoer(home, *asked).out
    assert "3 个班里 1 个没来，1 个迟到" in text
    english = xiaoer(home, "--lang", "en", *asked, "--by", "interval").out
    assert "Level as planned" in english
    nobody = xiaoer(home, "plan", "adherence", "--from", "2024-08-04", "--to", "2024-08-04", "--roster", roster)
    assert nobody.code == 1 and "没有这些天的班" in nobody.err


def test_shifts_that_nobody_could_have_seen_are_no_absence(kept: tuple[Path, Path], tmp_path: Path) -> None:
    home, roster = kept
    more = tmp_path / "更多.csv"
    more.write_text(ROSTER + "小夏,2024-08-04,09:00,11:00,\n新来的,2024-08-02,09:00,10:00,\n", "utf-8")
    asked = ("plan", "adherence", "--from", "2024-08-01", "--to", "2024-08-04", "--roster", more)
    told = xiaoer(home, *asked, "--by", "day")
    assert told.code == 0, told.err
    assert "在线记录到 2024-08-02 为止，之后的 1 个班还没法看" in told.out
    assert "新来的 在数据里没有账号" in told.out
    days = xiaoer(home, *asked, "--json").data["days"]
    assert [(one["agent"], one["day"], one["missed"]) for one in days] == [
        ("小冬", "2024-08-01", 1), ("小冬", "2024-08-02", 0), ("小夏", "2024-08-01", 0), ("新来的", "2024-08-02", 1),
    ]  # fmt: skip
    late = xiaoer(home, *asked[:2], "--from", "2024-08-04", "--to", "2024-08-04", "--roster", more)
    assert late.code == 1 and "还没法看" in late.err


def test_adherence_without_online_times_says_what_to_import(home: Path, kept: tuple[Path, Path]) -> None:
    told = xiaoer(home, "plan", "adherence", "--from", "2024-08-01", "--to", "2024-08-01", "--roster", kept[1])
    assert told.code == 1 and "在线记录" in told.err


def test_what_another_goal_would_take(home: Path) -> None:
    data = xiaoer(
        home, "plan", "whatif", *NEXT, "--goal", "80/20", "--instead-goal", "99/5", "--hour-yuan", "30", "--json"
    )
    now, instead = data.data["rows"]
    assert instead["roster_hours"] > now["roster_hours"] and instead["contacts"] == now["contacts"]
    assert float(now["cost"]) == now["roster_hours"] * 30
    told = xiaoer(home, "plan", "whatif", *NEXT, "--contacts-times", "0")
    assert told.code == 1 and "--contacts-times" in told.err


def test_whether_people_who_join_and_leave_suffice(home: Path, tmp_path: Path) -> None:
    staff = tmp_path / "人.csv"
    staff.write_text("日期,人数,类型\n2024-01-01,5,老手\n2024-08-12,-5,\n2024-08-12,1,新人\n", "utf-8")
    asked = ("plan", "whatif", "--from", "2024-08-05", "--to", "2024-08-18", "--staff", staff, "--goal", "80/20")
    told = xiaoer(home, *asked, "--json")
    assert told.code == 0, told.err
    first, second = told.data["weeks"]
    assert (first["there_hours"], second["there_hours"]) == (200.0, 12.0)
    assert first["short_people"] == 0 and second["short_people"] >= 1
    staff.write_text("日期,人数,类型\n2024-01-01,5,老师\n", "utf-8")
    told = xiaoer(home, *asked)
    assert told.code == 1 and "老手" in told.err


def test_the_rest_of_a_day_is_told_again_from_its_morning(kept: tuple[Path, Path]) -> None:
    home, roster = kept
    asked = ("plan", "adherence", "--from", "2024-08-01", "--to", "2024-08-01", "--roster", roster, "--goal", "80/20")
    told = xiaoer(home, *asked, "--now", "12:00", "--json")
    assert told.code == 0, told.err
    assert told.data["rows"][0]["from"] == "12:00"
    late = next(row for row in told.data["rows"] if row["from"] == "20:00")
    assert late["contacts_now"] == pytest.approx(late["contacts"] * told.data["times"])
    assert late["spare"] == int(late["planned"]) - late["people"]
    assert "到 12:00 来了" in xiaoer(home, *asked, "--now", "12:00").out
    for now in ("25:00", "正午"):
        assert xiaoer(home, *asked, "--now", now).code == 1


def chats(folder: Path) -> Path:
    """Write a month of chats answered after a minute on average: who is still there, patient for four, writes on."""
    draw, lines = random.Random(7), ["shop,buyer,agent,sent_at,sender,text"]
    for number in range(600):
        at = FIRST + timedelta(days=number // 20, hours=9 + number % 10, minutes=number % 7 * 8)
        wait = draw.expovariate(1 / 60)
        said = [("buyer", "在吗", 0.0), ("agent", "在的", wait)]
        if draw.expovariate(1 / 240) > wait and draw.random() < 0.9:
            said.append(("buyer", "好的", wait + 5))
        lines += [f"{SHOP},b{number},小夏,{at + timedelta(seconds=after)},{who},{text}" for who, text, after in said]
    file = folder / "chats.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_patience_of_chats_is_seen_in_who_writes_on(tmp_path: Path) -> None:
    assert xiaoer(tmp_path, "import", chats(tmp_path), "--shop", SHOP).code == 0
    asked = ("plan", "need", "--kind", "chat", "--from", "2024-07-31", "--to", "2024-07-31")
    told = xiaoer(tmp_path, *asked, "--json")
    assert told.code == 0, told.err
    measured = told.data["meta"]["patience_seconds"]
    assert measured is not None and 150 < measured < 400
    page = xiaoer(tmp_path, *asked).out
    assert "耐心" in page and "没法从记录里看出" not in page
    assert xiaoer(tmp_path, *asked, "--patience", "none", "--json").data["meta"]["patience_seconds"] is None
