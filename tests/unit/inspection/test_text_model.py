"""The text models: what they see, order changes nothing, held out is held out, files hold no program."""

import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from xiaoer.base.errors import ReportableError
from xiaoer.inspection.model.card import trained
from xiaoer.inspection.model.example import Example, Said, parts_of, plain
from xiaoer.inspection.model.features import END, START, our_marks, runs
from xiaoer.inspection.model.held_out import score, shares_held_out
from xiaoer.inspection.model.kept import KeptModels, version_of
from xiaoer.inspection.model.linear import Choice, fit, model_of, prepare, prepared_shares

LABELS = ("bad", "good")
NOW = datetime(2024, 9, 30, 12, tzinfo=UTC)
BAD, GOOD = (
    ("等了三天还没发", "怎么又没人理", "这衣服太差了", "还没退款吗"),
    ("谢谢很好看", "收到了不错", "好的明白了", "可以谢谢"),
)


def examples(number: int, *, seed: int = 1) -> list[Example]:
    """Return conversations of one to three lines, each line of its label's kind with some letters around it."""
    chance = random.Random(seed)
    made = []
    for place in range(number):
        label = chance.choice(LABELS)
        lines = chance.choices(BAD if label == "bad" else GOOD, k=chance.randint(1, 3))
        said = tuple(Said("buyer", f"{chance.choice('甲乙丙丁')}{line}") for line in lines)
        made.append(Example(f"c{place // 2}", said, label))
    return made


def test_runs_are_those_of_each_message_with_its_edges_and_its_speaker() -> None:
    assert runs([Said("buyer", "好"), Said("agent", "好")]) == {
        f"{who}{run}" for who in "ba" for run in (START, "好", END, f"{START}好", f"好{END}", f"{START}好{END}")
    }
    assert plain("  ＯＫ　吗 ") == "ok 吗"


def test_marks_are_of_what_the_customer_says() -> None:
    marks = our_marks()
    named = dict(zip(marks.names, marks.of([Said("buyer", "谢谢？"), Said("agent", "垃圾！")]), strict=True))
    assert (named["thanks"], named["question"], named["anger"], named["exclamation"]) == (1.0, 1.0, 0.0, 0.0)
    assert (named["short"], named["long"], named["length"]) == (1.0, 0.0, 3 / 40)


def test_the_order_of_rows_changes_neither_model_nor_card() -> None:
    made = examples(120)
    model, card = trained("m", made, labels=LABELS)
    again, same = trained("m", random.Random(3).sample(made, len(made)), labels=LABELS)
    assert version_of(model) == version_of(again)
    assert card == same
    other, _ = trained("m", examples(120, seed=2), labels=LABELS)
    assert version_of(other) != version_of(model)


def test_a_card_knows_what_can_be_learnt_and_what_can_not() -> None:
    _, card = trained("m", examples(160), labels=LABELS)
    assert card.accuracy > 0.95
    assert card.found_first > card.found_anyhow
    chance = random.Random(5)
    mixed = [Example(one.conversation, one.said, chance.choice(LABELS)) for one in examples(160)]
    _, noise = trained("m", mixed, labels=LABELS)
    assert noise.accuracy < 0.7
    assert sum(map(sum, noise.said_of)) == noise.examples == 160


def test_nothing_of_a_conversation_is_learnt_from_when_it_is_held_out() -> None:
    # Each conversation has a word of its own that tells its label; only who has seen the conversation knows it.
    words = [chr(0x4E00 + 7 * number) * 3 for number in range(60)]
    made = [
        Example(f"c{number}", (Said("buyer", f"{word}{line}"),), LABELS[number * 7919 % 13 % 2])
        for number, word in enumerate(words)
        for line in ("", "了", "吧", "的")
    ]
    prepared = prepare(made, labels=LABELS, marks=our_marks())
    rows = np.arange(len(made))
    seen = prepared_shares(prepared, rows, fit(prepared, rows, Choice())).argmax(axis=1)
    unseen = shares_held_out(prepared, rows, (Choice(),)).argmax(axis=1)
    assert score(seen, prepared.target, 2).accuracy == 1.0
    assert score(unseen, prepared.target, 2).accuracy < 0.7


