"""The check of calls: a verdict for each way that service level and abandonment can go, and what may be the matter."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from xiaoer.metrics import CallCounts, CallInterval, CallSuspicion, CallVerdict, check_calls

LEVELS = (90, 80, 70, 60, 50, 40)


def interval(minute: int, *, in_time: int, abandoned: int, offered: int = 100, early: int = 0) -> CallInterval:
    answered = offered - abandoned
    counts = CallCounts(
        offered, answered, in_time, abandoned, abandoned_early=early, wait_micros=answered * 10**7, handled=answered
    )
    return CallInterval(date(2024, 9, 2), minute, counts)


def of(levels: tuple[int, ...], abandoned: tuple[int, ...], *, early: int = 0) -> list[CallInterval]:
    return [
        interval(30 * place, in_time=level, abandoned=gone, early=early)
        for place, (level, gone) in enumerate(zip(levels, abandoned, strict=True))
    ]


@pytest.mark.parametrize(
    ("abandoned", "verdict", "flagged"),
    [
        ((1, 2, 3, 4, 5, 6), CallVerdict.AS_EXPECTED, False),
        ((6, 5, 4, 3, 2, 1), CallVerdict.SAME_DIRECTION, True),
        ((3, 1, 4, 1, 5, 2), CallVerdict.UNRELATED, True),
        ((2, 2, 2, 2, 2, 2), CallVerdict.CONSTANT, None),
    ],
)
def test_verdicts(abandoned: tuple[int, ...], verdict: CallVerdict, flagged: bool | None) -> None:
    check = check_calls(of(LEVELS, abandoned), least=5)
    assert (check.verdict, check.flagged) == (verdict, flagged)


def test_four_intervals_tell_nothing() -> None:
    check = check_calls(of(LEVELS[:4], (1, 2, 3, 4)), least=5)
    assert (check.verdict, check.flagged) == (CallVerdict.TOO_FEW, None)
    assert check_calls(of(LEVELS[:5], (1, 2, 3, 4, 5)), least=5).verdict is CallVerdict.AS_EXPECTED


def test_small_intervals_are_left_out_and_counted() -> None:
    # With them, the two quiet intervals would turn the order round.
    quiet = [interval(600 + 30 * n, in_time=4, abandoned=0, offered=4) for n in range(8)]
    check = check_calls([*quiet, *of(LEVELS, (6, 5, 4, 3, 2, 1))], least=5)
    assert (len(check.used), check.left_out, check.verdict) == (6, 8, CallVerdict.SAME_DIRECTION)
    assert check_calls([*quiet, *of(LEVELS, (6, 5, 4, 3, 2, 1))], least=4).left_out == 0


def test_an_interval_without_a_call_is_never_used() -> None:
    empty = CallInterval(date(2024, 9, 2), 0, CallCounts())
    assert check_calls([empty], least=0).left_out == 1


def test_a_good_verdict_suspects_nothing() -> None:
    assert check_calls(of(LEVELS, (1, 2, 3, 4, 5, 6), early=1), least=5).suspicions == {}


def test_callers_who_hang_up_at_once() -> None:
    check = check_calls(of(LEVELS, (6, 5, 4, 3, 2, 2), early=2), least=5)
    assert check.suspicions == {CallSuspicion.EARLY_ABANDONS: Fraction(12, 22)}
    assert check_calls(of(LEVELS, (6, 5, 4, 3, 2, 2), early=1), least=5).suspicions == {}


def test_nobody_ever_gave_up() -> None:
    assert CallSuspicion.NO_ABANDONS in check_calls(of(LEVELS, (0,) * 6), least=5).suspicions


def test_calls_without_an_ending() -> None:
    given = of(LEVELS, (6, 5, 4, 3, 2, 1))
    lost = [replace(one, counts=replace(one.counts, answered=one.counts.answered - 5)) for one in given]
    assert check_calls(lost, least=5).suspicions == {CallSuspicion.NO_ENDING: Fraction(1, 20)}


def test_waits_that_are_all_nothing() -> None:
    given = of(LEVELS, (6, 5, 4, 3, 2, 1))
    at_once = [replace(one, counts=replace(one.counts, wait_micros=0)) for one in given]
    assert check_calls(at_once, least=5).suspicions == {CallSuspicion.NO_WAITS: Fraction(1)}


def test_a_level_that_hardly_changes() -> None:
    check = check_calls(of((95, 95, 95, 95, 95, 90), (1, 2, 1, 2, 1, 1)), least=5)
    assert check.suspicions == {CallSuspicion.SAME_LEVEL: Fraction(5, 6)}
    assert check_calls(of((95, 95, 95, 95, 90, 90), (1, 2, 1, 2, 1, 1)), least=5).suspicions == {}
