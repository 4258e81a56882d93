"""All phrases in one pass are found just where a search for each of them finds it."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.inspection.folding import folded_text
from xiaoer.inspection.scanner import LONGEST_GAP, Scanner

LETTERS = st.sampled_from("不退差评給给ＱqQa b*，/:^好")
PHRASES = st.lists(
    st.text(st.sampled_from("不退差评给好q"), min_size=1, max_size=3), min_size=1, max_size=6, unique=True
)


def searched(phrase: str, text: str) -> list[tuple[int, int]]:
    """Return where a phrase stands in a folded text, found one by one."""
    found = []
    for start in range(len(text) - len(phrase) + 1):
        end = start + len(phrase)
        letters = phrase.isascii() and phrase.isalpha()
        beside = text[start - 1 : start] + text[end : end + 1]
        if text[start:end] == phrase and not (letters and any("a" <= one <= "z" for one in beside)):
            found.append((start, end))
    return found


@given(PHRASES, st.lists(st.text(LETTERS, max_size=12), max_size=5))
def test_each_phrase_is_found_where_it_stands(phrases: list[str], texts: list[str]) -> None:
    hits = Scanner(tuple(phrases)).scan(pa.array(texts, pa.string()))
    counted = sorted(zip(hits.phrase.tolist(), hits.message.tolist(), strict=True))
    expected = sorted(
        (number, place)
        for number, phrase in enumerate(phrases)
        for place, text in enumerate(texts)
        for _ in searched(folded_text(phrase), folded_text(text))
    )
    assert counted == expected
    for number, message, start, end in zip(
        *(column.tolist() for column in (hits.phrase, hits.message, hits.start, hits.end)), strict=True
    ):
        assert folded_text(texts[message][start:end]) == folded_text(phrases[number])


@given(st.text(st.sampled_from("不差好"), max_size=LONGEST_GAP + 4))
def test_a_gap_is_short(between: str) -> None:
    found = len(Scanner(("退…评",)).scan(pa.array([f"退{between}评"])).phrase)
    assert found == (1 if len(between) <= LONGEST_GAP else 0)
