"""A month of pay on the site: computed, reviewed, closed by another; signed, appealed, put right; incidents by two."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.inspecting import decide, review
from tests.functional.site.pay_shop import AI, LIN, SEPTEMBER, pay_home
from xiaoer.actions.appraise_close import CloseAsk, close
from xiaoer.actions.appraise_kept import months_of
from xiaoer.actions.appraise_kept_month import open_month
from xiaoer.actions.appraise_review import submit
from xiaoer.actions.appraise_run import AppraiseAsk, run
from xiaoer.actions.appraise_tree import line_amounts
from xiaoer.site.appraisal.said import given_of
from xiaoer.site.appraisal.work import appraise
from xiaoer.site.models import Account, AuditEntry, Job, PayAppeal, PayIncident, PaySignature, Person

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the walk is on both kinds
DESPITE = {"despite": ["coverage", "nobody"], "reason": "只有这几天营业"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the shop's folder as it is at first, with September under review, and with September closed."""
    folder = tmp_path_factory.mktemp("pay")
    home, table = pay_home(folder), folder / "scores.csv"
    stages = {"open": home, "review": folder / "review", "closed": folder / "closed"}
    shutil.copytree(home, stages["review"])
    table.write_text(SEPTEMBER.replace("\t", ","), encoding="utf-8")
    run(stages["review"], AppraiseAsk("2024-09", values=(table,), author="林主管 (lin)"), "zh")
    submit(stages["review"], "2024-09", None, author="林主管 (lin)")
    shutil.copytree(stages["review"], stages["closed"])
    despite = CloseAsk("2024-09", None, "周店主 (olga)", ("coverage", "nobody"), "只有这几天营业")
    close(stages["closed"], despite, "zh")
    return stages


@pytest.fixture
def stage() -> str:
    """Return how far September is: open, under review, or closed."""
    return "review"


@pytest.fixture
def pay(made: dict[str, Path], stage: str, tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder of the test's own, which the site looks at."""
    from django.conf import settings

    home = Path(shutil.copytree(made[stage], tmp_path / "home"))
    monkeypatch.setattr(settings, "SITE", type(settings.SITE)(home, "zh"))
    return home


@pytest.fixture
def people(pay: Path) -> dict[str, Person]:
    """Return the owner, two leads, and 小林 with the account of that name."""
    found = {
        "olga": person("olga", "owner", name="周店主"), "lin": person("lin", "lead", name="林主管"),
        "amy": person("amy", "agent", name="小林"), "ina": person("ina", "inspector", name="质检"),
    }  # fmt: skip
    Account.objects.create(person=found["amy"], shop=shop(), account=LIN, first_day=date(2024, 9, 1))
    return found


def at(path: str, month: str = "2024-09") -> str:
    return f"/s/{shop().pk}/{path}?month={month}"


def computed(home: Path, by: Person, month: str = "2024-09") -> None:
    """Do the work of a job in this process."""
    job = Job.objects.create(kind="appraise", started_by=by, shop=shop(), asked={"month": month})
    appraise(home, "zh", lambda *_: None, job)
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)


def with_values(people: dict[str, Person], month: str = "2024-09") -> None:
    """Give the values of a month, as computing it again needs them."""
    assert browser(people["lin"]).post(at("appraisal/values/", month), {"text": SEPTEMBER}).status_code == 302


def lines(home: Path, agent: str, month: str = "2024-09") -> dict[str, Decimal]:
    return dict(line_amounts(open_month(home, month, "晨光店", "zh").result_of(agent)))


def own_form(client: Client, **more: Any) -> dict[str, Any]:  # noqa: ANN401 -- fields of a form
    """Return what the forms of one's own page send along."""
    html = client.get(at("own/pay/")).content.decode()
    document = html.split('name="document" value="')[1].split('"')[0]
    return {"month": "2024-09", "agent": LIN, "document": document, **more}


