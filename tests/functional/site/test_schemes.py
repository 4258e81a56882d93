"""Schemes on the site: every fault beside its field at once, the law quoted, tried on the past, then in force."""

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.pay_shop import pay_home
from xiaoer.actions.appraise_kept_month import open_month
from xiaoer.actions.appraise_run import AppraiseAsk, run
from xiaoer.actions.appraise_text import BLOCKS, parts_in, parts_of
from xiaoer.actions.check_catalog import check_catalog
from xiaoer.site.appraisal.whatif import try_on_the_past
from xiaoer.site.models import AuditEntry, Job, SchemeDraft

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
COMMISSION = {
    "steps.0.kind": "commission", "steps.0.name": "paid", "steps.0.label.zh": "提成", "steps.0.label.en": "Commission",
    "steps.0.of": "net", "steps.0.mode": "whole", "steps.0.tiers.0.edge.sign": "over", "steps.0.tiers.0.edge": "0",
    "steps.0.tiers.0.rate": "3%", "steps.0.tiers.1.edge.sign": "at_least", "steps.0.tiers.1.edge": "",
}  # fmt: skip
GOOD = {
    "name": "own_pay", "label_zh": "提成", "label_en": "Commission", "why_zh": "多卖多得", "why_en": "Sell more",
    "first": "2024-11-01", "roles": "pre_sale", "groups": "", "two_people": "on", "score": "", "grade": "",
    "inputs.0.name": "net", "inputs.0.metric": "net_sales_yuan", "inputs.0.better": "up",
    "inputs.4.name": "conduct", "inputs.4.table": "conduct", "inputs.4.label.zh": "表现",
    "inputs.4.label.en": "Conduct",
    "lines.0.name": "pay", "lines.0.kind": "bonus", "lines.0.label.zh": "提成", "lines.0.label.en": "Commission",
    "lines.0.of": "paid",
} | COMMISSION  # fmt: skip


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
        "inputs.0.metric": "net_sale_yuan", "inputs.4.label.zh": "", "inputs.4.label.en": "",
        "steps.0.tiers.0.rate": "much", "steps.1.kind": "formula", "steps.1.name": "more", "steps.1.label.zh": "多",
        "steps.1.label.en": "More", "steps.1.of": "nett * 2", "steps.2.kind": "comission",
        "lines.0.of": "payd", "lines.1.name": "fined", "lines.1.kind": "fine", "lines.1.label.zh": "罚款",
        "lines.1.label.en": "Fine", "lines.1.of": "net",
    }  # fmt: skip
    answer = client.post(at("schemes/new/"), wrong)
    assert answer.status_code == 422
    html = unescape(answer.content.decode())
    said = re.findall(r'id="problem_([a-z]+\.\d+)"', html)
    assert said == ["inputs.0", "inputs.1", "steps.0", "steps.1", "lines.0", "lines.1"]
    for words in ("net_sales_yuan", "没有名称", "没有罚款的权力", 'value="much"'):
        assert words in html, words
    assert html.count('class="card part" id="steps') == 2, "a step of no known kind is none"
    assert re.findall(r'name="([a-z.0-9]+)\.open"', html) == said
    assert SchemeDraft.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"lines.0.kind": "fine"}, "lines.0", "没有罚款的权力"),
        ({"steps.0.name": "[}"}, "steps.0", ""),
        ({"steps.0.kind": "nothing"}, "steps", "至少要有一项"),
        ({"name": "第一套"}, "name", "小写字母"),
        ({"score": "nothing"}, "score", "没有定义"),
        ({"first": "soon"}, "first", ""),
        ({"weeks_under": "soon"}, "weeks_under", ""),
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
    draft = kept(browser(lead), weeks_at_least="2", weeks_under="13")
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
    parts = parts_of(pay, "own_pay")
    assert (parts.first, parts.roles, parts.weeks_at_least, parts.weeks_under) == ("2024-11-01", "pre_sale", "2", "13")
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
    assert "分档给分" in started


def test_a_closed_card_travels_whole_and_opens_at_its_button(pay: Path) -> None:
    client = browser(person("lin", "lead"))
    html = client.get(at("schemes/new/")).content.decode()
    assert len(html.encode()) < 60_000
    closed = {name: unescape(value) for name, value in re.findall(r'name="([a-z]+\.\d+\.row)" value="([^"]+)"', html)}
    assert len(closed) > 30
    top = {key: value for key, value in GOOD.items() if "." not in key}
    opened = client.post(at("schemes/new/"), top | closed | {"do": "open steps 5"}).content.decode()
    assert re.findall(r'name="([a-z.0-9]+)\.open"', opened) == ["steps.5"]
    assert 'name="steps.5.bands.2.edge" value="1"' in opened
    for broken in ("", "[", "[1]", '{"kind": 3}', '{"kind": "bands", "bands": [1]}'):
        assert client.post(at("schemes/new/"), top | closed | {"steps.5.row": broken}).status_code == 422
    assert client.post(at("schemes/new/"), top | closed | {"roles": ""}).status_code == 302
    kept_parts, template = parts_in(SchemeDraft.objects.get().text), parts_of(pay, "six_indicators")
    for block in BLOCKS:
        said, meant = (yaml.load(getattr(one, block), Loader=yaml.BaseLoader) for one in (kept_parts, template))
        assert said == meant


def test_buttons_change_what_is_being_written_and_keep_nothing(pay: Path) -> None:
    client = browser(person("lin", "lead"))

    def steps(do: str, **more: str) -> list[str]:
        answer = client.post(at("schemes/new/"), GOOD | more | {"do": do})
        assert answer.status_code == 200
        html = answer.content.decode()
        assert 'value="多卖多得"' in html, "what stands in the fields stays"
        cards = re.findall(r'name="steps\.\d+\.(?:kind" value="([a-z_]+)|row" value="([^"]+))"', html)
        return [open_ or json.loads(unescape(closed))["kind"] for open_, closed in cards]

    two = {"steps.1.kind": "formula", "steps.1.name": "more", "steps.1.of": "paid * 2"}
    assert steps("add steps", add="bands") == ["commission", "bands"]
    assert steps("add steps", add="no such") == ["commission"]
    assert steps("up steps 1", **two) == steps("down steps 0", **two) == ["formula", "commission"]
    assert steps("up steps 0", **two) == steps("down steps 1", **two) == steps("more steps 0", **two)
    assert steps("drop steps 0", **two) == ["formula"]
    for nonsense in (" ", "drop", "drop steps 9", "drop steps x", "burn everything 1", "drop name 0"):
        assert steps(nonsense, **two) == ["commission", "formula"]
    assert SchemeDraft.objects.count() == 0