def test_parts_keep_conversations_together_and_are_even() -> None:
    names = [f"c{number % 50}" for number in range(400)]
    parts = parts_of(names, 5)
    assert len({(name, part) for name, part in zip(names, parts, strict=True)}) == 50
    assert sorted(parts.count(part) for part in range(5)) == [80] * 5
    assert parts_of(names[::-1], 5) == parts[::-1]


def plain_score(said: Sequence[int], true: Sequence[int], labels: int) -> tuple[float, float]:
    """Return accuracy and macro F1 by precision and recall, as textbooks have it."""
    each = []
    for label in range(labels):
        right = sum(1 for a, b in zip(said, true, strict=True) if a == b == label)
        precision = right / said.count(label) if said.count(label) else 0.0
        recall = right / true.count(label) if true.count(label) else 0.0
        each.append(2 * precision * recall / (precision + recall) if right else 0.0)
    return sum(a == b for a, b in zip(said, true, strict=True)) / len(true), sum(each) / labels


@pytest.mark.parametrize("seed", range(20))
def test_scores_are_the_textbook_s(seed: int) -> None:
    chance = random.Random(seed)
    said, true = ([chance.randint(0, 2) for _ in range(30)] for _ in range(2))
    ours = score(np.array(said), np.array(true), 3)
    assert (ours.accuracy, ours.macro_f1) == pytest.approx(plain_score(said, true, 3))


def test_prepared_and_single_rows_are_judged_alike() -> None:
    prepared = prepare(examples(80), labels=LABELS, marks=our_marks())
    rows = np.arange(60)
    fitted = fit(prepared, rows, Choice())
    alone = model_of(prepared, fitted).shares([one.said for one in prepared.examples])
    assert prepared_shares(prepared, np.arange(80), fitted) == pytest.approx(alone)
    assert alone.sum(axis=1) == pytest.approx(np.ones(80))


def test_a_kept_model_is_the_same_again_and_has_its_first_time(tmp_path: Path) -> None:
    model, card = trained("m", examples(100), labels=LABELS)
    kept = KeptModels(tmp_path).keep("m", model, card, now=NOW)
    later = KeptModels(tmp_path).keep("m", model, card, now=NOW.replace(year=2025))
    assert (later.version, later.trained_at, later.card) == (kept.version, NOW, card)
    said = [(Said("buyer", "还没退款"),), (Said("buyer", "从没见过的话zz"),), ()]
    assert later.model.shares(said).tolist() == model.shares(said).tolist()
    assert not list(tmp_path.glob("*.part"))
    other, other_card = trained("m", examples(100, seed=9), labels=LABELS)
    newer = KeptModels(tmp_path).keep("m", other, other_card, now=NOW.replace(year=2026))
    current = KeptModels(tmp_path).current("m")
    assert current is not None
    assert current.version == newer.version
    assert [one.version for one in KeptModels(tmp_path).versions("m")] == [newer.version, kept.version]
    assert KeptModels(tmp_path).current("n") is None


def damage_weights(folder: Path) -> None:
    """Put other weights under the same name."""
    (file,) = folder.glob("*.npz")
    with np.load(file) as arrays:
        held = dict(arrays)
    np.savez_compressed(file, **{**held, "weights": held["weights"] + 1})


def put_a_program(folder: Path) -> None:
    """Put an array of objects, which only pickle can read, into the file."""
    (file,) = folder.glob("*.npz")
    np.savez_compressed(file, weights=np.array([{"a": 1}], dtype=object), characters=np.zeros(0), ends=np.zeros(1))


def cut(folder: Path) -> None:
    """Cut the file short."""
    (file,) = folder.glob("*.npz")
    file.write_bytes(file.read_bytes()[:200])


def forget_the_card(folder: Path) -> None:
    """Leave the card out of the description."""
    (file,) = folder.glob("m-*.json")
    file.write_text(json.dumps({"labels": ["bad", "good"]}))


@pytest.mark.parametrize("harm", [damage_weights, put_a_program, cut, forget_the_card])
def test_a_damaged_or_foreign_file_is_refused_plainly(tmp_path: Path, harm: object) -> None:
    model, card = trained("m", examples(60), labels=LABELS)
    KeptModels(tmp_path).keep("m", model, card, now=NOW)
    assert callable(harm)
    harm(tmp_path)
    with pytest.raises(ReportableError) as refused:
        KeptModels(tmp_path).current("m")
    assert refused.value.issues[0].code == "models.damaged"
