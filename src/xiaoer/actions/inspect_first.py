"""What to read first: conversations by how dissatisfied the customer sounds, with the message that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.inspect_models import Learning, open_learning
from xiaoer.base.errors import ReportableError
from xiaoer.base.mask import masked_in_place
from xiaoer.inspection.model.conversation import Between, Conversation
from xiaoer.inspection.model.judged_by_people import DISSATISFACTION, UNSATISFIED
from xiaoer.inspection.model.kept import KeptModel
from xiaoer.inspection.model.linear import TextModel


@dataclass(frozen=True)
class ReadFirst:
    """A conversation, its place among all by percent (100: the first), and the customer's message that weighs most.

    `place` is that message's number in its conversation, from 0; `words` are its words with numbers and name masked.
    """

    between: Between
    rank_percent: int
    place: int
    words: str

    @property
    def conversation(self) -> str:
        """Return the conversation's name, as `xiaoer inspect show` takes it."""
        return str(self.between)


@dataclass(frozen=True)
class ReadingList:
    """The model used, how many conversations it ranked, the first of them."""

    model: KeptModel
    conversations: int
    first: tuple[ReadFirst, ...]


def read_first(home: Path, ask: InspectAsk, *, most: int = 30) -> ReadingList:
    """Return the conversations of the days asked for, those of dissatisfied customers first; a rank takes no points.

    A ReportableError when no model was trained yet.
    """
    with open_learning(home, ask) as learning:
        kept = learning.kept.current(DISSATISFACTION)
        if kept is None or UNSATISFIED not in kept.model.labels:
            raise ReportableError.of("models.none_yet")
        ordered = ranked(learning)
        shown = learning.conversations_of(ordered[:most])
        first = tuple(
            _shown(kept.model, shown[between], rank_percent=100 - 100 * number // len(ordered))
            for number, between in enumerate(ordered[:most])
        )
        return ReadingList(kept, len(ordered), first)


def ranked(learning: Learning) -> list[Between]:
    """Return the conversations that were inspected, the most dissatisfied first; by day where no model was trained.

    Words are held for a bundle of days at a time only.
    """
    kept = learning.kept.current(DISSATISFACTION)
    model = None if kept is None or UNSATISFIED not in kept.model.labels else kept.model
    inspected = learning.inspected()
    shares = [
        (_share(model, one), one.between)
        for one in learning.conversations()
        if one.of_buyer and one.between in inspected
    ]
    return [between for _, between in sorted(shares, key=lambda pair: (-pair[0], pair[1]))]


def _share(model: TextModel | None, conversation: Conversation) -> float:
    return 0.0 if model is None else float(model.shares([conversation.of_buyer])[0, model.labels.index(UNSATISFIED)])


def _shown(model: TextModel, conversation: Conversation, *, rank_percent: int) -> ReadFirst:
    label = model.labels.index(UNSATISFIED)
    asked = [place for place, one in enumerate(conversation.spoken) if one is not None and one.speaker == "buyer"]
    shares = _each(model, conversation, asked, label)
    place = asked[max(range(len(asked)), key=lambda number: (shares[number], -number))]
    said = conversation.spoken[place]
    assert said is not None
    return ReadFirst(
        conversation.between, rank_percent, place, masked_in_place(said.text, name=conversation.between.buyer)
    )


def _each(model: TextModel, conversation: Conversation, places: Sequence[int], label: int) -> list[float]:
    rows = [(said,) for place in places if (said := conversation.spoken[place]) is not None]
    return [float(share) for share in model.shares(rows)[:, label]]
