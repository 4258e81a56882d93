"""`xiaoer inspect train|first`: what ratings and decisions teach, what to read first, and every refusal plainly."""

import random
from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer

DAYS = ("--from", "2024-09-01", "--to", "2024-09-30")
SHOP, AGENT = "晨光店", "晨光店:小艾"
BAD, GOOD = (
    ("等了三天还没发货", "怎么又没人理我", "这衣服质量太差", "还没退款吗"),
    ("谢谢很好看", "收到了不错", "明白了谢谢"),
)


def shop_files(folder: Path) -> list[Path]:
    """Write a shop of ninety rated conversations, every third of an unhappy customer, and some not rated."""
    chance = random.Random(4)
    lines, ratings = ["shop,buyer,agent,sent_at,sender,text"], ["shop,buyer,agent,invited_at,rated_at,score,source"]
    for number in range(100):
        day, buyer, unhappy = f"2024-09-{number % 28 + 1:02d}", f"客{number:03d}", number % 3 == 0
        words = chance.choice(BAD if unhappy else GOOD)
        lines += [
            f"{SHOP},{buyer},{AGENT},{day} 10:10:00,buyer,在吗 电话13900001111",
            f"{SHOP},{buyer},{AGENT},{day} 10:11:00,agent,亲，在的" + ("，加微信聊" if number % 2 else ""),
            f"{SHOP},{buyer},{AGENT},{day} 10:12:00,buyer,{words}{'啊呀呢'[number % 3]}",
        ]
        if number < 90:
            ratings.append(f"{SHOP},{buyer},{AGENT},{day} 10:20:00,{day} 10:30:00,{1 if unhappy else 5},agent")
    files = [folder / "messages.csv", folder / "ratings.csv"]
    for file, rows in zip(files, (lines, ratings), strict=True):
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return files


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    assert xiaoer(folder / "home", "import", *shop_files(folder), "--shop", SHOP).code == 0
    return folder / "home"


def test_dissatisfaction_is_learnt_from_ratings_and_the_unhappy_come_first(home: Path) -> None:
    (made,) = xiaoer(home, "inspect", "train", *DAYS, "--json").data["models"]
    card = made["card"]
    assert (made["judged"], card["conversations"], card["by_label"]) == (90, 90, {"unsatisfied": 30, "satisfied": 60})
    assert card["accuracy"] > 0.9
    assert card["learning_curve"][-1]["conversations"] == 72
    again = xiaoer(home, "inspect", "train", *DAYS, "--json").data["models"][0]
    assert (again["version"], again["card"], again["trained_at"]) == (made["version"], card, made["trained_at"])
    found = xiaoer(home, "inspect", "first", *DAYS, "--most", "30", "--json").data
    assert found["conversations"] == 100
    unhappy = [int(one["conversation"][-3:]) % 3 == 0 for one in found["first"]]
    assert sum(unhappy) >= 28
    assert {one["place"] for one in found["first"][:20]} == {2}
    shown = xiaoer(home, "inspect", "first", *DAYS).out
    assert "13900001111" not in shown
    assert "模型不扣分" in shown


def decided(home: Path, file: Path, *, shop: str = SHOP) -> int:
    """Write a verdict on every finding of an item: those of customers with an even number are refused."""
    findings = xiaoer(home, "inspect", "run", *DAYS, "--json").data["findings"]
    rows = ["shop,day,agent,buyer,item,verdict"]
    for one in findings:
        if one["item"] == "off_platform_contact":
            verdict = "refused" if int(one["buyer"][-2:]) % 5 < 2 else "accepted"
            rows.append(f"{shop},{one['day']},{one['agent']},{one['buyer']},{one['item']},{verdict}")
    file.write_text("\n".join(rows), encoding="utf-8")
    return len(rows) - 1


def test_items_are_learnt_from_decisions(home: Path, tmp_path: Path) -> None:
    number = decided(home, tmp_path / "decisions.csv")
    assert number == 50
    models = xiaoer(
        home, "inspect", "train", *DAYS, "--decisions", tmp_path / "decisions.csv", "--json"
    ).data["models"]  # fmt: skip
    (item,) = [one for one in models if one["name"] == "off_platform_contact"]
    assert (item["judged"], item["card"]["labels"]) == (50, ["refused", "stands"])
    # All of these findings have the same words, so nothing but the commonest verdict can be learnt.
    assert item["card"]["accuracy"] <= item["card"]["commonest_accuracy"]


def test_decisions_of_another_shop_teach_nothing_here(home: Path, tmp_path: Path) -> None:
    decided(home, tmp_path / "decisions.csv", shop="别的店")
    models = xiaoer(home, "inspect", "train", *DAYS, "--decisions", tmp_path / "decisions.csv", "--json").data["models"]
    assert [one["name"] for one in models] == ["dissatisfaction"]


def test_too_few_are_said_and_nothing_can_be_ranked(home: Path, tmp_path: Path) -> None:
    few = ("--from", "2024-09-01", "--to", "2024-09-05")
    (tmp_path / "home").mkdir()
    folder = tmp_path / "shop"
    folder.mkdir()
    assert xiaoer(tmp_path / "home", "import", *shop_files(folder), "--shop", SHOP).code == 0
    said = xiaoer(tmp_path / "home", "inspect", "train", *few, lang="en")
    assert said.code == 0
    assert "too few" in said.out
    refused = xiaoer(tmp_path / "home", "inspect", "first", *few, lang="en")
    assert (refused.code, "No model was trained" in refused.err) == (1, True)


def test_days_without_messages_are_refused_with_those_there_are(home: Path) -> None:
    for command in ("train", "first"):
        refused = xiaoer(home, "inspect", command, "--from", "2023-01-01", "--to", "2023-01-31", lang="en")
        assert (refused.code, "2024-09-01" in refused.err) == (1, True)


def test_a_table_of_decisions_says_every_bad_row_at_once(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text(
        f"shop,day,agent,buyer,item,verdict\n{SHOP},2024-09-31,a,b,c,refused\n{SHOP},2024-09-01,a,b,c,maybe\n", "utf-8"
    )
    refused = xiaoer(home, "inspect", "train", *DAYS, "--decisions", file, lang="en")
    assert refused.code == 1
    assert "2024-09-31" in refused.err
    assert "maybe" in refused.err
    file.write_text("shop,day\n", "utf-8")
    lacking = xiaoer(home, "inspect", "train", *DAYS, "--decisions", file, lang="en")
    assert (lacking.code, "agent, buyer, item, verdict" in lacking.err) == (1, True)
    absent = xiaoer(home, "inspect", "train", *DAYS, "--decisions", tmp_path / "none.csv")
    assert (absent.code, "none.csv" in absent.err) == (1, True)
