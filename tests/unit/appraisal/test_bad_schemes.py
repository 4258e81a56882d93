"""A bad scheme: every fault at once, each with its file and line, near names, and a worked hint in both languages."""

from pathlib import Path

import pytest

from xiaoer.appraisal.law import law_issues, law_of
from xiaoer.appraisal.load import read_scheme
from xiaoer.appraisal.scheme import Scheme
from xiaoer.base.catalog import Catalog
from xiaoer.base.issues import Issue
from xiaoer.base.language import say
from xiaoer.metrics import load_metrics

METRICS = load_metrics(Catalog())
HEAD = """\
label: {zh: 甲, en: A}
why: {zh: 甲, en: A}
note: {zh: 甲, en: A}
source: {zh: 甲, en: A}
examples:
  - {title: {zh: 甲, en: A}, people: "agent, x", results: "agent"}
  - {title: {zh: 甲, en: no data}, people: "agent, x", results: "agent"}
versions:
  - from: "2024-01-01"
"""
GOOD = """\
    inputs: {x: {table: x, label: {zh: 甲, en: X}}, reply: {metric: reply_share}}
    steps:
      - {name: s, kind: formula, label: {zh: 甲, en: S}, of: x + reply}
    lines:
      - {name: pay, kind: bonus, label: {zh: 甲, en: P}, of: s}
"""


def read(folder: Path, version: str) -> tuple[Scheme | None, list[Issue]]:
    path = folder / "own.yaml"
    path.write_text(HEAD + version, encoding="utf-8")
    return read_scheme(path, METRICS, name="own")


def codes(folder: Path, version: str) -> list[str]:
    return [issue.code for issue in read(folder, version)[1]]


def test_a_good_one_has_no_issue(tmp_path: Path) -> None:
    scheme, issues = read(tmp_path, GOOD)
    assert issues == []
    assert scheme is not None
    assert [step.name for step in scheme.versions[0].steps] == ["s"]


def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    version = """\
    inputs:
      reply: {metric: repli_share}
      conduct: {table: conduct}
      both: {table: a, metric: reply_share, label: {zh: 甲, en: B}}
    steps:
      - {name: a, kind: bandz, label: {zh: 甲, en: A}, of: reply}
      - {name: b, kind: bands, label: {zh: 甲, en: B}, of: repli, bands: [{over: 1, gives: 2}, {over: 3, gives: 1}]}
      - {name: c, kind: weighted, label: {zh: 甲, en: C}, parts: {reply: 60%, conduct: 30%}}
      - {name: d, kind: linear, label: {zh: 甲, en: D}, off: reply, points: [{at: 1, gives: 0}, {at: 2, gives: 1}]}
      - {name: b, kind: gate, label: {zh: 甲, en: B}, of: b, when: b + 1, factor: 50%}
      - {name: f, kind: bands, label: {zh: 甲, en: F}, of: reply +, bands: [{at_least: lots, gives: 2}]}
      - {name: g, kind: streak, label: {zh: 甲, en: G}, of: c, grades: [A], gives: [{months: 2, gives: 1}]}
    lines:
      - {name: pay, kind: bonus, label: {zh: 甲, en: P}, of: bonus}
      - {name: pay, kind: bonus, label: {zh: 甲, en: P}, of: c}
"""
    _, issues = read(tmp_path, version)
    said = {(issue.code, issue.place.line) for issue in issues}
    first = HEAD.count("\n") + 1
    assert said >= {
        ("metrics.unknown_metric", first + 1),
        ("appraisal.no_label", first + 2),
        ("appraisal.one_source", first + 3),
        ("appraisal.unknown_kind", first + 5),
        ("appraisal.bands_order", first + 6),
        ("appraisal.unknown_name", first + 6),
        ("appraisal.weights", first + 7),
        ("appraisal.unknown_key", first + 8),
        ("appraisal.missing_key", first + 8),
        ("appraisal.name_twice", first + 9),
        ("appraisal.expression_condition", first + 9),
        ("appraisal.bad_value", first + 10),
        ("appraisal.no_grades", first + 11),
        ("appraisal.unknown_name", first + 13),
        ("appraisal.name_twice", first + 14),
    }
    texts = [say(issue, language) for issue in issues for language in ("zh", "en")]
    assert all("own.yaml" in text for text in texts)
    assert any("reply_share" in text and "repli_share" in text for text in texts)
    assert any("There are: bands" in text for text in texts)
    assert any("kind: linear, of: response" in text for text in texts)


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("kind: bands, of: x, bands: [{at_least: 1, gives: 1}, {at_most: 0, gives: 0}]", "appraisal.bands_mixed"),
        ("kind: bands, of: x, bands: [{at_least: 1, gives: 1}, {at_least: 0, gives: 2}]", "appraisal.bands_fall"),
        ("kind: linear, of: x, points: [{at: 1, gives: 1}, {at: 0, gives: 2}]", "appraisal.points_order"),
        ("kind: linear, of: x, points: [{at: 0, gives: 1}, {at: 1, gives: 2}, {at: 2, gives: 0}]", "appraisal.points_turn"),  # noqa: E501
        ("kind: short, of: x, target: '1', per: 1%, takes: 1, full: 1, least: 2", "appraisal.short_least"),
        ("kind: commission, of: x, mode: whole, tiers: [{over: 5, rate: 1}, {over: 1, rate: 2}]", "appraisal.tiers_order"),  # noqa: E501
        ("kind: commission, of: x, mode: whole, tiers: [{over: 1, rate: 2}, {over: 5, rate: 1}]", "appraisal.tiers_fall"),  # noqa: E501
        ("kind: commission, of: x, by: reply, mode: marginal, tiers: [{over: 1, rate: 2}]", "appraisal.marginal_by"),
        ("kind: limits, of: x", "appraisal.no_limit"),
        ("kind: limits, of: x, at_least: 2, at_most: 1", "appraisal.limits_crossed"),
        ("kind: ramp, of: x, better: up, stages: [{weeks: 2, expects: 50%}, {weeks: 1, expects: 60%}]", "appraisal.stages_order"),  # noqa: E501
        ("kind: rank, of: x, places: [{to: 3, gives: 1}, {to: 1, gives: 2}]", "appraisal.places_order"),
        ("kind: distribution, of: x, grades: [{grade: A, share: 50%, gives: 1}, {grade: B, share: 40%, gives: 1}]", "appraisal.weights"),  # noqa: E501
        ("kind: small_sample, cases: x, at_most: 5, few: '1'", "appraisal.missing_key"),
        ("kind: incidents, kinds: {leak: -5}", "appraisal.bad_value"),
        ("kind: formula, of: x > 1", "appraisal.expression_number"),
    ],
)  # fmt: skip
def test_faults_within_a_step(tmp_path: Path, step: str, code: str) -> None:
    bad = GOOD.replace("kind: formula", "KIND").replace("of: x + reply", "").replace(
        "{name: s, KIND, label: {zh: 甲, en: S}, }", "{name: s, label: {zh: 甲, en: S}, " + step + "}"
    )  # fmt: skip
    assert codes(tmp_path, bad) == [code]


