"""Every scheme's worked examples come out as they say: every step, every line, the total; also in another order."""

import pytest

from xiaoer.appraisal.appraise import appraise
from xiaoer.appraisal.example import AGENT, TOTAL, example_issues, members_of, results_of, run_example, table_of
from xiaoer.appraisal.law import law_issues, law_of
from xiaoer.appraisal.load import load_schemes
from xiaoer.appraisal.steps import STEPS
from xiaoer.base.catalog import Catalog
from xiaoer.base.language import say
from xiaoer.metrics import load_metrics

METRICS = load_metrics(Catalog())
SCHEMES = load_schemes(Catalog(), METRICS)


@pytest.mark.parametrize("name", SCHEMES)
def test_the_examples_come_out_as_they_say(name: str) -> None:
    assert [say(issue, "en") for issue in example_issues(SCHEMES[name])] == []


@pytest.mark.parametrize("name", SCHEMES)
def test_every_intermediate_is_said(name: str) -> None:
    scheme = SCHEMES[name]
    version = scheme.versions[-1]
    said = [AGENT, *(s.name for s in version.steps), *(line.name for line in version.spec.lines), TOTAL]
    for example in scheme.said.examples:
        rows = table_of(example.results)
        assert [*rows[0]] == said
        assert [row[AGENT] for row in rows] == [row[AGENT] for row in table_of(example.people)]
    assert any("" in row.values() for example in scheme.said.examples for row in table_of(example.people)), (
        "no example with missing data"
    )


@pytest.mark.parametrize("name", SCHEMES)
def test_the_order_of_people_changes_nothing(name: str) -> None:
    version = SCHEMES[name].versions[-1]
    for example in SCHEMES[name].said.examples:
        forth = {one.agent: results_of(version, one) for one in run_example(version, example)}
        back = appraise(version, members_of(example)[::-1])
        again = {one.agent: {s.name: one.values[s.name] for s in version.steps} for one in back}
        first = {
            one.agent: {s.name: one.values[s.name] for s in version.steps} for one in run_example(version, example)
        }
        assert again == first
        assert list(forth) == [one.agent for one in reversed(back)]


@pytest.mark.parametrize("name", SCHEMES)
def test_the_law_is_kept(name: str) -> None:
    scheme = SCHEMES[name]
    law = law_of(Catalog(), "cn")
    assert law_issues(scheme, law, scheme.versions[-1].spec.from_, "zh") == []


def test_every_kind_of_step_stands_in_some_scheme() -> None:
    used = {step.kind for scheme in SCHEMES.values() for version in scheme.versions for step in version.steps}
    assert sorted(set(STEPS) - used) == []


def test_a_wrong_example_is_told_by_its_cell() -> None:
    scheme = SCHEMES["commission_per_order"]
    example = scheme.said.examples[0]
    wrong = example.model_copy(update={"results": example.results.replace("125", "126", 1)})
    said = scheme.said.model_copy(update={"examples": (wrong,)})
    (issue,) = example_issues(type(scheme)(scheme.name, scheme.file, said, scheme.versions))
    assert (issue.values["name"], issue.values["expected"], issue.values["found"]) == ("commission", "126", "125")
