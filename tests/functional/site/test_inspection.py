"""Inspection by people: what was found, conversations drawn and given, judged on a scorecard; the score follows."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.inspecting import AGENT, BUYER, DAY, ITEM, decide, given, review
from tests.functional.site.test_every_page import no_process
from xiaoer.actions.inspect_decisions import Decision, FindingId, Verdict
from xiaoer.actions.inspect_findings import scores_of
from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.inspect_read import read_shop
from xiaoer.base.errors import ReportableError
from xiaoer.site.inspection.decisions import decisions_of
from xiaoer.site.inspection.work import draw, read_conversations
from xiaoer.site.models import Account, AuditEntry, InspectionPlan, Job, Person, Review

MONTH = {"first": "2024-09-01", "last": "2024-09-30"}
PLAN = {"name": "抽检", "way": "all", "number": "", **MONTH, "readers": "1"}


@pytest.fixture(autouse=True)
def _no_process(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiaoer.site.jobs.start.Popen", no_process)


def drawn(client: Client, people: list[Person], **more: str) -> InspectionPlan:
    """Return the plan that comes of the form, with the work of its job done here."""
    asked = {**PLAN, "inspectors": [str(one.pk) for one in people], **more}
    answer = client.post(f"/s/{shop().pk}/inspection/plans/", asked)
    assert answer.status_code == 302, answer.context["form"].errors
    job = Job.objects.get(kind="draw")
    draw(settings.SITE.home, "zh", lambda stage, done, total: None, job)
    return InspectionPlan.objects.latest("id")


def page(client: Client, path: str) -> str:
    """Return a page of the shop's inspection."""
    answer = client.get(f"/s/{shop().pk}/inspection/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_first_page_says_what_the_engine_counts(site: Path) -> None:
    answer = browser(person("lin", "lead")).get(f"/s/{shop().pk}/inspection/?month=2024-09&now=1")
    ask = InspectAsk("2024-09-01", "2024-09-30", "晨光店")
    rows = {row.key[0]: row for row in scores_of(site, ask)}
    shown = {one.agent.agent: one for one in answer.context["agents"]}
    assert set(shown) == set(rows)
    for agent, row in rows.items():
        assert shown[agent].machine == f"{row.machine.value:.2f}" == shown[agent].decided
        assert shown[agent].agent.conversations == row.machine.of
    assert answer.context["whole"].machine == f"{scores_of(site, ask, by=())[0].machine.value:.2f}"


def test_what_is_not_counted_yet_is_counted_beside_the_page_and_then_shown(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, known = browser(person("lin", "lead")), [False]
    monkeypatch.setattr("xiaoer.site.inspection.home.is_kept", lambda *question: known[0])
    address = f"/s/{shop().pk}/inspection/?month=2024-09"
    assert "个有问题" not in page(client, "?month=2024-09")
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    known[0] = True
    assert "个有问题" in page(client, "?month=2024-09")


def test_decisions_move_the_decided_score_and_leave_the_machines(site: Path) -> None:
    inspector = person("ina", "inspector")
    decide(review(inspector), "refused", reason="context")
    answer = browser(person("lin", "lead")).get(f"/s/{shop().pk}/inspection/?month=2024-09&now=1")
    ask = InspectAsk("2024-09-01", "2024-09-30", "晨光店")
    refused = {FindingId("晨光店", str(DAY), AGENT, BUYER, ITEM): Decision(Verdict.REFUSED)}
    rows = {row.key[0]: row for row in scores_of(site, ask, decisions=refused)}
    (own,) = [one for one in answer.context["agents"] if one.agent.agent == AGENT]
    assert own.decided == f"{rows[AGENT].decided.value:.2f}" != own.machine
    assert answer.context["whole"].decided == f"{scores_of(site, ask, by=(), decisions=refused)[0].decided.value:.2f}"


def test_days_that_are_not_read_are_read_beside_other_work_and_stopped_at_will(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xiaoer.site.inspection.home.AT_ONCE", -1)
    client = browser(person("lin", "lead"))
    assert "现在开始读" in page(client, "?month=2024-09")
    answer = client.post(f"/s/{shop().pk}/inspection/read/", {"period": "2024-09"})
    job = Job.objects.get(kind="inspect")
    assert answer["Location"].endswith(f"/inspection/reading/{job.pk}/")
    again = client.post(f"/s/{shop().pk}/inspection/read/", {"period": "2024-09"})
    assert again["Location"] == answer["Location"], "one reading at a time"
    assert "看进度" in page(client, "?month=2024-09")
    told: list[tuple[str, int, int]] = []
    read_conversations(settings.SITE.home, "zh", lambda *one: told.append(one), job)
    assert told[0][0] == "inspecting"
    client.post(f"{answer['Location']}stop/")
    assert Job.objects.get().state == "stopped"
    assert "不用再读" in client.get(answer["Location"]).content.decode()


def test_a_stop_keeps_the_days_that_were_read(site: Path) -> None:
    class StopError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise StopError

    ask = InspectAsk("2024-09-01", "2024-09-30", "远山店")
    try:
        read_shop(site, ask, stop)
    except StopError:
        read_shop(site, ask, lambda done, total: None)
    told: list[int] = []
    read_shop(site, ask, lambda done, total: told.append(done))
    assert told == [], "nothing is left"


def test_a_plan_shares_conversations_out_and_gives_nobody_their_own(site: Path) -> None:
    lead = person("lin", "lead")
    people = [person("ina", "inspector"), person("ivy", "inspector")]
    Account.objects.create(person=people[0], shop=shop(), account=AGENT, first_day=date(2024, 9, 1))
    plan = drawn(browser(lead), people)
    reviews = list(Review.objects.filter(plan=plan))
    assert len(reviews) == plan.conversations > 2
    assert not [one for one in reviews if one.inspector == people[0] and one.agent == AGENT]
    assert AuditEntry.objects.filter(act="plan_made", details__reviews=len(reviews)).count() == 1
    again = Job.objects.create(kind="draw", started_by=lead, shop=shop(), asked=Job.objects.get(kind="draw").asked)
    with pytest.raises(ReportableError):
        draw(settings.SITE.home, "zh", lambda stage, done, total: None, again)
    assert InspectionPlan.objects.count() == 1, "what is being judged is not drawn again"
    browser(lead).post(f"/s/{shop().pk}/inspection/plans/{plan.pk}/end/")
    assert "没有等你评的会话" in page(browser(people[1]), "queue/")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"number": "5", "way": "share", "inspectors": []}, "inspectors"), ({"way": "count"}, "number"),
     ({"way": "share", "number": "101"}, "number"), ({"first": "2024-10-01"}, "last"), ({"readers": "2"}, "inspectors"),
     ({"first": "1900-01-01"}, "last"), ({"way": "whatever"}, "way"), ({"inspectors": ["999"]}, "inspectors")],
)  # fmt: skip
def test_a_plan_that_can_not_be_is_said_at_its_field(site: Path, wrong: dict[str, object], field: str) -> None:
    ina = person("ina", "inspector")
    asked = {**PLAN, "inspectors": [str(ina.pk)], **wrong}
    answer = browser(person("lin", "lead")).post(f"/s/{shop().pk}/inspection/plans/", asked)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Job.objects.count() == 0


