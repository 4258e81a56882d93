"""A step's sum written out in plain words: which value reached which band, which parts make the whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.page import Kind
from xiaoer.actions.wording import word
from xiaoer.appraisal.exact import HUNDRED, exactly, plain_number
from xiaoer.appraisal.scheme import TENURE, SchemeVersion
from xiaoer.appraisal.steps.step import Step
from xiaoer.base.language import Language
from xiaoer.metrics import Metric, Unit

_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_SIGNS = {"*": "×", "/": "÷", "<=": "≤", ">=": "≥"}
NOT_KNOWN = "–"
SHARES = frozenset({"most", "left", "expects", "share", "factor", "rate"})  # facts that are read as percentages
TEXTS = frozenset({"text", "numbers", "without", "sign", "grade"})
PLAIN = frozenset({"place", "of", "months", "count", "unproved", "weeks", "cases", "at_most", "steps", "takes", "full",
                   "low_gives", "high_gives"})  # fmt: skip


@dataclass(frozen=True)
class Words:
    """What names of a version are called, and how their values are written."""

    version: SchemeVersion
    metrics: Mapping[str, Metric]
    language: Language

    def label(self, name: str) -> str:
        """Return what a name is called."""
        spec = self.version.spec
        if name in spec.inputs:
            one = spec.inputs[name]
            words = one.label or self.metrics[one.metric or ""].label
            return words.in_language(self.language)
        if name in spec.parameters:
            return spec.parameters[name].label.in_language(self.language)
        if name == TENURE:
            return word("tenure_weeks", self.language)
        found = [step.label for step in self.version.steps if step.name == name]
        found += [line.label for line in spec.lines if line.name == name]
        return found[0].in_language(self.language) if found else name

    def line_label(self, name: str) -> str:
        """Return what a line of pay is called; an input or step may have the same name."""
        found = [line.label for line in self.version.spec.lines if line.name == name]
        return found[0].in_language(self.language) if found else self.label(name)

    def unit(self, name: str) -> Unit | None:
        """Return the unit of an input from a metric."""
        one = self.version.spec.inputs.get(name)
        return self.metrics[one.metric].unit if one is not None and one.metric is not None else None

    def value(self, name: str, value: Decimal | None) -> str:
        """Return a value as it is read: shares as percentages, money and durations with their unit."""
        return NOT_KNOWN if value is None else said_value(self.unit(name), value, self.language)


def said_value(unit: Unit | None, value: Decimal, language: Language) -> str:
    """Return a value in its unit as it is read."""
    if unit is Unit.SHARE:
        return share(value)
    if unit is Unit.YUAN:
        return cell_text(Kind.YUAN, value, language)
    if unit is Unit.SECONDS:
        return word("in_seconds", language, seconds=plain_number(value, places=2))
    return plain_number(value)


def share(value: Decimal) -> str:
    """Return a share as a percentage with as many places as it needs, at most two."""
    with exactly():
        return f"{plain_number(value * HUNDRED, places=2)}%"


def said_sum(step: Step, node: Mapping[str, Any], values: Mapping[str, Decimal | None], words: Words) -> str:
    """Return how a step came to its value."""
    facts = {name: fact if name in TEXTS else _decimal(fact) for name, fact in node["facts"].items()}
    how: str = node["how"]
    if how == "unknown":
        missing = [words.label(name) for name in node["uses"] if values.get(name) is None]
        return word("sum_unknown", words.language, names=_joined(missing, words.language))
    of = _looks_at(step)
    blanks = {name: _fact(name, fact, of, values, words) for name, fact in facts.items()}
    if "sign" in facts:
        blanks["edge"] = word(f"edge_{facts['sign']}", words.language, edge=words.value(of, _as_decimal(facts["edge"])))
    if how == "weighted_without":
        names = str(facts["without"]).split(",")
        blanks["without"] = _joined([words.label(name) for name in names], words.language)
    return word(f"sum_{how}", words.language, **{"label": words.label(of) if of else "", **blanks})


def _looks_at(step: Step) -> str:
    """Return the name that a step looks at, where it looks at one by name."""
    text = getattr(step, "by", None) or getattr(step, "of", "") or ""
    return text.strip() if isinstance(text, str) and _NAME.fullmatch(text.strip()) else ""


def _fact(name: str, fact: Decimal | str | None, of: str, values: Mapping[str, Decimal | None], words: Words) -> str:
    if isinstance(fact, str):
        return written_out(fact, values, words) if name == "text" else fact
    if fact is None:
        return NOT_KNOWN
    if name in SHARES:
        return share(fact)
    return plain_number(fact) if name in PLAIN or not of else words.value(of, fact)


def written_out(text: str, values: Mapping[str, Decimal | None], words: Words) -> str:
    """Return a formula with labels and values in the place of names."""

    def put(found: re.Match[str]) -> str:
        name = found[0]
        return f"{words.label(name)} {words.value(name, values[name])}" if name in values else name

    said = _NAME.sub(put, text)
    for sign, shown in _SIGNS.items():
        said = said.replace(sign, shown)
    return said


def _decimal(fact: object) -> Decimal | str | None:
    """Return a fact of a document: numbers are texts there."""
    if not isinstance(fact, str) or not re.fullmatch(r"-?\d+(\.\d+)?", fact):
        return fact if fact is None or isinstance(fact, str | Decimal) else str(fact)
    return Decimal(fact)


def _as_decimal(fact: Decimal | str | None) -> Decimal | None:
    return fact if isinstance(fact, Decimal) else None


def _joined(parts: list[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(parts)
