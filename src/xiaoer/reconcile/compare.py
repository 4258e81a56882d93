"""A report beside ours: cells made, causes sought, every figure judged, the rows that move listed."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from xiaoer.base.days import DAY
from xiaoer.base.settings import ShopSettings
from xiaoer.metrics.maturity import immature_on
from xiaoer.reconcile.asked import Asked
from xiaoer.reconcile.behind import rows_that_move
from xiaoer.reconcile.cause import Cause, Variant, variants_of
from xiaoer.reconcile.cell import Cell, cells_of
from xiaoer.reconcile.judge import Judged, Verdict, judged
from xiaoer.reconcile.moved import Moved
from xiaoer.reconcile.ours import Ours
from xiaoer.reconcile.people import People
from xiaoer.reconcile.reported import Reported
from xiaoer.reconcile.search import Answer, Search

MOST_LISTED = 200  # figures whose rows are listed


@dataclass(frozen=True)
class Here:
    """What is here to compare with: the tables and days there are data of, whether anything was corrected."""

    tables: frozenset[str]
    days: frozenset[date]
    coverage: date | None
    settings: tuple[ShopSettings, ...]
    policy: str
    corrected: bool


@dataclass(frozen=True)
class Comparison:
    """What came of it; `moved` lists rows by the place of their figure in `judged`, `unlisted` figures have none."""

    judged: tuple[Judged, ...]
    answer: Answer
    people: People
    moved: tuple[tuple[int, tuple[Moved, ...]], ...]
    unlisted: int
    tried: int


@dataclass
class Heard:
    """How many sets of causes were computed, told on as they are."""

    say: Callable[[int], None]
    number: int = field(default=0)

    def __call__(self, number: int) -> None:
        """Keep the number and pass it on."""
        self.number = number
        self.say(number)


def compare(
    asked: Asked, reported: Sequence[Reported], people: People, *, here: Here, causes: Collection[Cause],
    say: Callable[[int], None] = lambda number: None,
) -> Comparison:  # fmt: skip
    """Return every reported figure judged; `say` hears how many sets of causes were computed."""
    cells, barred = cells_of(reported, people, metrics=asked.metrics, tables=here.tables, days=here.days)
    ours = Ours(cells, asked)
    heard = Heard(say)
    answer = answer_of(cells, ours, here=here, causes=causes, tried=heard)
    found = judged(cells, barred, answer, amounts=ours.amounts, is_immature=lambda cell: _immature(cell, asked, here))
    explained = [place for place, one in enumerate(found) if one.verdict is Verdict.EXPLAINED]
    moved = tuple((place, _moved(found[place], asked, ours)) for place in explained[:MOST_LISTED])
    return Comparison(found, answer, people, moved, max(0, len(explained) - MOST_LISTED), heard.number)


def answer_of(
    cells: Sequence[Cell], ours: Ours, *, here: Here, causes: Collection[Cause], tried: Callable[[int], None]
) -> Answer:
    """Return which causes explain the cells that are not equal, of those that can touch any of them."""
    as_is = ours.amounts(())
    unequal = [cell for cell in cells if not cell.is_equal(amount.figure if (amount := as_is[cell.number]) else None)]
    period = ours.asked.request.period
    likely = [
        variant
        for variant in variants_of(causes, period)
        if is_other(variant, here, last=period.last) and any(ours.touches(variant, one) for one in unequal)
    ]
    return Search(cells, ours.amounts, tried).answer(likely)


def is_other(variant: Variant, here: Here, *, last: date) -> bool:
    """Return whether a cause is anything else than what is here."""
    change = variant.change
    if change.settings and not change.automatic_replies:
        days = (last, *sorted(here.days))
        return any(
            settings.on(day).values[name] != text
            for settings in here.settings
            for day in days
            for name, text in change.settings.items()
        )
    if change.policy is not None:
        return change.policy != here.policy
    if change.known_days is not None:
        return here.coverage is not None and last + int(change.known_days) * DAY < here.coverage
    return here.corrected if change.uncorrected else True


def _immature(cell: Cell, asked: Asked, here: Here) -> bool:
    metric = asked.metrics[cell.metric]
    days: Iterable[date] = (day for day in sorted(here.days) if cell.first <= day <= cell.last)
    return any(
        immature_on(metric, day, coverage=here.coverage, settings=asked.request.settings) is not None for day in days
    )


def _moved(one: Judged, asked: Asked, ours: Ours) -> tuple[Moved, ...]:
    assert one.cell is not None  # only cells are explained
    return rows_that_move(asked, one.cell, ours.effect(one.causes))
