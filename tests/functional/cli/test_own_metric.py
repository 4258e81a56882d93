"""A metric of the shop's own: dropped into its folder it is checked and reported, broken it is named by its line."""

from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer

SEPTEMBER = ("--from", "2024-09-01", "--to", "2024-09-30")

# How many questions were asked before ten in the morning.
EARLY_ROUNDS = """group: speed
label: {zh: "早间回合", en: "Early rounds"}
why: {zh: "十点前有多少人来问。", en: "How many ask before ten."}
formula: {zh: "十点前开始的回合数", en: "rounds opened before ten"}
unit: rounds
direction: none
needs: [messages]
value:
  from: round
  count: rows
  where: "hour < 10"
examples:
  - title: {zh: "一早一晚", en: "One early, one late"}
    tables:
      messages: |
        buyer | agent | sent_at             | sender | text
        阿青  | 小夏  | 2024-09-02 09:00:00 | buyer  | 在吗
        阿青  | 小夏  | 2024-09-02 09:00:10 | agent  | 在
        小白  | 小夏  | 2024-09-02 11:00:00 | buyer  | 在吗
        小白  | 小夏  | 2024-09-02 11:00:10 | agent  | 在
    report: {from: 2024-09-02, to: 2024-09-02}
    rows: |
      agent | early_rounds
      小夏  | 1
  - title: {zh: "没有人来", en: "Nobody came"}
    tables:
      messages: |
        buyer | agent | sent_at | sender | text
    report: {from: 2024-09-02, to: 2024-09-02, by: ""}
    rows: |
      early_rounds
      0
"""


def dropped(home: Path, text: str = EARLY_ROUNDS) -> Path:
    """Put the metric into the home's own catalog and return its file."""
    file = home / "catalog" / "metrics" / "speed" / "early_rounds.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_dropped_in_it_is_checked_listed_reported_explained_and_part_of_a_set(own_shop: Path, tmp_path: Path) -> None:
    dropped(own_shop)
    checked = xiaoer(own_shop, "check", own_shop / "catalog")
    assert (checked.code, checked.err) == (0, "")
    assert "早间回合" in xiaoer(own_shop, "metrics", "list").out
    report = xiaoer(own_shop, "report", *SEPTEMBER, "--metrics", "early_rounds,rounds")
    lines = [line.split() for line in report.out.splitlines()]
    assert ["小艾", "1", "4"] in lines
    assert ["小林", "1", "2"] in lines
    assert ["合计", "2", "6"] in lines
    rows = xiaoer(own_shop, "explain", "early_rounds", "--agent", "小艾", *SEPTEMBER, "--json").data["rows"]
    assert [row["day"] for row in rows] == ["2024-09-29"]
    assert xiaoer(own_shop, "views", "save", "早班", "--metrics", "early_rounds", "--by", "day").code == 0
    file = tmp_path / "early.html"
    assert xiaoer(own_shop, "report", *SEPTEMBER, "--view", "早班", "-o", file).code == 0
    assert "早间回合（回合）" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("unit: rounds", "unti: rounds", 5, "unit"),
        ("unit: rounds", "unit: yuan", 5, "yuan"),
        ("direction: none", "direction: sideways", 6, "direction"),
        ("needs: [messages]", "needs: [message]", 7, "messages"),
        ("  from: round", "  from: rounds", 9, "round"),
        ('  where: "hour < 10"', '  where: "hours < 10"', 11, "hour"),
        ('  where: "hour < 10"', '  where: "hour <"', 11, "where"),
        ('  where: "hour < 10"', '  wehre: "hour < 10"', 11, "where"),
        ("  count: rows", "  count: rows\n  count: rows", 11, "count"),
        ("group: speed", "group: [speed", 2, "YAML"),
        ("      小夏  | 1", "      小夏  | 7", 13, "7"),
        ("        小白  | 小夏  | 2024-09-02 11:00:10", "        小白  | 小夏  | 昨天", 13, "instant"),
    ],
)
def test_broken_it_is_named_by_its_file_and_line(own_shop: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in EARLY_ROUNDS
    file = dropped(own_shop, EARLY_ROUNDS.replace(old, new, 1))
    told = xiaoer(own_shop, "check", own_shop / "catalog")
    assert (told.code, told.out) == (1, "")
    assert f"{file} 第 {line} 行" in told.err
    assert said in told.err
    issues = xiaoer(own_shop, "check", own_shop / "catalog", "--json").data["issues"]
    assert {(issue["file"], issue["line"]) for issue in issues} >= {(str(file), line)}


def test_a_broken_file_stops_a_report_with_the_same_words(own_shop: Path) -> None:
    file = dropped(own_shop, EARLY_ROUNDS.replace("from: round", "from: rounds"))
    told = xiaoer(own_shop, "report", *SEPTEMBER)
    assert (told.code, told.out) == (1, "")
    assert f"{file} 第 9 行" in told.err
