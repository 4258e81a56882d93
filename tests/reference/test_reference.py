"""Hand-computed cases that pin the reference: what people say to each other, how fast, and what is noise."""

import json
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from tests.reference.filters import contacts_of
from tests.reference.messages import lines_of
from tests.reference.quantiles import quantile
from tests.reference.rounds import rounds_of
from tests.reference.shop import Row, Shop
from tests.reference.shop_report import shop_report
from tests.reference.talk import SHANGHAI, june, shop_of, talk
from xiaoer.base.days import Period

ASKED_TWICE = "10:10:15 lan amy ask\n10:15:20 lan amy ask\n10:18:10 lan amy reply"
DIALOGUES = Path(__file__).resolve().parents[3] / "shared/data/chat-uneed/dialogues.jsonl"


def figures(shop: Shop, *names: str, by: tuple[str, ...] = (), days: tuple[int, int] = (1, 30)) -> list[Row]:
    """Return the rows of a report over June."""
    return shop_report(shop, period=Period(june(days[0]), june(days[1])), by=by, metrics=names)


def figure(text: str, name: str, **settings: str) -> object:
    """Return one figure of a conversation."""
    return figures(shop_of(settings=settings, messages=talk(text)), name)[0][name]


def reasons(text: str, **settings: str) -> dict[tuple[str, str], str | None]:
    """Return why each contact is filtered, by buyer and account."""
    shop = shop_of(settings=settings, messages=talk(text), agents=[{"agent": "cat"}])
    lines = lines_of(shop)
    return {(one.buyer, one.account): one.reason for one in contacts_of(shop, lines, rounds_of(shop, lines))}


def test_an_answer_after_eight_minutes_is_late() -> None:
    assert figure(ASKED_TWICE, "three_minute_share") == 0
    assert figure(ASKED_TWICE + "\n10:18:30 lan amy ask\n10:19:00 lan amy reply", "three_minute_share") == Fraction(
        1, 2
    )


def test_ten_questions_without_an_answer_are_one_late_round() -> None:
    ten = "\n".join(f"10:10:{second} lan amy ask" for second in range(10, 20))
    assert figure(ten, "three_minute_share") == 0
    assert figure(ten, "rounds") == 1


@pytest.mark.parametrize(
    ("clock", "expected"), [("07:59:59", None), ("08:00:00", 1), ("23:59:50", 1)], ids=["before", "at eight", "late"]
)
def test_three_minutes_count_from_eight_to_midnight(clock: str, expected: int | None) -> None:
    assert figure(f"{clock} lan amy ask\n{clock[:-1]}9.5 lan amy reply", "three_minute_share") == expected


def test_a_wait_counts_from_the_first_or_the_last_question() -> None:
    assert figure(ASKED_TWICE, "average_response_seconds") == 475
    assert figure(ASKED_TWICE, "average_response_seconds", wait_from="last") == 170


@pytest.mark.parametrize(("seconds", "slow"), [(119, 0), (120, 0), (121, 1)])
def test_three_waits_over_two_minutes_are_slow(seconds: int, slow: int) -> None:
    lines = []
    for hour in (9, 10, 11):
        lines += [f"{hour:02}:00:00 lan amy ask", f"{hour:02}:0{seconds // 60}:{seconds % 60:02} lan amy reply"]
    assert figure("\n".join(lines), "slow_buyers") == slow
    assert figure("\n".join(lines[:4]), "slow_buyers") == 0


@pytest.mark.parametrize(("back_at", "sessions"), [("10:09:59", 1), ("10:10:00", 2)])
def test_ten_minutes_of_silence_start_a_new_session(back_at: str, sessions: int) -> None:
    assert figure(f"10:00:00 lan amy ask\n{back_at} lan amy ask", "sessions") == sessions


@pytest.mark.parametrize(
    ("over", "mean"), [("cap", Fraction(300)), ("keep", Fraction(600)), ("exclude", None)], ids=str
)
def test_a_wait_over_the_cap(over: str, mean: Fraction | None) -> None:
    text = "10:00:00 lan amy ask\n10:10:00 lan amy reply"
    assert figure(text, "average_response_seconds", wait_over_cap=over, wait_cap_seconds="300") == mean
    assert figure(text, "median_response_seconds", wait_over_cap=over, wait_cap_seconds="300") == 600
    assert figure(text, "average_response_seconds", wait_over_cap="exclude", wait_cap_seconds="600") == 600


