"""Schemes on the site: every fault beside its field at once, the law quoted, tried on the past, then in force."""

import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.pay_shop import pay_home
from xiaoer.actions.appraise_kept_month import open_month
from xiaoer.actions.appraise_run import AppraiseAsk, run
from xiaoer.actions.appraise_text import parts_of
from xiaoer.actions.check_catalog import check_catalog
from xiaoer.site.appraisal.whatif import try_on_the_past
from xiaoer.site.models import AuditEntry, Job, SchemeDraft

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
GOOD = {
    "name": "own_pay", "label_zh": "提成", "label_en": "Commission", "why_zh": "多卖多得", "why_en": "Sell more",
    "first": "2024-11-01", "roles": "pre_sale", "groups": "", "two_people": "on", "parameters": "",
    "inputs": "net: {metric: net_sales_yuan}\nconduct: {table: conduct, label: {zh: 表现, en: Conduct}}",
    "steps": "- {name: paid, kind: commission, label: {zh: 提成, en: Commission}, of: net, mode: whole, "
    "tiers: [{over: 0, rate: 3%}]}",
    "lines": "- {name: pay, kind: bonus, label: {zh: 提成, en: Commission}, of: paid}", "score": "", "grade": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the shop's folder, to be copied."""
    return pay_home(tmp_path_factory.mktemp("schemes"))


@pytest.fixture
def pay(made: Path, tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a data folder of the test's own, which the site looks at."""
    from django.conf import settings

    from xiaoer.site import kept

    home = Path(shutil.copytree(made, tmp_path / "home"))
    monkeypatch.setattr(settings, "SITE", type(settings.SITE)(home, "zh"))
    yield home
    kept._KEPT.answers.clear()


def at(path: str) -> str:
    return f"/s/{shop().pk}/appraisal/{path}"


def kept(client: Client, **more: Any) -> SchemeDraft:  # noqa: ANN401 -- fields of the form
    answer = client.post(at("schemes/new/"), GOOD | more)
    assert answer.status_code == 302, answer.content.decode()
    return SchemeDraft.objects.latest("id")


def test_every_fault_is_said_beside_its_field_at_once(pay: Path) -> None:
    client = browser(person("lin", "lead"))
    wrong = GOOD | {
        "inputs": "net: {metric: net_sale_yuan}\nconduct: {table: conduct}",
        "steps": "- {name: paid, kind: comission, label: {zh: 提成, en: Commission}, of: net}\n"
        "- {name: more, kind: formula, label: {zh: 多, en: More}, of: nett * 2}",
        "lines": "- {name: pay, kind: bonus, label: {zh: 提成, en: Commission}, of: payd}\n"
        "- {name: fined, kind: fine, label: {zh: 罚款, en: Fine}, of: net}",
    }
    answer = client.post(at("schemes/new/"), wrong)
    assert answer.status_code == 422
    html = unescape(answer.content.decode())
    by_field = {name: html.count(f'id="problem_{name}"') for name in ("inputs", "steps", "lines", "first")}
    assert by_field == {"inputs": 2, "steps": 2, "lines": 2, "first": 0}
    for said in ("第 1 行", "第 2 行", "net_sales_yuan", "commission", "没有名称", "没有罚款的权力"):
        assert said in html, said
    assert "6 处问题" in html
    assert SchemeDraft.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"lines": "- {name: pay, kind: fine, label: {zh: 罚款, en: Fine}, of: paid}"}, "lines", "没有罚款的权力"),
        ({"steps": "- {name: paid, kind: [}"}, "steps", ""),
        ({"name": "第一套"}, "name", "小写字母"),
        ({"score": "nothing"}, "score", "没有定义"),
        ({"first": "soon"}, "first", ""),
        ({"inputs": ""}, "inputs", ""),
    ],
)
def test_what_can_not_be_a_scheme_is_refused(pay: Path, more: dict[str, str], field: str, said: str) -> None:
    answer = browser(person("lin", "lead")).post(at("schemes/new/"), GOOD | more)
    assert answer.status_code == 422
    html = unescape(answer.content.decode())
    assert f'id="problem_{field}"' in html
    assert said in html
    assert SchemeDraft.objects.count() == 0


def test_a_scheme_is_tried_and_put_in_force_as_one_more_version(pay: Path) -> None:
    lead, owner = person("lin", "lead"), person("olga", "owner")
    draft = kept(browser(lead))
    address = at(f"schemes/{draft.pk}/")
    assert "可以试算了" in browser(lead).get(address).content.decode()
    assert browser(lead).post(f"{address}in-force/").status_code == 403
    job = Job.objects.create(kind="whatif", started_by=lead, shop=shop(), state="done", asked={
        "first": "2024-09", "last": "2024-09", "before": ["own_pay"], "after": [f"draft:{draft.pk}"],
    })  # fmt: skip
    try_on_the_past(pay, "zh", lambda *_: None, job)
    assert browser(owner).post(f"{address}in-force/").status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.put_by) == ("in_force", owner)
    text = (pay / "catalog" / "schemes" / "own_pay.yaml").read_text(encoding="utf-8")
    assert text.count("- from:") == 2
    assert check_catalog(pay / "catalog", "zh")
    assert parts_of(pay, "own_pay").first == "2024-11-01"
    assert AuditEntry.objects.filter(act="scheme_in_force").count() == 1
    late = kept(browser(lead), first="2024-10-01")
    refused = browser(owner).post(at(f"schemes/{late.pk}/in-force/"))
    assert refused.status_code == 422
    assert "过去的版本不能改" in refused.content.decode()
    assert (pay / "catalog" / "schemes" / "own_pay.yaml").read_text(encoding="utf-8") == text


def test_a_trial_says_who_gains(pay: Path) -> None:
    lead = person("lin", "lead")
    client = browser(lead)
    draft = kept(client, first="2024-01-01")
    run(pay, AppraiseAsk("2024-09"), "zh")
    asked = {"before": ["commission_net_sales"], "after": [f"draft:{draft.pk}"], "first": "2024-09", "last": "2024-09"}
    job = Job.objects.create(kind="whatif", started_by=lead, shop=shop(), state="done", asked=asked)
    try_on_the_past(pay, "zh", lambda *_: None, job)
    html = client.get(at(f"whatif/{job.pk}/")).content.decode()
    assert "2 人次多拿，0 人次少拿" in html
    assert "¥36.02" in html, "3 % of 1,200.50"
    assert client.post(at("whatif/"), {"first": "2024-09", "last": "2024-08", "before": "own_pay"}).status_code == 422
    assert client.post(at("whatif/"), {"first": "2024-09", "last": "2024-09", "before": "own_pay"}).status_code == 422


def test_the_shop_chooses_its_schemes(pay: Path) -> None:
    client = browser(person("lin", "lead"))
    assert "这家店用 1 套方案" in client.get(at("schemes/")).content.decode()
    assert client.post(at("schemes/"), {"scheme": ["commission_net_sales", "no_such"]}).status_code == 302
    html = client.get(at("schemes/")).content.decode()
    assert 'value="commission_net_sales" aria-label="用“净销售额提成”" checked' in html
    run(pay, AppraiseAsk("2024-09"), "zh")
    assert set(open_month(pay, "2024-09", None, "zh").kept.schemes) == {"commission_net_sales"}
    started = client.get(at("schemes/new/") + "?from=after_sale_bands").content.decode()
    assert "kind: bands" in started