def test_a_scorecard_is_judged_and_the_score_follows_at_once(site: Path) -> None:
    ina = person("ina", "inspector")
    client, found = browser(ina), given(shop(), ina)
    address = f"/s/{shop().pk}/inspection/review/{found.pk}/"
    shown = client.get(address)
    assert BUYER not in shown.content.decode()
    assert AuditEntry.objects.filter(act="chat_read", about=f"review {found.pk}").count() == 1
    machine = shown.context["card"].machine
    points = {one.item: one.points for one in shown.context["card"].found}
    no_reason = client.post(f"{address}judge/", {"item": ITEM, "verdict": "refused"})
    assert (no_reason.status_code, found.decisions.count()) == (422, 0)
    part = client.post(f"{address}judge/", {"item": ITEM, "verdict": "refused", "reason": "context"},
                       headers={"HX-Request": "true"})  # fmt: skip
    assert "<html" not in part.content.decode()
    assert (part.context["card"].machine, part.context["card"].score) == (machine, machine - points[ITEM])
    assert "在这里是别的意思" in part.content.decode()
    client.post(f"{address}judge/", {"item": "tone_overall", "verdict": "fault", "cause": "mood"})
    client.post(f"{address}judge/", {"item": "solution_fits", "verdict": "fine", "cause": "mood"})
    client.post(f"{address}judge/", {"item": "swearing", "verdict": "fault"})
    client.post(f"{address}judge/", {"item": "swearing", "verdict": "fine"})
    assert decisions_of(shop()) == {}, "nothing holds before the review is done"
    done = client.post(f"{address}done/", {"comment": "语气再软一点"})
    assert done["Location"] == f"/s/{shop().pk}/inspection/queue/"
    found.refresh_from_db()
    assert (found.machine_score, found.score) == (machine, machine - points[ITEM] - 10)
    assert (found.comment, found.version != "") == ("语气再软一点", True)
    held = {id_.item: one.verdict for id_, one in decisions_of(shop()).items()}
    assert held == {ITEM: "refused", "tone_overall": "added", "solution_fits": "refused", "swearing": "refused"}
    causes = {one.item: one.cause for one in found.decisions.all() if one.cause}
    assert causes == {"tone_overall": "mood"}
    assert client.post(f"{address}judge/", {"item": ITEM, "verdict": "accepted"}).status_code == 422
    assert client.post(f"{address}done/", {"comment": ""}).status_code == 422
    assert BUYER not in str(list(AuditEntry.objects.values_list("details", "about")))


