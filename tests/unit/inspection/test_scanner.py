"""Phrases are found whatever hides them, at the characters that a reader sees, and never inside other words."""

import numpy as np
import pyarrow as pa
import pytest

from xiaoer.base.catalog import Words
from xiaoer.inspection.folding import folded_text
from xiaoer.inspection.phrase_book import PhraseBook
from xiaoer.inspection.reading import Reading
from xiaoer.inspection.scanner import Scanner
from xiaoer.inspection.schema import Signal
from xiaoer.inspection.standards import Standards
from xiaoer.inspection.talk import Talk


def found(phrases: tuple[str, ...], *texts: str | None) -> list[tuple[str, int, str]]:
    """Return phrase, number of the text and the original characters of every hit."""
    hits = Scanner(phrases).scan(pa.array(texts, pa.string()))
    rows = zip(*(column.tolist() for column in (hits.phrase, hits.message, hits.start, hits.end)), strict=True)
    return sorted((phrases[phrase], text, str(texts[text])[start:end]) for phrase, text, start, end in rows)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("加我微信聊", "微信"),
        ("加我 微 信 聊", "微 信"),
        ("加我微·*信聊", "微·*信"),
        ("加我微🐶信聊", "微🐶信"),
        ("加我微/:^_^信聊", "微/:^_^信"),
        ("😀😀加我微信", "微信"),
        ("加我微\u200b信", "微\u200b信"),
    ],
)
def test_what_hides_a_word_is_seen_through_and_quoted(text: str, words: str) -> None:
    assert found(("微信",), text) == [("微信", 0, words)]


def test_traditional_wide_and_capital_letters_are_the_same() -> None:
    assert folded_text("誰有淘寶客服聊天專業術語呀ＱＱ") == "谁有淘宝客服聊天专业术语呀qq"
    assert found(("加qq",), "加ＱＱ") == [("加qq", 0, "加ＱＱ")]
    assert found(("給差評",), "就给差评") == [("給差評", 0, "给差评")]


def test_a_sentence_mark_ends_a_thought() -> None:
    assert found(("你妈的",), "谢谢你，妈的生日礼物") == []


def test_latin_words_are_whole() -> None:
    assert found(("sb",), "usb口", "你个SB", "sb2") == [("sb", 1, "SB"), ("sb", 2, "sb")]


def test_gaps_are_short_and_within_one_message() -> None:
    phrases = ("不退…差评",)
    assert found(phrases, "不退我50就给差评", "不退", "差评", "差评不退", "不退" + "呀" * 11 + "差评") == [
        ("不退…差评", 0, "不退我50就给差评")
    ]


def test_phrases_inside_one_another_are_all_found() -> None:
    assert found(("不退", "退钱", "不退钱"), "不退钱") == [
        ("不退", 0, "不退"),
        ("不退钱", 0, "不退钱"),
        ("退钱", 0, "退钱"),
    ]


def test_nothing_to_read_and_nothing_to_find() -> None:
    assert found(("您好",)) == []
    assert found(("您好",), None, "") == []
    assert found((), "您好") == []


def test_what_would_hang_elsewhere_ends_here() -> None:
    """A pattern that backtracking never finishes, and phrases that all begin alike, over a very long text."""
    text = "a" * 100_000
    signal = Signal(label=Words(zh="试", en="T"), pattern="(?P<found>(?:a+)+b)$")
    standards = Standards({}, {"bad_pattern": signal}, "")
    talk = talk_of_one(text)
    assert len(Reading(talk, PhraseBook(standards)).spans("bad_pattern")[0]) == 0
    phrases = tuple("哈" * number + "b" for number in range(1, 200))
    assert found(phrases, "哈" * 100_000) == []


def talk_of_one(text: str) -> Talk:
    """Return a talk of one message of a customer."""
    one = np.zeros(1, np.int64)
    names = pa.array(["甲"])
    return Talk(
        one, one, np.zeros(1, np.int8), one, pa.array([text]), pa.array(["text"]), one, one - 1, one - 1, one - 1,
        names, names, np.zeros(1, np.int32), np.zeros(1, np.bool_),
    )  # fmt: skip
