"""Points add up to a conversation's score; what is fatal makes it 0; people's decisions change what counts."""

from decimal import Decimal

from xiaoer.inspection.score import Decision, FindingId, Judged, Verdict, conversation_score, score_of, with_decision


def judged(points: str, *, buyer: str = "甲", fatal: bool = False, standard: str = "language") -> Judged:
    return Judged(FindingId("店", "2026-03-02", "店:小禾", buyer, f"item{points}"), standard, Decimal(points), fatal)


def test_points_are_taken_and_given_within_0_and_100() -> None:
    assert conversation_score([]) == 100
    assert conversation_score([judged("-3"), judged("-10")]) == 87
    assert conversation_score([judged("-3"), judged("5")]) == 100
    assert conversation_score([judged("-60"), judged("-60")]) == 0


def test_something_fatal_is_0_whatever_else_is_there() -> None:
    assert conversation_score([judged("5"), judged("-1", fatal=True)]) == 0


def test_a_mean_is_of_all_conversations_and_says_how_many_were_fatal() -> None:
    score = score_of(3, [judged("-10"), judged("-0", buyer="乙", fatal=True)])
    assert (score.total, score.of, score.fatal, score.findings) == (Decimal(190), 3, 1, 2)
    assert score.value == Decimal("63.33")
    assert score_of(0, []).value is None


def test_points_are_kept_by_standard() -> None:
    score = score_of(1, [judged("-3"), judged("-10", standard="rules"), judged("-2")])
    assert score.points == {"language": Decimal(-5), "rules": Decimal(-10)}


def test_decisions_refuse_restate_and_accept() -> None:
    one = judged("-10", fatal=True)
    assert with_decision(one, None) is one
    assert with_decision(one, Decision(Verdict.REFUSED)) is None
    accepted = with_decision(one, Decision(Verdict.ACCEPTED))
    assert accepted is not None and accepted.decided and (accepted.points, accepted.fatal) == (Decimal(-10), True)
    restated = with_decision(one, Decision(Verdict.RESTATED, Decimal(-4), fatal=False))
    assert restated is not None and (restated.points, restated.fatal) == (Decimal(-4), False)
