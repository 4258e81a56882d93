"""How shifts were kept, held against counting minute by minute."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from xiaoer.planning.adherence import Kept, Span, heads, kept_by_shift

HOUR = 60
DAY = Span(0, 24 * HOUR)


def minutes(spans: list[Span]) -> set[int]:
    return {minute for span in spans for minute in range(span.start, span.end)}


def by_minutes(planned: list[Span], online: list[Span]) -> Kept:
    """Return the same by looking at each minute of the day."""
    work, there = minutes(planned), minutes(online)
    inside = sorted(work & there)
    overtime = len({minute for minute in there if 0 <= minute < DAY.end} - work)
    if not inside:
        return Kept(len(work), 0, 0, 0, len(work), overtime, missing=bool(work))
    late, early = sum(one < inside[0] for one in work), sum(one > inside[-1] for one in work)
    between = len(work) - len(inside) - late - early
    return Kept(len(work), len(inside), late, early, between, overtime, missing=False)


def test_late_early_gone_and_overtime_each_in_its_place() -> None:
    planned = [Span(9 * HOUR, 12 * HOUR), Span(13 * HOUR, 18 * HOUR)]
    online = [Span(9 * HOUR + 10, 11 * HOUR), Span(11 * HOUR + 30, 17 * HOUR + 40), Span(20 * HOUR, 21 * HOUR)]
    kept = kept_by_shift(planned, online, day=DAY)
    assert (kept.planned, kept.late, kept.between, kept.early, kept.overtime) == (480, 10, 30, 20, 120)
    assert kept.adherence == Fraction(420, 480) and kept.conformance == Fraction(540, 480)
    assert not kept.missing


def test_who_never_came_is_missing_and_nothing_planned_has_no_share() -> None:
    missing = kept_by_shift([Span(540, 600)], [Span(700, 760)], day=DAY)
    assert (missing.missing, missing.present, missing.between, missing.overtime) == (True, 0, 60, 60)
    nothing = kept_by_shift([], [Span(700, 760)], day=DAY)
    assert (nothing.adherence, nothing.conformance, nothing.missing) == (None, None, False)


spans = st.lists(
    st.tuples(st.integers(0, 1400), st.integers(1, 300)).map(lambda one: Span(one[0], min(one[0] + one[1], 1440))),
    max_size=6,
)


@given(spans, spans)
def test_it_is_what_counting_minutes_gives(planned: list[Span], online: list[Span]) -> None:
    kept = kept_by_shift(planned, online, day=DAY)
    assert kept == by_minutes(planned, online)
    assert kept.planned == kept.present + kept.late + kept.early + kept.between


@given(st.lists(spans, max_size=4))
def test_people_of_an_interval_are_their_minutes_by_its_length(people: list[list[Span]]) -> None:
    starts = list(range(0, 1440, 30))
    expected = [
        Fraction(sum(len(minutes(one) & set(range(start, start + 30))) for one in people), 30) for start in starts
    ]
    assert heads(people, starts, micros=30) == expected