@pytest.mark.parametrize("stage", ["open"])
def test_a_month_is_computed_submitted_and_closed_by_another_person(pay: Path, people: dict[str, Person]) -> None:
    lead, owner = browser(people["lin"]), browser(people["olga"])
    assert "还没有算过" in lead.get(at("appraisal/")).content.decode()
    with_values(people)
    computed(pay, people["lin"])
    assert lead.post(f"/s/{shop().pk}/appraisal/submit/", {"month": "2024-09"}).status_code == 302
    shown = lead.get(at("appraisal/")).content.decode()
    assert "2024-09 考核：2 人，合计 ¥6,267.01" in shown
    same = lead.post(f"/s/{shop().pk}/appraisal/close/", {"month": "2024-09", **DESPITE})
    assert same.status_code == 422
    assert "不能自己关账" in same.content.decode()
    whole = owner.post(f"/s/{shop().pk}/appraisal/close/", {"month": "2024-09"})
    assert whole.status_code == 422
    assert "没有数据" in whole.content.decode()
    assert "--despite" not in whole.content.decode()
    assert owner.post(f"/s/{shop().pk}/appraisal/close/", {"month": "2024-09", **DESPITE}).status_code == 302
    entry = months_of(pay, "晨光店").entries["2024-09"]
    assert (entry.what, entry.author, entry.despite) == ("closed", "周店主 (olga)", ("coverage", "nobody"))
    acts = list(AuditEntry.objects.filter(act__startswith="month_").order_by("id").values_list("act", flat=True))
    assert acts == ["month_submitted", "month_closed"]
    again = owner.post(f"/s/{shop().pk}/appraisal/run/", {"month": "2024-09"})
    assert again.status_code == 422
    assert "已经关账" in again.content.decode()


def test_a_month_is_sent_back_with_a_reason(pay: Path, people: dict[str, Person]) -> None:
    owner = browser(people["olga"])
    assert owner.post(f"/s/{shop().pk}/appraisal/back/", {"month": "2024-09"}).status_code == 422
    assert owner.post(f"/s/{shop().pk}/appraisal/back/", {"month": "2024-09", "reason": "少一项"}).status_code == 302
    assert "周店主 (olga)退回：少一项" in browser(people["lin"]).get(at("appraisal/")).content.decode()
    assert "这个月还没有出来" in browser(people["amy"]).get(at("own/pay/")).content.decode()


@pytest.mark.parametrize("stage", ["open"])
def test_values_that_can_not_be_used_are_all_said_and_nothing_is_kept(pay: Path, people: dict[str, Person]) -> None:
    lead = browser(people["lin"])
    answer = lead.post(at("appraisal/values/"), {"text": "客服\t表现\n小爱\t90\n小艾\t101\n小林\t很好"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert html.count("invalid-feedback") == 3
    assert lead.post(at("appraisal/values/"), {"text": "客" * 150_000}).status_code == 422
    assert "第 2 行" in html
    assert "第 4 行" in html
    assert "客服\t表现\n小周\t\n小林\t\n小艾\t" in lead.get(at("appraisal/values/", "2024-10")).content.decode()


def test_statements_show_where_each_line_comes_from(pay: Path, people: dict[str, Person]) -> None:
    html = browser(people["lin"]).get(at("appraisal/statement/") + f"&agent={LIN}").content.decode()
    for said in ("小林 · 2024-09：¥3,093.00", "表现 60，达到 60 以上（含）这一档。", "到 90 以上（含）还差 30",
                 "figure=net_sales_yuan"):  # fmt: skip
        assert said in html, said
    for path in ("statements.pdf", "statements.xlsx", "payroll.xlsx", "payroll.csv"):
        answer = browser(people["lin"]).get(at(f"appraisal/{path}"))
        assert answer.status_code == 200, path
        assert "attachment" in answer["Content-Disposition"]
    chosen = browser(people["lin"]).get(at("appraisal/payroll.csv") + "&c=agent&c=total").content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in chosen.splitlines()][1:3] == ["小艾", "小林"] or "小林" in chosen
    assert len(chosen.splitlines()[0].split(",")) == 2


def test_an_agent_sees_signs_and_appeals_only_their_own(pay: Path, people: dict[str, Person]) -> None:
    amy = browser(people["amy"])
    html = amy.get(at("own/pay/")).content.decode()
    assert "¥3,093.00" in html
    assert "小艾" not in html
    sign = f"/s/{shop().pk}/own/pay/sign/"
    assert amy.post(sign, own_form(amy, lines=["base"], name="别人")).status_code == 422
    assert amy.post(sign, own_form(amy, name="小林")).status_code == 422
    for wrong in ({"agent": AI}, {"document": "0" * 64}, {"month": "2024-10"}):
        assert amy.post(sign, own_form(amy, lines=["base"], name="小林") | wrong).status_code == 422, wrong
    assert PaySignature.objects.count() == 0
    assert amy.post(sign, own_form(amy, lines=["base", "commission"], name="小林")).status_code == 302
    signature = PaySignature.objects.get()
    assert (signature.agent, signature.lines, signature.person) == (LIN, ["base", "commission"], people["amy"])
    assert signature.document == months_of(pay, "晨光店").entries["2024-09"].document
    assert amy.post(sign, own_form(amy, lines=["base"], name="小林")).status_code == 422, "once is enough"


@pytest.mark.parametrize("stage", ["closed"])
def test_an_appeal_after_closing_is_decided_by_another_and_comes_in_the_next_month(
    pay: Path, people: dict[str, Person]
) -> None:
    kept = open_month(pay, "2024-09", "晨光店", "zh").entry.document
    amy, lin, olga = (browser(people[name]) for name in ("amy", "lin", "olga"))
    asked = own_form(amy, line="conduct", wanted="100 元", reason="表现分打错了，应当是 90")
    assert amy.post(f"/s/{shop().pk}/own/pay/appeal/", asked).status_code == 302
    assert amy.post(f"/s/{shop().pk}/own/pay/appeal/", asked).status_code == 422, "one open appeal of a line"
    made = PayAppeal.objects.get()
    address = f"/s/{shop().pk}/appraisal/appeals/{made.pk}/"
    upheld = {"verdict": "uphold", "remedy": "value", "about": "conduct", "value": "90", "answer": "查过，是打错了"}
    mine = lin.post(address, upheld)
    assert mine.status_code == 422
    assert "另一个人决定" in mine.content.decode()
    assert olga.post(address, {"verdict": "uphold", "answer": "x"}).status_code == 422
    assert olga.post(address, upheld | {"value": ""}).status_code == 422
    assert olga.post(address, upheld).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.decided_by, made.value) == ("upheld", people["olga"], Decimal(90))
    assert lin.post(at("appraisal/values/", "2024-10"), {"text": SEPTEMBER}).status_code == 302
    computed(pay, people["lin"], "2024-10")
    october = lines(pay, LIN, "2024-10")
    assert (october["2024-09/conduct"], october["2024-09/pool"]) == (Decimal("50.00"), Decimal("10.00"))
    assert lines(pay, AI, "2024-10")["2024-09/pool"] == Decimal("-10.00")
    assert open_month(pay, "2024-09", "晨光店", "zh").entry.document == kept
    html = amy.get(at("own/pay/")).content.decode()
    assert "申诉成立" in html
    assert "已在 2024-10 改正：+50.00 元" in html


