"""Conversations drawn for people to read: by chance, so many of each agent, or the riskiest first."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from xiaoer.actions.inspect_first import ranked
from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.inspect_models import Learning, open_learning
from xiaoer.inspection.model.judged_by_people import DISSATISFACTION
from xiaoer.inspection.sample import Drawn, Share, Way, drawn, shared_out

__all__ = ["Drawn", "Sample", "SampleAsk", "Share", "Way", "sample", "shared_out"]


@dataclass(frozen=True)
class Sample:
    """How many conversations there are, which were drawn in the order to read them, and whether a model ranked them."""

    conversations: int
    drawn: tuple[Drawn, ...]
    ranked: bool


@dataclass(frozen=True)
class SampleAsk:
    """How to draw, and what is left out: conversations that are being read already."""

    way: Way
    number: int = 0
    seed: str = ""
    but: Collection[Drawn] = ()


def sample(home: Path, ask: InspectAsk, wanted: SampleAsk) -> Sample:
    """Return a sample; by risk those of dissatisfied customers first, before a model was trained the lowest scores.

    A ReportableError when shop or days can not be used, or there are no messages then.
    """
    with open_learning(home, ask) as learning:
        kept = learning.kept.current(DISSATISFACTION)
        by_model = wanted.way is Way.RISK and kept is not None
        order: Callable[[Learning], Sequence[Drawn]] = _by_model if by_model else _by_score
        every = order(learning)
        but = frozenset(wanted.but)
        left = [one for one in every if one not in but]
        return Sample(len(every), tuple(drawn(left, wanted.way, wanted.number, seed=wanted.seed)), by_model)


def _by_model(learning: Learning) -> list[Drawn]:
    return [Drawn(str(one.day), one.agent, one.buyer) for one in ranked(learning)]


def _by_score(learning: Learning) -> list[Drawn]:
    """Return every conversation, those with something fatal first, then those that lost most points."""
    fatal: set[Drawn] = set()
    points: dict[Drawn, Decimal] = {}
    for row in learning.inspection.rows("SELECT day, agent, buyer, fatal, points FROM finding"):
        one = _of(row)
        points[one] = points.get(one, Decimal(0)) + Decimal(str(row["points"]))
        if row["fatal"]:
            fatal.add(one)
    every = [_of(row) for row in learning.inspection.rows("SELECT day, agent, buyer FROM inspected")]
    return sorted(every, key=lambda one: (one not in fatal, points.get(one, Decimal(0)), one))


def _of(row: Mapping[str, object]) -> Drawn:
    return Drawn(str(row["day"]), str(row["agent"]), str(row["buyer"]))