@pytest.mark.parametrize("item", ["", "no_such_item", "'; DROP TABLE", "\0"])
def test_what_is_no_item_is_said_plainly(site: Path, item: str) -> None:
    ina = person("ina", "inspector")
    address = f"/s/{shop().pk}/inspection/review/{given(shop(), ina).pk}/judge/"
    assert browser(ina).post(address, {"item": item, "verdict": "accepted"}).status_code == 422


def test_a_review_is_for_whom_it_was_given_to(site: Path) -> None:
    found = given(shop(), person("ina", "inspector"))
    other = browser(person("ivy", "inspector"))
    address = f"/s/{shop().pk}/inspection/review/{found.pk}/"
    assert other.get(address).status_code == 422
    assert other.post(f"{address}judge/", {"item": ITEM, "verdict": "accepted"}).status_code == 422
    assert other.post(f"{address}done/", {}).status_code == 422
    assert found.decisions.count() == 0


def test_from_a_finding_to_its_words_and_to_a_review_of_ones_own(site: Path) -> None:
    ina = person("ina", "inspector")
    client = browser(ina)
    listed = page(client, f"findings/?month=2024-09&item={ITEM}&agent={AGENT}")
    assert BUYER not in listed
    links = [unescape(one) for one in re.findall(r'href="(/s/\d+/inspection/conversation/\?[^"]+)"', listed)]
    assert links
    shown = client.get(links[-1])
    assert BUYER not in shown.content.decode() + links[-1]
    begun = client.post(links[-1].replace("conversation/?", "conversation/judge/?"))
    assert begun["Location"] == client.post(links[-1].replace("conversation/?", "conversation/judge/?"))["Location"]
    own = Review.objects.get(inspector=ina)
    assert begun["Location"].endswith(f"/review/{own.pk}/")
    assert (own.plan, own.counts) == (None, True)


def test_analysts_see_counts_but_no_conversation(site: Path) -> None:
    client = browser(person("ana", "analyst"))
    listed = page(client, "findings/?month=2024-09")
    assert "inspection/conversation" not in listed
    assert "待评" not in listed


def test_every_page_without_anything_says_what_to_do(site: Path) -> None:
    client = browser(person("olga", "owner"))
    assert "定一个计划" in page(client, "queue/")
    assert "还没有计划" in page(client, "plans/")
    assert "没有等着答复的申诉" in page(client, "appeals/")
    assert "定一个计划" in page(client, "agreement/")
    assert "还没有人评过" in page(client, "items/")
    assert "没有未完成的记录" in page(client, "coaching/")
    assert "还没有任何判定" in page(client, "decisions/")
    assert "没有会话" in page(client, "?period=days&from=2024-01-01&to=2024-01-02")
    assert "没有找到问题" in page(client, "findings/?period=days&from=2024-01-01&to=2024-01-02")
