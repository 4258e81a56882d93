"""What agents do with what was found: see it, acknowledge it, appeal it; another person decides; both scores stay."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from tests.functional.site.cast import amy, browser, person, shop
from tests.functional.site.inspecting import AGENT, BUYER, DAY, ITEM, decide, review
from xiaoer.actions.inspect_decisions import Verdict
from xiaoer.actions.inspect_scorecard import appeal_days
from xiaoer.actions.settings import set_setting
from xiaoer.site.inspection.decisions import decisions_of, open_appeals
from xiaoer.site.inspection.talk import asked_of
from xiaoer.site.models import Appeal, AuditEntry, CoachingNote, FindingDecision, Review

REASON = "顾客是老客户，前一天刚打过招呼"


def question(item: str = ITEM, *, buyer: str = BUYER) -> str:
    """Return the question of an address about a finding of the conversation."""
    return urlencode({**asked_of(shop(), DAY, AGENT, buyer), "item": item})


def appealed(client: Client, item: str = ITEM, *, expected: str = "nothing") -> int:
    """Return the status of an appeal sent."""
    address = f"/s/{shop().pk}/own/inspection/appeal/?{question(item)}"
    return client.post(address, {"expected": expected, "reason": REASON}).status_code


def answered(client: Client, found: Appeal, **asked: str) -> int:
    """Return the status of a decision sent."""
    return client.post(f"/s/{shop().pk}/inspection/appeals/{found.pk}/", {"words": "看过了", **asked}).status_code


def judged(login: str = "ina", verdict: str = "accepted") -> Review:
    """Return a review by an inspector that is done."""
    found = review(person(login, "inspector"))
    decide(found, verdict)
    return found


def test_an_appeal_upheld_restates_the_score_and_both_are_kept(site: Path) -> None:
    agent, lead = browser(amy()), browser(person("lin", "lead"))
    found = judged()
    assert appealed(agent) == 302
    raised = Appeal.objects.get()
    assert (raised.review, raised.state, open_appeals(shop(), DAY, DAY)) == (found, "open", 1)
    inbox = lead.get(f"/s/{shop().pk}/inspection/appeals/").content.decode()
    assert "1 个申诉等着答复" in inbox
    shown = lead.get(f"/s/{shop().pk}/inspection/appeals/{raised.pk}/")
    assert REASON in shown.content.decode()
    assert BUYER not in shown.content.decode()
    points = next(one.points for one in shown.context["card"].found if one.item == ITEM)
    before = shown.context["card"].score
    assert answered(lead, raised, decision="nothing") == 302
    raised.refresh_from_db()
    assert (raised.state, raised.score_before, raised.score_after) == ("upheld", before, before - points)
    (held,) = decisions_of(shop()).values()
    assert held.verdict is Verdict.REFUSED
    own = agent.get(f"/s/{shop().pk}/own/inspection/?month=2024-09").content.decode()
    assert "申诉成立，已改判" in own
    assert "看过了" in own
    assert open_appeals(shop(), DAY, DAY) == 0
    assert appealed(agent) == 422, "it is decided"
    assert answered(lead, raised, decision="refused") == 422
    assert AuditEntry.objects.filter(act__in=("appealed", "appeal_decided")).count() == 2


def test_an_appeal_upheld_in_part_counts_for_fewer_points(site: Path) -> None:
    lead = browser(person("lin", "lead"))
    judged()
    appealed(browser(amy()), expected="less")
    raised = Appeal.objects.get()
    assert answered(lead, raised, decision="less") == 422, "for how many?"
    assert answered(lead, raised, decision="less", points="-50") == 422, "more than it takes now"
    assert answered(lead, raised, decision="less", points="3") == 422
    assert answered(lead, raised, decision="less", points="-1") == 302
    (held,) = decisions_of(shop()).values()
    assert (held.verdict, held.points) == (Verdict.RESTATED, Decimal(-1))


def test_an_appeal_refused_leaves_the_score_and_says_why(site: Path) -> None:
    agent, lead = browser(amy()), browser(person("lin", "lead"))
    judged()
    appealed(agent)
    raised = Appeal.objects.get()
    assert answered(lead, raised, decision="refused", words="") == 422, "why must be said"
    assert answered(lead, raised, decision="refused") == 302
    raised.refresh_from_db()
    assert raised.score_before == raised.score_after
    assert decisions_of(shop())[next(iter(decisions_of(shop())))].verdict is Verdict.ACCEPTED
    assert "申诉被驳回" in agent.get(f"/s/{shop().pk}/own/inspection/?month=2024-09").content.decode()


def test_whoever_judged_the_conversation_or_had_it_does_not_decide(site: Path) -> None:
    agent, lead = amy(), person("lin", "lead")
    found = review(lead)
    decide(found, "accepted")
    appealed(browser(agent))
    raised = Appeal.objects.get()
    assert answered(browser(lead), raised, decision="refused") == 422
    assert "要由别人来裁定" in browser(lead).get(f"/s/{shop().pk}/inspection/appeals/{raised.pk}/").content.decode()
    assert FindingDecision.objects.filter(appeal=raised).count() == 0
    assert answered(browser(person("olga", "owner")), raised, decision="refused") == 302


def test_a_judgement_can_be_appealed_for_its_days_a_machines_finding_always(site: Path) -> None:
    agent = browser(amy())
    found = judged()
    days = appeal_days(site, "晨光店", date(2024, 9, 2))
    assert (days.to_raise, days.to_answer) == (7, 3)
    Review.objects.filter(pk=found.pk).update(done_at=timezone.now() - timedelta(days=8))
    assert appealed(agent) == 422
    assert "申诉期已过" in agent.post(
        f"/s/{shop().pk}/own/inspection/appeal/?{question()}", {"expected": "nothing", "reason": "x"}
    ).content.decode()  # fmt: skip
    assert appealed(agent, "slow_without_apology") == 302, "nobody judged this one"
    Review.objects.filter(pk=found.pk).update(done_at=timezone.now() - timedelta(days=6))
    assert appealed(agent) == 302
    assert appealed(agent) == 422, "once"


def test_the_days_are_a_setting(site: Path) -> None:
    try:
        set_setting(site, "appeal_answer_days", "10", shop="晨光店", first="2026-01-01")
        appealed(browser(amy()))
        assert Appeal.objects.get().answer_by >= timezone.now().date() + timedelta(days=9)
    finally:
        set_setting(site, "appeal_answer_days", "3", shop="晨光店", first="2026-01-01")


def test_an_appeal_overdue_is_marked_and_one_withdrawn_can_be_raised_again(site: Path) -> None:
    agent = browser(amy())
    appealed(agent)
    raised = Appeal.objects.get()
    Appeal.objects.update(answer_by=date(2024, 9, 5))
    assert "逾期" in browser(person("lin", "lead")).get(f"/s/{shop().pk}/inspection/appeals/").content.decode()
    other = browser(person("bob", "agent"))
    assert other.post(f"/s/{shop().pk}/own/inspection/appeal/{raised.pk}/withdraw/").status_code == 422
    agent.post(f"/s/{shop().pk}/own/inspection/appeal/{raised.pk}/withdraw/")
    raised.refresh_from_db()
    assert raised.state == "withdrawn"
    assert appealed(agent) == 302


@pytest.mark.parametrize("item", ["swearing", "tone_overall", "", "no_such_item"])
def test_what_takes_no_points_can_not_be_appealed(site: Path, item: str) -> None:
    assert appealed(browser(amy()), item) == 422
    assert Appeal.objects.count() == 0


def test_what_a_person_refused_can_not_be_appealed_and_what_they_added_can(site: Path) -> None:
    found = judged(verdict="refused")
    decide(found, "added", "tone_overall")
    agent = browser(amy())
    assert appealed(agent) == 422
    assert appealed(agent, "tone_overall") == 302
    raised = Appeal.objects.get()
    assert answered(browser(person("lin", "lead")), raised, decision="less", points="-4") == 302
    held = {id_.item: one for id_, one in decisions_of(shop()).items()}
    assert (held["tone_overall"].verdict, held["tone_overall"].points) == (Verdict.ADDED, Decimal(-4))


def test_only_days_on_which_the_account_was_ones_own(site: Path) -> None:
    outsider = person("bob", "agent")
    outsider.accounts.create(shop=shop(), account=AGENT, first_day=date(2024, 9, 16))
    client = browser(outsider)
    assert appealed(client) == 422
    assert client.get(f"/s/{shop().pk}/own/inspection/conversation/?{question()}").status_code == 422
    found = judged()
    assert client.post(f"/s/{shop().pk}/own/inspection/seen/{found.pk}/").status_code == 422
    shown = client.get(f"/s/{shop().pk}/own/inspection/?month=2024-09").content.decode()
    assert f"seen/{found.pk}/" not in shown
    assert AuditEntry.objects.filter(act__in=("chat_read", "appealed", "feedback_acknowledged")).count() == 0


def test_ones_own_page_shows_judgements_coaching_and_findings_and_names_no_colleague(site: Path) -> None:
    found = judged()
    Review.objects.update(comment="先问好，再答", score=Decimal(90), machine_score=Decimal(85))
    lead = person("lin", "lead", name="林主管")
    CoachingNote.objects.create(shop=shop(), agent=AGENT, words="开头先问好", by=lead)
    CoachingNote.objects.create(shop=shop(), agent=AGENT, words="只给主管看", by=lead, shown=False)
    CoachingNote.objects.create(shop=shop(), agent="晨光店:小林", words="给小林", by=lead)
    client = browser(amy())
    shown = client.get(f"/s/{shop().pk}/own/inspection/?month=2024-09").content.decode()
    assert "1 个评分你还没看" in shown
    assert "先问好，再答" in shown
    assert "开头先问好" in shown
    for hidden in ("只给主管看", "给小林", BUYER, "小林"):
        assert hidden not in shown
    for _ in range(2):
        client.post(f"/s/{shop().pk}/own/inspection/seen/{found.pk}/")
    assert AuditEntry.objects.filter(act="feedback_acknowledged").count() == 1
    assert "你已看过" in client.get(f"/s/{shop().pk}/own/inspection/?month=2024-09").content.decode()
    (link, *_others) = [
        unescape(one) for one in re.findall(r'href="(/s/\d+/own/inspection/conversation/\?[^"]+)"', shown)
    ]
    talk = client.get(link)
    assert BUYER not in talk.content.decode()
    assert "小林" not in talk.content.decode()
    assert AuditEntry.objects.filter(act="chat_read").count() == 1


def test_an_agent_without_an_account_is_told_whom_to_ask(site: Path) -> None:
    shown = browser(person("bob", "agent")).get(f"/s/{shop().pk}/own/inspection/?month=2024-09").content.decode()
    assert "主管" in shown
