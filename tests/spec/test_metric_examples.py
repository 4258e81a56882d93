"""Every worked example of every metric, through the whole engine: its report, and the rows behind the figure."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.spec.engine_answers import Answers, answers
from xiaoer.base.catalog import Catalog
from xiaoer.metrics import load_metrics
from xiaoer.metrics.compiler import compile_report
from xiaoer.metrics.example import example_differences, example_request, example_tables
from xiaoer.metrics.metric import Example
from xiaoer.metrics.portable import step_issues
from xiaoer.metrics.relations import RELATIONS

METRICS = load_metrics(Catalog())


def shop_of(example: Example) -> str:
    """Return what makes examples share one shop, and so one engine session."""
    policy = example_request(example, METRICS).policy
    return json.dumps([example.tables, example.settings, policy], ensure_ascii=False, sort_keys=True)


BY_SHOP: dict[str, list[tuple[str, int]]] = defaultdict(list)
for _name, _metric in METRICS.items():
    for _number, _example in enumerate(_metric.examples):
        BY_SHOP[shop_of(_example)].append((_name, _number))

EXAMPLES = [
    pytest.param(shop, name, number, id=f"{name}-{number + 1}")
    for shop, examples in BY_SHOP.items()
    for name, number in examples
]
Opened = Callable[[str, Example], Answers]


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    """Give the session of an example's shop, kept open until an example of another shop comes."""
    kept: dict[str, Answers] = {}
    with ExitStack() as stack:

        def session_of(shop: str, example: Example) -> Answers:
            if shop not in kept:
                stack.close()
                kept.clear()
                asked = example_request(example, METRICS)
                tables = example_tables(example)
                session = answers(tables, asked.settings, policy=asked.policy, metrics=METRICS)
                kept[shop] = stack.enter_context(session)
            return kept[shop]

        yield session_of


@pytest.mark.parametrize(("shop", "name", "number"), EXAMPLES)
def test_the_example_gives_its_rows_and_they_explain_the_total(
    opened: Opened, shop: str, name: str, number: int
) -> None:
    example = METRICS[name].examples[number]
    session = opened(shop, example)
    request = example_request(example, METRICS)
    report = session.report(request)
    assert example_differences(example, report) == []
    assert step_issues(compile_report(request, METRICS), relations=[*RELATIONS, "agents"]) == []
    assert session.explanation(request, metric=name).figure == report.total.figures[name]


def test_an_example_that_is_wrong_is_seen() -> None:
    example = METRICS["three_minute_share"].examples[1]
    wrong = example.model_copy(update={"rows": example.rows.replace("1/2", "1/3")})
    asked = example_request(example, METRICS)
    with answers(example_tables(example), asked.settings, policy=asked.policy, metrics=METRICS) as session:
        assert len(example_differences(wrong, session.report(asked))) == 1
