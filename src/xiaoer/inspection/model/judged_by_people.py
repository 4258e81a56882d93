"""What people judged, as examples: customers' ratings of conversations, inspectors' decisions about findings."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xiaoer.inspection.model.conversation import Between, Conversation
from xiaoer.inspection.model.example import Example

DISSATISFACTION = "dissatisfaction"
UNSATISFIED, NEUTRAL, SATISFIED = "unsatisfied", "neutral", "satisfied"
REFUSED, STANDS = "refused", "stands"
MIDDLE_SCORE = 3
FEWEST, FEWEST_OF_A_LABEL = 40, 10


@dataclass(frozen=True, order=True)
class JudgedFinding:
    """A person's verdict about one finding: its item and conversation, the places of its evidence, did it stand."""

    between: Between
    item: str
    places: tuple[int, ...]
    stands: bool


def rated_examples(
    conversations: Mapping[Between, Conversation], scores: Iterable[tuple[Between, float]]
) -> list[Example]:
    """Return the customer's words of rated conversations, labelled by the score of 1–5, of several by the lowest."""
    lowest: dict[Between, float] = {}
    for between, score in scores:
        lowest[between] = min(score, lowest.get(between, score))
    made = []
    for between, score in lowest.items():
        conversation = conversations.get(between)
        if conversation is not None and conversation.of_buyer:
            label = UNSATISFIED if score < MIDDLE_SCORE else NEUTRAL if score == MIDDLE_SCORE else SATISFIED
            made.append(Example(str(between), conversation.of_buyer, label))
    return made


def decided_examples(
    conversations: Mapping[Between, Conversation], decided: Iterable[JudgedFinding]
) -> dict[str, list[Example]]:
    """Return for each item the words of its findings that people judged; without evidence the whole conversation's."""
    made: dict[str, list[Example]] = {}
    for one in sorted(decided):
        conversation = conversations.get(one.between)
        if conversation is None:
            continue
        spoken = conversation.spoken
        shown = tuple(word for place in one.places if place < len(spoken) and (word := spoken[place]) is not None)
        said = shown or conversation.said
        if said:
            label = STANDS if one.stands else REFUSED
            made.setdefault(one.item, []).append(Example(str(one.between), said, label))
    return made


def enough(examples: Sequence[Example], labels: Sequence[str]) -> tuple[str, ...]:
    """Return the labels that can be learnt; none when there are too few examples, or fewer than two such labels."""
    counts = Counter(one.label for one in examples)
    known = tuple(label for label in labels if counts[label] >= FEWEST_OF_A_LABEL)
    return known if len(known) > 1 and sum(counts[label] for label in known) >= FEWEST else ()
