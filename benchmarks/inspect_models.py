"""How good the text models are on real dialogues and comments whose labels people gave: five parts held out in turn.

All choices are made inside what is learnt from. The plain model is what anyone would try first.
"""

import csv
import json
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from xiaoer.inspection.model.card import Card, trained
from xiaoer.inspection.model.example import Example, Said, parts_of
from xiaoer.inspection.model.held_out import PARTS, Score, score

REAL_FILES = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
LABELS = ("unsatisfied", "neutral", "satisfied")
ABUSE = ("abuse", "fine")
CLOSING = "OVERALL"  # a row of the data that is no turn: how satisfied the customer was with the whole


@dataclass(frozen=True)
class Measured:
    """One model on one task: how many examples of how many conversations, its score, processor seconds."""

    task: str
    model: str
    examples: int
    conversations: int
    accuracy: float
    macro_f1: float
    seconds: float


def model_benchmark(folder: Path = REAL_FILES) -> Iterator[Measured | dict[str, Any]]:
    """Yield each measurement, and the learning curve of dissatisfaction; a task without its files is left out."""
    dialogues = [one for file in sorted((folder / "chat-jddc-satisfaction").glob("*.jsonl")) for one in _lines(file)]
    comments = [one for file in sorted((folder / "offensive-cold").glob("*.csv")) for one in _comments(file)]
    if dialogues:
        turns = list(turn_examples(dialogues))
        yield _plain("dissatisfaction", turns, LABELS)
        card = yield from _ours("dissatisfaction", turns, LABELS)
        yield {"learning_curve": card.curve, "said_of": card.said_of}
        yield from _ours("dissatisfaction, agent's last words too", list(turn_examples(dialogues, agent=True)), LABELS)
        closed = list(turn_examples(dialogues, closing=True))
        yield _plain("dissatisfaction, closing rows too", closed, LABELS)
        yield from _ours("dissatisfaction, closing rows too", closed, LABELS)
    if comments:
        yield _plain("abuse", comments, ABUSE)
        yield from _ours("abuse", comments, ABUSE)


def turn_examples(
    dialogues: Sequence[dict[str, Any]], *, agent: bool = False, closing: bool = False
) -> Iterator[Example]:
    """Yield the labelled turns: the customer's words, with `agent` what the agent last said before them."""
    for dialogue in dialogues:
        before = ""
        for turn in dialogue["turns"]:
            if turn["sat3"] is not None and (closing or turn["user"] != CLOSING):
                context = (Said("agent", before),) if agent and before else ()
                yield Example(dialogue["id"], (*context, Said("buyer", turn["user"])), LABELS[turn["sat3"]])
            before = turn["agent"] or before


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def _comments(file: Path) -> Iterator[Example]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        for number, row in enumerate(csv.DictReader(text)):
            yield Example(f"{file.name}:{number}", (Said("buyer", row["TEXT"]),), ABUSE[1 - int(row["label"])])


def _ours(task: str, examples: Sequence[Example], labels: Sequence[str]) -> Generator[Measured, None, Card]:
    start = time.process_time()
    _, card = trained("benchmark", examples, labels=labels)
    yield _measured(task, "xiaoer", examples, Score(card.accuracy, card.macro_f1), start)
    return card


def _plain(task: str, examples: Sequence[Example], labels: Sequence[str]) -> Measured:
    """Return what character TF-IDF and class-balanced logistic regression reach on the same five parts."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    start = time.process_time()
    texts = [" | ".join(one.text for one in example.said) for example in examples]
    true = np.array([list(labels).index(one.label) for one in examples])
    part = np.array(parts_of([one.conversation for one in examples], PARTS))
    said = np.zeros(len(true), np.int64)
    for one in range(PARTS):
        model = make_pipeline(
            TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True),
            LogisticRegression(class_weight="balanced", max_iter=300),
        )
        model.fit([texts[row] for row in np.flatnonzero(part != one)], true[part != one])
        said[part == one] = model.predict([texts[row] for row in np.flatnonzero(part == one)])
    return _measured(task, "plain", examples, score(said, true, len(labels)), start)


def _measured(task: str, model: str, examples: Sequence[Example], result: Score, start: float) -> Measured:
    conversations = len({one.conversation for one in examples})
    return Measured(
        task, model, len(examples), conversations, round(result.accuracy, 4), round(result.macro_f1, 4),
        round(time.process_time() - start, 1),
    )  # fmt: skip