def test_automatic_replies_and_robots_answer_nothing() -> None:
    text = "10:00:00 lan amy ask\n10:00:01 lan amy auto\n10:00:02 lan amy robot\n10:00:03 lan bot reply"
    settings = {"robot_accounts": "bot"}
    assert figure(text, "answered_rounds", **settings) == 0
    assert figure(text, "agent_messages", **settings) == 0
    marked = "10:00:00 lan amy ask\n10:00:05 lan amy reply ^_^您好\n10:00:09 lan amy reply 在的"
    assert figure(marked, "first_response_seconds", auto_reply_prefix="^_^") == 9
    assert figure(marked, "first_response_seconds") == 5
    assert figure(marked, "agent_characters", auto_reply_prefix="^_^") == 2


def test_a_round_is_whose_answer_it_is_or_who_was_asked_last() -> None:
    shop = shop_of(
        messages=talk("10:00:00 lan amy ask\n10:00:09 lan bea ask\n10:01:00 lan amy reply\n11:00:00 lan bea ask")
    )
    assert figures(shop, "rounds", "answered_rounds", by=("agent",)) == [
        {"agent": "amy", "rounds": 1, "answered_rounds": 1},
        {"agent": "bea", "rounds": 1, "answered_rounds": 0},
    ]


def test_a_round_left_with_a_robot_counts_for_the_shop_only() -> None:
    text = "10:00:00 lan amy ask\n10:00:09 lan shop:bot ask\n10:01:00 lan shop:bot reply"
    shop = shop_of(settings={"robot_accounts": "bot"}, messages=talk(text))
    assert figures(shop, "rounds") == [{"rounds": 1}]
    assert figures(shop, "rounds", by=("agent",)) == [{"agent": "amy", "rounds": 0}]


def test_an_answer_after_midnight_is_none() -> None:
    text = "10T23:59:50 lan amy ask\n11T00:00:05 lan amy reply\n11T00:00:09 lan amy ask"
    assert figure(text, "answered_rounds") == 0
    assert figure(text, "rounds") == 2
    assert figure(text, "answered_rounds", day_starts_at="04:00") == 1
    assert figure(text, "received_buyers") == 2


def test_a_day_that_starts_at_four_keeps_the_clock_s_hours() -> None:
    shop = shop_of(
        settings={"day_starts_at": "04:00"}, messages=talk("11T03:59:59 lan amy ask\n11T04:00:00 lan amy ask")
    )
    assert figures(shop, "sessions", by=("day", "hour")) == [
        {"day": june(10), "hour": 3, "sessions": 1},
        {"day": june(11), "hour": 4, "sessions": 1},
    ]


def test_messages_of_the_same_second_go_by_position() -> None:
    assert figure("10:00:00 lan amy ask\n10:00:00 lan amy reply", "average_response_seconds") == 0
    assert figure("10:00:00 lan amy reply\n10:00:00 lan amy ask", "answered_rounds") == 0


def test_replied_transferred_out_and_unreplied() -> None:
    text = """10:00:00 lan amy ask\n10:00:05 lan amy transfer\n10:01:00 lan bea reply
    10:00:00 mei amy ask\n10:00:00 kai amy ask\n10:00:05 kai amy transfer\n10:00:06 kai amy reply"""
    shop = shop_of(messages=talk(text))
    names = ("received_buyers", "replied_buyers", "transferred_out_buyers", "unreplied_buyers", "reply_share")
    assert [list(row.values()) for row in figures(shop, *names, by=("agent",))] == [
        ["amy", 3, 1, 1, 1, Fraction(1, 3)],
        ["bea", 1, 1, 0, 0, Fraction(1)],
    ]
    assert [list(row.values()) for row in figures(shop, *names)] == [[3, 2, 1, 1, Fraction(2, 3)]]


def test_the_first_response_is_of_sessions_the_buyer_opened() -> None:
    opened = "11:00:00 lan amy ask\n11:00:30 lan amy reply"
    text = f"10:00:00 lan amy auto\n10:00:05 lan amy ask\n10:00:15 lan amy reply\n{opened}"
    assert figure(text, "first_response_seconds") == 30


def test_sessions_overlap_when_they_share_an_instant() -> None:
    text = (
        "10:00:00 lan amy ask\n10:05:00 lan amy ask\n10:05:00 mei amy ask\n10:06:00 kai amy ask\n10:06:00 mei amy ask"
    )
    assert figure(text, "max_concurrent") == 2
    assert figure(text + "\n10:05:00 kai amy ask", "max_concurrent") == 3


@pytest.mark.parametrize(("end", "long"), [("10:30:00", 0), ("10:30:00.000001", 1)])
def test_a_session_over_half_an_hour_is_long(end: str, long: int) -> None:
    text = (
        f"10:00:00 lan amy ask\n10:09:00 lan amy reply\n10:18:00 lan amy ask\n10:27:00 lan amy ask\n{end} lan amy ask"
    )
    assert figure(text, "long_sessions") == long


