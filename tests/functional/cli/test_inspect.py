"""`xiaoer inspect`: every conversation read, findings with their words, items listed; in both languages."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer
from xiaoer.actions.inspect_conversation import inspected_conversation
from xiaoer.actions.inspect_decisions import Decision, FindingId, Verdict
from xiaoer.actions.inspect_findings import FindingFilter, findings_of, scores_of
from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.inspect_read import Inspected, read_shop, reading_state
from xiaoer.actions.inspect_summary import decided_scores, inspection_summary

MESSAGES = """shop,buyer,agent,sent_at,sender,text
晨光店,阿青,晨光店:小艾,2024-09-02 10:10:00,buyer,有货吗
晨光店,阿青,晨光店:小艾,2024-09-02 10:18:10,agent,有的
晨光店,阿青,晨光店:小艾,2024-09-02 10:18:30,buyer,寄到幸福路12号3栋 电话13900001111
晨光店,阿青,晨光店:小艾,2024-09-02 10:19:00,agent,加 我 微 信，便宜
晨光店,小白,晨光店:小艾,2024-09-02 11:00:00,buyer,尺码
晨光店,小白,晨光店:小艾,2024-09-02 11:00:20,agent,您好，M码合适
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "messages.csv").write_text(MESSAGES, encoding="utf-8")
    assert xiaoer(tmp_path / "home", "import", tmp_path / "messages.csv", "--shop", "晨光店").code == 0
    return tmp_path / "home"


DAYS = ("--from", "2024-09-01", "--to", "2024-09-30")


def test_a_run_finds_and_says_where(home: Path) -> None:
    found = xiaoer(home, "inspect", "run", *DAYS, "--json").data
    items = {(one["buyer"], one["item"]): one for one in found["findings"]}
    assert {("阿青", "no_greeting"), ("阿青", "slow_without_apology"), ("阿青", "off_platform_contact")} <= set(items)
    assert ("小白", "no_greeting") not in items
    (mark,) = items["阿青", "off_platform_contact"]["evidence"]
    assert "加 我 微 信，便宜"[mark["start"] : mark["end"]] == "加 我 微 信"
    assert items["阿青", "slow_without_apology"]["more"] == {"waited": 490}
    (agent,) = found["agents"]
    assert (agent["conversations"], agent["fatal"], agent["score"]) == (2, 1, "50.00")
    assert "有货吗" not in json.dumps(found, ensure_ascii=False)


def test_findings_may_be_deleted_and_are_read_again_alike(home: Path) -> None:
    first = xiaoer(home, "inspect", "run", *DAYS, "--json").data
    again = xiaoer(home, "inspect", "run", *DAYS, "--json").data
    assert (first["meta"]["days_read"], again["meta"]["days_read"]) == (1, 0)
    for file in (home / "facts").glob("*"):
        if file.is_file():
            file.unlink()
    third = xiaoer(home, "inspect", "run", *DAYS, "--json").data
    assert third["findings"] == first["findings"] == again["findings"]


def test_one_conversation_is_shown_without_what_is_personal(home: Path) -> None:
    shown = xiaoer(home, "inspect", "show", "2024-09-02/小艾/阿青").out
    assert "引导平台外联系" in shown and "加 我 微 信" in shown
    assert "13900001111" not in shown and "幸福路" not in shown


def test_items_are_listed_in_both_languages(home: Path) -> None:
    assert "接待没有欢迎语" in xiaoer(home, "inspect", "items").out
    assert "No greeting" in xiaoer(home, "inspect", "items", lang="en").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "2024-09-02"), "看不懂会话"),
        (("show", "2024-09-02/小艾/没有这人"), "没有这段会话"),
        (("show", "2024-09-05/小艾/阿青"), "没有这段会话"),
        (("show", "2024-09-02/小爱/阿青"), "没有“小爱”这位客服"),
        (("items", "--standard", "languag"), "是不是：language"),
        (("voice", "--from", "2024-09-01", "--to", "2024-09-02", "--topic", "wishes"), "是不是：wish"),
        (("run", "--from", "2024-01-01", "--to", "2024-01-02"), "这段时间没有数据"),
    ],
)
def test_what_can_not_be_asked_is_said_plainly(home: Path, arguments: tuple[str, ...], said: str) -> None:
    answer = xiaoer(home, "inspect", *arguments)
    assert answer.code == 1 and said in answer.err


