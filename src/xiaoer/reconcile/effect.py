"""What chosen causes change together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xiaoer.base.days import DAY
from xiaoer.facts.supposed import Supposition
from xiaoer.reconcile.cause import Buyers, PutTogether, Variant, Without

Formula = tuple[str, str, str]  # one metric, an operator, another metric


@dataclass(frozen=True)
class Effect:
    """The relations to compute over, which metric stands for which, and how figures are put together."""

    supposed: Supposition = field(default_factory=Supposition)
    instead: Mapping[str, str] = field(default_factory=dict)
    put_together: PutTogether | None = None
    buyers: Buyers | None = None
    left_out: tuple[tuple[Without, date], ...] = ()

    def formula(self, metric: str) -> Formula:
        """Return what stands for a metric: (name, "", "") or two names with "/" or "-" between them."""
        text = self.instead.get(metric, metric)
        for sign in ("/", "-"):
            left, found, right = text.partition(f" {sign} ")
            if found:
                return (left, sign, right)
        return (text, "", "")

    def holds(self, day: date) -> bool:
        """Return whether a day is in the figures."""
        for how, mark in self.left_out:
            if (
                (how is Without.DAY and day == mark)
                or (how is Without.AFTER and day > mark)
                or (how is Without.BEFORE and day < mark)
            ):
                return False
        return True


def effect_of(chosen: Sequence[Variant], *, last: date) -> Effect:
    """Return what these causes change together; `last` is the last day of all reports."""
    changes = [variant.change for variant in chosen]
    known = [int(change.known_days) for change in changes if change.known_days is not None]
    return Effect(
        supposed=Supposition(
            settings=tuple(sorted((name, text) for one in changes for name, text in one.settings.items())),
            policy=next((one.policy for one in changes if one.policy), None),
            known_until=last + min(known) * DAY if known else None,
            uncorrected=any(one.uncorrected for one in changes),
            automatic_replies=any(one.automatic_replies for one in changes),
        ),
        instead={metric: name for one in changes for metric, name in one.instead.items()},
        put_together=next((one.put_together for one in changes if one.put_together), None),
        buyers=next((one.buyers for one in changes if one.buyers), None),
        left_out=tuple((one.change.without, one.day) for one in chosen if one.change.without is not None),
    )