def test_a_metric_that_is_an_instant_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path, GOOD.replace("reply_share", "first_online_at")) == ["appraisal.an_instant"]


# House rules as they are passed around: late costs 10 yuan, three times a month a day's pay, absence double.
FINES = {
    "appraisal.law_fine": "{name: pay, kind: fine, label: {zh: 迟到罚款, en: Fine}, of: 10 * x}",
    "appraisal.law_penalty_on_wage": "{name: pay, kind: penalty, acts_on: wage, label: {zh: 旷工扣双倍, en: P}, of: 200 * x}",  # noqa: E501
    "appraisal.law_below_nothing": "{name: pay, kind: wage, label: {zh: 底薪, en: P}, of: -s}",
    "appraisal.law_evidence": "{name: pay, kind: deduction, label: {zh: 扣, en: P}, of: s}",
}


@pytest.mark.parametrize("code", FINES)
def test_what_the_law_forbids_is_refused_with_the_rule_quoted(tmp_path: Path, code: str) -> None:
    scheme, issues = read(
        tmp_path, GOOD.replace("{name: pay, kind: bonus, label: {zh: 甲, en: P}, of: s}", FINES[code])
    )
    assert issues == []
    assert scheme is not None
    day = scheme.versions[0].spec.from_
    (issue,) = law_issues(scheme, law_of(Catalog(), "cn"), day, "zh")
    assert issue.code == code
    assert issue.place.line == (HEAD + GOOD).count("\n")
    said = say(issue, "zh")
    assert ("第十六条" in said) is (code == "appraisal.law_evidence")
    assert ("没有罚款的权力" in said) is (code != "appraisal.law_evidence")
    assert law_issues(scheme, law_of(Catalog(), "none"), day, "zh") == []


LOSS = """\
    inputs: {x: {table: x, label: {zh: 甲, en: X}}}
    steps:
      - {name: s, kind: incidents, label: {zh: 甲, en: S}, kinds: {any: 100%}, count: cost, needs_evidence: true}
    lines:
      - {name: pay, kind: deduction, label: {zh: 甲, en: P}, of: s, share_most: 20%, keeps_minimum_wage: true}
"""


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [
        ("share_most: 20%", "share_most: 20.01%", "appraisal.law_share"),
        ("keeps_minimum_wage: true", "keeps_minimum_wage: false", "appraisal.law_minimum_wage"),
        ("needs_evidence: true", "needs_evidence: false", "appraisal.law_evidence"),
    ],
)
def test_a_deduction_for_loss_keeps_article_16(tmp_path: Path, good: str, bad: str, code: str) -> None:
    law = law_of(Catalog(), "cn")
    for text, expected in ((LOSS, []), (LOSS.replace(good, bad), [code])):
        scheme, issues = read(tmp_path, text)
        assert issues == []
        assert scheme is not None
        found = law_issues(scheme, law, scheme.versions[0].spec.from_, "en")
        assert [issue.code for issue in found] == expected
        assert all("Article 16" in say(issue, "en") for issue in found)