def test_what_people_added_counts_for_its_worth_once_and_only_where_it_was_read(home: Path) -> None:
    ask = InspectAsk("2024-09-01", "2024-09-30", "晨光店")
    clean = FindingId("晨光店", "2024-09-02", "晨光店:小艾", "小白", "tone_overall")
    both = FindingId("晨光店", "2024-09-02", "晨光店:小艾", "阿青", "off_platform_contact")
    nowhere = FindingId("晨光店", "2024-09-03", "晨光店:小艾", "小白", "tone_overall")
    gone = FindingId("晨光店", "2024-09-02", "晨光店:小艾", "小白", "no_such_item")
    added = Decision(Verdict.ADDED)
    (row,) = scores_of(home, ask, decisions=dict.fromkeys((clean, nowhere, gone), added))
    white = inspected_conversation(home, "2024-09-02/小艾/小白", "zh")
    assert row.machine.total == white.machine_score, "the other conversation is 0: something fatal"
    assert row.decided.total == white.machine_score - 10
    assert (
        inspected_conversation(home, "2024-09-02/小艾/小白", "zh", decisions={clean: added}).score == row.decided.total
    )
    less = {clean: Decision(Verdict.ADDED, Decimal(-3))}
    assert inspected_conversation(home, "2024-09-02/小艾/小白", "zh", decisions=less).score == row.decided.total + 7
    (row,) = scores_of(home, ask, decisions={both: added})
    assert row.decided == row.machine, "a machine found it already"


def test_the_summary_is_what_scores_and_findings_say(home: Path) -> None:
    ask = InspectAsk("2024-09-01", "2024-09-30", "晨光店")
    assert reading_state(home, ask) == Inspected(1, 1)
    told: list[tuple[int, int]] = []
    read_shop(home, ask, lambda done, total: told.append((done, total)))
    assert told == [(1, 1)]
    assert reading_state(home, ask) == Inspected(1, 0)
    summary = inspection_summary(home, ask, "zh")
    found = findings_of(home, ask, FindingFilter(), "zh", most=200).findings
    items = {one.item: (one.found, one.points) for one in summary.items}
    assert items == {
        item: (len(own), sum((one.points for one in own), Decimal(0)))
        for item in {one.id.item for one in found}
        if (own := [one for one in found if one.id.item == item])
    }
    white = FindingId("晨光店", "2024-09-02", "晨光店:小艾", "小白", "tone_overall")
    wechat = FindingId("晨光店", "2024-09-02", "晨光店:小艾", "阿青", "off_platform_contact")
    added, restated = {white: Decision(Verdict.ADDED)}, {wechat: Decision(Verdict.RESTATED, Decimal(-5), fatal=False)}
    for decisions in ({}, added, {wechat: Decision(Verdict.REFUSED)}, added | restated):
        (row,) = scores_of(home, ask, decisions=decisions)
        (agent,) = summary.agents
        machine, decided = agent.machine, decided_scores(home, ask, summary, decisions)
        for mine, theirs in ((machine, row.machine), (decided.get(agent.agent, machine), row.decided)):
            assert (mine.total, mine.of, mine.fatal, mine.findings) == (
                theirs.total, theirs.of, theirs.fatal, theirs.findings
            )  # fmt: skip
        assert decided.get("", summary.whole.machine).value == row.decided.value
    assert agent.machine.fatal == 1
    assert agent.touched == len({one.conversation for one in found})
