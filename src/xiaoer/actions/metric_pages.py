"""The metrics: all of them by group, or one with its formula and examples."""

from pathlib import Path

from xiaoer.actions.render.page import Cell, Column, Page
from xiaoer.actions.shop_data import catalog_of, metrics_of
from xiaoer.actions.wording import word
from xiaoer.base.catalog import Words
from xiaoer.base.language import Language
from xiaoer.metrics import Metric, metric_named, rule_lines
from xiaoer.metrics.metric import Example


def list_metrics(home: Path, language: Language) -> Page:
    """Return every metric by group; a ReportableError lists what is wrong in the home's own catalog."""
    metrics = metrics_of(catalog_of(home))
    names = ("group", "name", "label", "unit")
    return Page(
        name="metrics",
        title=word("metrics_title", language, number=len(metrics)),
        columns=tuple(Column(name, word(f"metric_{name}", language)) for name in names),
        rows=tuple(_row(metric, language) for metric in metrics.values()),
        language=language,
        data={"metrics": [_data(metric) for metric in metrics.values()]},
        notes=(word("metrics_note", language),),
    )


def show_metric(home: Path, name: str, language: Language) -> Page:
    """Return one metric; a ReportableError with near names when there is none of this name."""
    metric = metric_named(name, metrics_of(catalog_of(home)))
    pairs = {
        "formula": metric.formula.in_language(language),
        "why": metric.why.in_language(language),
        "unit": word(f"unit_{metric.unit.value}", language),
        "direction": word(f"direction_{metric.direction.value}", language),
        "maturity": word(f"maturity_{metric.maturity.value}", language),
        "level": word(f"level_{metric.level.value}", language),
        "needs": ", ".join(metric.needs),
    }
    said = [(word(f"metric_{key}", language), text) for key, text in pairs.items()]
    said += [(word("metric_rule", language), line) for line in rule_lines(metric, language)]
    examples = [(word("metric_example", language), _example(example, language)) for example in metric.examples]
    return Page(
        name="metric",
        title=f"{metric.label.in_language(language)} · {metric.name}",
        columns=(),
        rows=(),
        language=language,
        data={
            **_data(metric),
            "why": _pair(metric.why),
            "rules": rule_lines(metric, language),
            "examples": [example.model_dump(by_alias=True) for example in metric.examples],
        },
        lead=tuple(f"{label}{'：' if language != 'en' else ': '}{text}" for label, text in [*said, *examples]),
    )


def _row(metric: Metric, language: Language) -> tuple[Cell, ...]:
    texts = (
        word(f"group_{metric.group.value}", language),
        metric.name,
        metric.label.in_language(language),
        word(f"unit_{metric.unit.value}", language),
    )
    return tuple(Cell(text, text) for text in texts)


def _example(example: Example, language: Language) -> str:
    """Return an example as its title, the rows that go in, and the rows that come out."""
    lines = [example.title.in_language(language)]
    for name, rows in example.tables.items():
        lines += [f"  [{name}]", *(f"    {line}" for line in rows.strip().splitlines())]
    lines += [f"  [{name} = {value}]" for name, value in example.settings.items()]
    asked = example.report
    lines += [f"  → {asked.from_} – {asked.to}", *(f"    {line}" for line in example.rows.strip().splitlines())]
    return "\n".join(lines)


def _data(metric: Metric) -> dict[str, object]:
    return {
        "name": metric.name,
        "group": metric.group.value,
        "label": _pair(metric.label),
        "formula": _pair(metric.formula),
        "unit": metric.unit.value,
        "direction": metric.direction.value,
        "maturity": metric.maturity.value,
        "level": metric.level.value,
        "needs": list(metric.needs),
    }


def _pair(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