def test_an_amount_decided_before_closing_comes_with_the_next_draft(pay: Path, people: dict[str, Person]) -> None:
    amy, olga = browser(people["amy"]), browser(people["olga"])
    amy.post(f"/s/{shop().pk}/own/pay/appeal/", own_form(amy, line="commission", wanted="多 6.5 元", reason="漏了一单"))
    made = PayAppeal.objects.get()
    close = olga.post(f"/s/{shop().pk}/appraisal/close/", {"month": "2024-09", **DESPITE})
    assert "1 件申诉没有决定" in close.content.decode()
    amount = {"verdict": "uphold", "remedy": "amount", "value": "6.50", "answer": "漏了"}
    assert olga.post(f"/s/{shop().pk}/appraisal/appeals/{made.pk}/", amount).status_code == 302
    with_values(people)
    computed(pay, people["lin"])
    assert lines(pay, LIN)["2024-09/commission"] == Decimal("6.50")


def test_appeals_are_refused_late_and_withdrawn_by_who_made_them(
    pay: Path, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    amy, olga = browser(people["amy"]), browser(people["olga"])
    ask = own_form(amy, line="conduct", wanted="多些", reason="x")
    amy.post(f"/s/{shop().pk}/own/pay/appeal/", ask)
    made = PayAppeal.objects.get()
    assert amy.post(f"/s/{shop().pk}/own/pay/appeal/{made.pk}/withdraw/", {}).status_code == 302
    made.refresh_from_db()
    assert made.state == "withdrawn"
    amy.post(f"/s/{shop().pk}/own/pay/appeal/", ask)
    second = PayAppeal.objects.exclude(pk=made.pk).get()
    refused = {"verdict": "refuse", "answer": "打分单在这里，是 60"}
    assert olga.post(f"/s/{shop().pk}/appraisal/appeals/{second.pk}/", refused).status_code == 302
    assert "申诉不成立" in amy.get(at("own/pay/")).content.decode()
    monkeypatch.setattr("xiaoer.site.appraisal.sheet.last_day_of_appeals", lambda *_: date.today() - timedelta(days=1))  # noqa: DTZ011
    late = amy.post(f"/s/{shop().pk}/own/pay/appeal/", ask)
    assert late.status_code == 422
    assert PayAppeal.objects.filter(state="open").count() == 0


def test_an_incident_counts_once_a_second_person_agrees(pay: Path, people: dict[str, Person]) -> None:
    ina, lin = browser(people["ina"]), browser(people["lin"])
    address = f"/s/{shop().pk}/appraisal/incidents/"
    asked = {"day": "2024-09-03", "kind": "发错货", "source": "complaint", "cost": "35.00", "evidence": "会话与运单",
             "parts": "小林 70\n小艾 30"}  # fmt: skip
    for wrong in (
        {"parts": "小林 80\n小艾 30"},
        {"parts": "谁呀 50"},
        {"parts": "小林 1e400"},
        {"parts": "小林 NaN"},
        {"evidence": ""},
        {"door": "https://x.cn/a b"},
    ):
        assert ina.post(address, asked | wrong).status_code == 422, wrong
    assert ina.post(address, asked).status_code == 302
    made = PayIncident.objects.get()
    with_values(people)
    computed(pay, people["lin"])
    assert lines(pay, LIN)["penalty"] == 0, "nobody agreed yet"
    assert "1 件差错等第二个人确认" in lin.get(at("appraisal/")).content.decode()
    decide = f"/s/{shop().pk}/appraisal/incidents/{made.pk}/"
    ina.post(decide, {"do": "confirm"})
    made.refresh_from_db()
    assert made.state == "written", "never one's own"
    lin.post(decide, {"do": "refuse"})
    made.refresh_from_db()
    assert made.state == "written", "to refuse needs a reason"
    lin.post(decide, {"do": "confirm"})
    computed(pay, people["lin"])
    assert (lines(pay, LIN)["penalty"], lines(pay, AI)["penalty"]) == (Decimal("-14.00"), Decimal("-6.00"))
    assert made.kind == "wrong_goods"


def test_accounts_of_one_person_are_one_statement(pay: Path, people: dict[str, Person]) -> None:
    Account.objects.create(person=people["amy"], shop=shop(), account=AI, first_day=date(2024, 9, 1))
    with_values(people)
    computed(pay, people["lin"])
    submit(pay, "2024-09", None, author="林主管 (lin)")
    opened = open_month(pay, "2024-09", "晨光店", "zh")
    assert [row["agent"] for row in opened.results] == [LIN]
    assert dict(line_amounts(opened.results[0]))["commission"] == Decimal("20.01")
    html = browser(people["amy"]).get(at("own/pay/")).content.decode()
    assert html.count('class="sheet"') == 1
    assert "20.01" in html


def test_an_account_that_changed_hands_is_nobodys_alone(pay: Path, people: dict[str, Person]) -> None:
    Account.objects.filter(account=LIN).update(last_day=date(2024, 9, 15))
    other = person("bea", "agent", name="小贝")
    Account.objects.create(person=other, shop=shop(), account=LIN, first_day=date(2024, 9, 16))
    for one in (people["amy"], other):
        assert "这个月没有你的考核单" in browser(one).get(at("own/pay/")).content.decode()
    assert "月中换过人" in browser(people["lin"]).get(at("appraisal/")).content.decode()


def test_what_people_said_since_the_draft_stands_in_the_way_of_closing(pay: Path, people: dict[str, Person]) -> None:
    owner = browser(people["olga"])
    assert "2 项检查没有通过" in owner.get(at("appraisal/checks/")).content.decode()
    with_values(people)
    assert "3 项检查没有通过" in owner.get(at("appraisal/checks/")).content.decode()
    answer = owner.post(f"/s/{shop().pk}/appraisal/close/", {"month": "2024-09", **DESPITE})
    assert answer.status_code == 422
    assert "草稿之后，数据、设置或方案变了" in answer.content.decode()


@pytest.mark.parametrize("stage", ["closed"])
def test_scores_judged_anew_after_closing_restate_their_agent_alone(
    pay: Path, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = {AI: {"inspection_score": Decimal(80)}, LIN: {"inspection_score": Decimal(70)}}
    monkeypatch.setattr("xiaoer.site.appraisal.said.inspection_scores", lambda *_, **__: scores)
    assert set(given_of(shop(), "2024-10")) == {"2024-10"}
    decide(review(people["ina"]), "refused")
    found = given_of(shop(), "2024-10")
    assert found["2024-09"].values == {AI: scores[AI]}
    assert found["2024-10"].values == scores


def test_fairness_is_the_engines(pay: Path, people: dict[str, Person]) -> None:
    assert "还没有算过" in browser(people["lin"]).get(at("appraisal/fairness/", "2024-10")).content.decode()
    html = browser(people["lin"]).get(at("appraisal/fairness/")).content.decode()
    assert "¥3,093.00" in html
    assert "入职" in html


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Forget what was computed for the folder of another test."""
    yield
    from xiaoer.site import kept

    kept._KEPT.answers.clear()
