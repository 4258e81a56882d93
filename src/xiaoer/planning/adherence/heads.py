"""How many people there were in each interval, on average over it."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from xiaoer.planning.adherence.adherence import Span, merged


def heads(people: Iterable[Iterable[Span]], starts: Sequence[int], *, micros: int) -> list[Fraction]:
    """Return the people of each interval: their time in it ÷ its length; `starts` ascending, each `micros` long."""
    total = [0] * len(starts)
    for spans in people:
        for span in merged(spans):
            for place in range(_first(starts, span.start - micros), len(starts)):
                if starts[place] >= span.end:
                    break
                inside = min(span.end, starts[place] + micros) - max(span.start, starts[place])
                total[place] += max(inside, 0)
    return [Fraction(one, micros) for one in total]


def _first(starts: Sequence[int], after: int) -> int:
    from bisect import bisect_right

    return bisect_right(starts, after)
