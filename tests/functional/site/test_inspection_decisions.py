"""Which decision holds: of reviews that are done and count, and over them what was decided on an appeal."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.functional.site.cast import person, shop
from tests.functional.site.inspecting import AGENT, BUYER, DAY, ITEM, decide, review
from xiaoer.actions.decision_file import read_decisions
from xiaoer.actions.inspect_decisions import Decision, FindingId, Verdict, decision_table
from xiaoer.site.inspection.decisions import decisions_of, open_appeals
from xiaoer.site.models import Appeal, FindingDecision

FINDING = FindingId("晨光店", "2024-09-02", AGENT, BUYER, ITEM)


def test_a_decision_holds_once_its_review_is_done_and_only_where_it_counts(site: Path) -> None:
    judge = person("ina", "inspector")
    open_one, beside = review(judge, done=False), review(judge, counts=False)
    decide(open_one, "refused")
    decide(beside, "refused")
    assert decisions_of(shop()) == {}
    done = review(judge)
    decide(done, "accepted")
    decide(done, "refused", reason="context")
    assert decisions_of(shop()) == {FINDING: Decision(Verdict.REFUSED)}
    assert decisions_of(shop(), day=date(2024, 9, 3)) == {}
    assert decisions_of(shop("远山店")) == {}


def test_an_appeal_holds_over_every_review_and_is_counted_while_it_is_open(site: Path) -> None:
    judge, amy = person("ina", "inspector"), person("amy", "agent")
    decide(review(judge), "accepted")
    appeal = Appeal.objects.create(
        shop=shop(), day=DAY, agent=AGENT, buyer=BUYER, item=ITEM, raised_by=amy, expected="nothing", reason="x",
        answer_by=date(2024, 9, 5),
    )  # fmt: skip
    assert open_appeals(shop(), date(2024, 9, 1), date(2024, 9, 30)) == 1
    assert open_appeals(shop(), date(2024, 9, 3), date(2024, 9, 30)) == 0
    Appeal.objects.update(state="upheld")
    FindingDecision.objects.create(
        shop=shop(), day=DAY, agent=AGENT, buyer=BUYER, item=ITEM, verdict="restated", points="-1", by=judge,
        appeal=appeal,
    )  # fmt: skip
    decide(review(judge), "accepted")
    (held,) = decisions_of(shop()).values()
    assert held == Decision(Verdict.RESTATED, Decimal(-1))
    assert open_appeals(shop(), date(2024, 9, 1), date(2024, 9, 30)) == 0


def test_the_table_of_decisions_is_read_back_as_it_was_and_holds_no_formula(tmp_path: Path) -> None:
    odd = ["=老周", "'quoted", "12345678901234567890", "+1", 'a,b"c']
    made = {FindingId("店", "2024-09-02", "店:小艾", buyer, ITEM): Decision(Verdict.REFUSED) for buyer in odd}
    made[FindingId("店", "2024-09-02", "店:小艾", "甲", "tone_overall")] = Decision(Verdict.ADDED)
    text = decision_table(made)
    (tmp_path / "decisions.csv").write_text(text, encoding="utf-8", newline="")
    assert read_decisions(tmp_path / "decisions.csv") == made
    assert ",=" not in text
    assert ",+" not in text