def test_each_filter_gives_its_reason() -> None:
    assert reasons("10:00:00 amy bea ask\n10:00:00 cat bea ask") == {
        ("amy", "bea"): None,
        ("cat", "bea"): "own_account",
    }
    assert reasons("10:00:00 amy bea ask\n10:00:00 lan amy ask")["amy", "bea"] == "own_account"
    assert reasons("10:00:00 lan amy ask", listed_nicks="mei, lan") == {("lan", "amy"): "listed_nick"}
    assert reasons("10:00:00 lan amy note") == {("lan", "amy"): "empty_chat"}
    assert reasons("10:00:00 lan amy transfer") == {("lan", "amy"): "transferred_shell"}
    assert reasons("10:00:00 lan amy ask @all\n10:00:01 lan amy reply") == {("lan", "amy"): "bulk_message"}
    assert reasons("10:00:00 lan amy reply") == {("lan", "amy"): "monologue"}
    assert reasons("10:00:00 lan amy ask\n10:00:01 lan bea reply") == {("lan", "amy"): None, ("lan", "bea"): None}


def test_advertising_is_the_code_word_in_a_short_chat() -> None:
    text = "10:00:00 lan amy ask\n10:00:01 lan amy reply no-ads-please"
    words = {"advertising_code_word": "no-ads"}
    assert reasons(text, **words) == {("lan", "amy"): "advertising"}
    assert reasons(text) == {("lan", "amy"): None}
    assert reasons(text, **words, advertising_most_messages="2") == {("lan", "amy"): "advertising"}
    assert reasons(text, **words, advertising_most_messages="1") == {("lan", "amy"): None}
    assert reasons(text, **words, filter_advertising="false") == {("lan", "amy"): None}


def test_a_filtered_contact_takes_its_rounds_with_it() -> None:
    text = "10:00:00 lan amy ask @all\n10:00:05 lan amy reply\n10:00:10 lan bea ask\n10:00:40 lan bea reply"
    assert figure(text, "rounds") == 1
    assert figure(text, "average_response_seconds") == 30
    assert figure(text, "received_buyers") == 1


def test_quantiles_lie_between_the_two_nearest() -> None:
    values = [Fraction(value) for value in (10, 20, 30, 40)]
    assert quantile(values, Fraction(1, 2)) == 25
    assert quantile(values, Fraction(9, 10)) == 37
    assert quantile(values[:1], Fraction(9, 10)) == 10
    assert quantile([], Fraction(1, 2)) is None


def test_a_setting_holds_from_its_day_on() -> None:
    shop = shop_of(
        messages=talk(
            "10T10:00:00 lan amy ask\n10T10:05:00 lan amy ask\n11T10:00:00 lan amy ask\n11T10:05:00 lan amy ask"
        )
    )
    dated = shop_of(settings={"session_gap_seconds": "300"}).settings.dated[0]
    later = type(dated)(dated.name, june(11), 0, dated.value)
    changed = Shop(tables=shop.tables, settings=type(shop.settings)((later,)))
    assert [row["sessions"] for row in figures(changed, "sessions", by=("day",))] == [1, 2]


@pytest.mark.skipif(not DIALOGUES.exists(), reason="the real dialogues are not on this machine")
@pytest.mark.parametrize(
    ("number", "first", "mean", "from_last", "rounds"),
    [(0, 14, 25.2, 25.2, 6), (1, 27, 71.0, 57.2, 4), (2, 82, 125.0, 111.2, 4)],
    ids=["beauty", "clothes", "phones"],
)
def test_real_dialogues(number: int, first: float, mean: float, from_last: float, rounds: int) -> None:
    dialogue = json.loads(DIALOGUES.read_text(encoding="utf-8").splitlines()[number])
    rows = [
        {
            "buyer": dialogue["userid"],
            "agent": dialogue["sellerid"],
            # The source shows whole seconds; some of its times carry float noise below the second.
            "sent_at": datetime.fromisoformat(line["time"]).replace(microsecond=0, tzinfo=SHANGHAI).astimezone(UTC),
            "sender": "buyer" if line["sender_type"] == "用户" else "agent",
            "text": line["send_content"],
            "source_row": line["seq_no"],
        }
        for line in dialogue["dialogue"]
    ]
    period = Period(*(2 * [rows[0]["sent_at"].date()]))
    names = ("first_response_seconds", "average_response_seconds", "answered_rounds")
    report = shop_report(shop_of(messages=rows), period=period, metrics=names)[0]
    assert report["first_response_seconds"] == first
    assert float(report["average_response_seconds"]) == pytest.approx(mean, abs=0.06)
    assert report["answered_rounds"] == rounds
    last = shop_report(shop_of(settings={"wait_from": "last"}, messages=rows), period=period, metrics=names)[0]
    assert float(last["average_response_seconds"]) == pytest.approx(from_last, abs=0.06)
