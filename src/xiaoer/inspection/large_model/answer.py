"""What an outside model answers: read by its schema, believed only where its quote stands in the conversation."""

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from xiaoer.inspection.large_model.question import Question

SHORTEST_QUOTE, LONGEST_WHY, MOST_FINDINGS = 2, 200, 50
_FENCED = re.compile(r"\s*```(?:json)?\s*(\{.*\})\s*```\s*", re.DOTALL)


class Dropped(StrEnum):
    """Why something of an answer was not taken."""

    NO_JSON = "no_json"  # the whole answer is not of the form asked for
    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_LINE = "unknown_line"
    NOT_SAID = "not_said"  # the quote does not stand in that line
    TWICE = "twice"


@dataclass(frozen=True)
class Suggestion:
    """What a model suggests: an item, the message's place, the characters of its quote there, its reason."""

    conversation: str
    item: str
    place: int
    start: int
    end: int
    why: str


@dataclass(frozen=True)
class Answer:
    """Suggestions that are borne out by words, and how many were dropped for which reason."""

    suggestions: tuple[Suggestion, ...] = ()
    dropped: dict[Dropped, int] = field(default_factory=dict)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Finding(_Strict):
    item: str
    line: int
    quote: str
    why: str = ""


class _Whole(_Strict):
    findings: list[_Finding] = Field(max_length=MOST_FINDINGS)


def answer_of(text: str, question: Question) -> Answer:
    """Return what of an answer can be believed."""
    fenced = _FENCED.fullmatch(text)
    try:
        whole = _Whole.model_validate_json(fenced[1] if fenced else text)
    except ValidationError:
        return Answer(dropped={Dropped.NO_JSON: 1})
    taken: dict[tuple[str, int], Suggestion] = {}
    dropped: Counter[Dropped] = Counter()
    for one in whole.findings:
        wrong = _wrong(one, question)
        if wrong is None and (one.item, one.line) in taken:
            wrong = Dropped.TWICE
        if wrong is not None:
            dropped[wrong] += 1
            continue
        start = question.lines[one.line].index(one.quote)
        taken[one.item, one.line] = Suggestion(
            question.conversation, one.item, one.line, start, start + len(one.quote), one.why[:LONGEST_WHY]
        )
    return Answer(tuple(taken.values()), dict(dropped))


def _wrong(one: _Finding, question: Question) -> Dropped | None:
    if one.item not in question.items:
        return Dropped.UNKNOWN_ITEM
    if one.line not in question.lines:
        return Dropped.UNKNOWN_LINE
    said = len(one.quote.strip()) >= SHORTEST_QUOTE and one.quote in question.lines[one.line]
    return None if said else Dropped.NOT_SAID
