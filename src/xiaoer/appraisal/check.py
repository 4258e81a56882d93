"""What is wrong with a scheme: every fault at once, each at its key, with near names and a worked hint."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from xiaoer.appraisal.expression import FUNCTIONS, Expression, read_expression
from xiaoer.appraisal.scheme import PERSON_NAMES, Input, Version
from xiaoer.appraisal.steps import STEPS
from xiaoer.appraisal.steps.bands import Bands
from xiaoer.appraisal.steps.distribution import Distribution
from xiaoer.appraisal.steps.step import Step
from xiaoer.appraisal.steps.streak import Streak
from xiaoer.base.catalog import keys_of
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.near_names import near_names
from xiaoer.metrics import Metric, Unit

INPUT_HINT = "conversion: {metric: conversion_share_final}"
KEYWORDS = frozenset({"and", "or", "not", "if", "else", *FUNCTIONS})


@dataclass
class VersionCheck:
    """One version being checked: names known so far, steps read so far, issues found so far."""

    file: str
    place: str
    metrics: Mapping[str, Metric]
    known: dict[str, Step | None] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def say(self, code: str, key: str, /, **values: str | int) -> None:
        """Keep an issue at a key of the version."""
        self.issues.append(Issue(code, Severity.ERROR, Place(self.file, column=f"{self.place}.{key}"), values))

    def name(self, name: str, key: str, step: Step | None = None) -> None:
        """Keep a name; one that is there already is an issue."""
        if name in self.known or name in KEYWORDS:
            self.say("appraisal.name_twice", key, name=name)
        self.known[name] = step

    def expression(self, text: str, key: str, *, condition: bool = False) -> Expression | None:
        """Return a checked expression; None after issues."""
        try:
            made = read_expression(text)
        except ReportableError as error:
            for issue in error.issues:
                self.say(issue.code, key, **issue.values)
            return None
        if made.condition is not condition:
            code = "appraisal.expression_condition" if condition else "appraisal.expression_number"
            self.say(code, key, text=text[:60])
        self.names(made.names, key)
        return made

    def names(self, names: Collection[str], key: str) -> None:
        """Keep an issue for each name that nothing before has."""
        for name in names:
            if name not in self.known:
                self.say("appraisal.unknown_name", key, name=name[:40], near=", ".join(near_names(name, self.known)))


def check_version(version: Version, check: VersionCheck) -> tuple[Step, ...]:
    """Return the steps of a version; everything wrong is among the check's issues."""
    for name in PERSON_NAMES:
        check.name(name, "inputs")
    for name, one in version.inputs.items():
        check.name(name, f"inputs.{name}")
        _input(one, f"inputs.{name}", check)
    for name in version.parameters:
        check.name(name, f"parameters.{name}")
    for place, raw in enumerate(version.steps):
        _step(raw, f"steps.{place}", check)
    _lines(version, check)
    for key in ("score", "grade"):
        if (name := getattr(version, key)) is not None:
            check.names([name], key)
    if version.grade is not None and version.grade in check.known and not gives_grades(check.known[version.grade]):
        check.say("appraisal.no_grades", "grade", name=version.grade)
    return tuple(check.steps)


def gives_grades(step: Step | None) -> bool:
    """Return whether a step names its bands."""
    if isinstance(step, Bands):
        return any(band.grade for band in step.bands)
    return isinstance(step, Distribution)


def _input(one: Input, key: str, check: VersionCheck) -> None:
    if (one.metric is None) is (one.table is None):
        check.say("appraisal.one_source", key, hint=INPUT_HINT)
    if one.table is not None and one.label is None:
        check.say("appraisal.no_label", key)
    if one.metric is not None and one.metric not in check.metrics:
        near = ", ".join(near_names(one.metric, check.metrics)) or "–"
        check.say("metrics.unknown_metric", f"{key}.metric", name=one.metric[:60], near=near)
    elif one.metric is not None and check.metrics[one.metric].unit is Unit.INSTANT:
        check.say("appraisal.an_instant", f"{key}.metric", name=one.metric)


def _step(raw: Mapping[str, Any], key: str, check: VersionCheck) -> None:
    kind = STEPS.get(str(raw.get("kind", "")))
    if kind is None:
        near = ", ".join(near_names(str(raw.get("kind", "")), STEPS) or STEPS)
        check.say("appraisal.unknown_kind", f"{key}.kind", name=str(raw.get("kind", ""))[:40], near=near,
                  hint=STEPS["bands"].hint)  # fmt: skip
        _keep_name(raw, key, check)
        return
    try:
        step = kind.spec.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors():
            _said(detail, key, check, hint=kind.hint, keys=keys_of(kind.spec))
        _keep_name(raw, key, check)
        return
    for part, code in step.faults():
        check.say(code, f"{key}.{part}", name=step.name, hint=kind.hint)
    for part, text in step.marked("formula").items():
        check.expression(text, f"{key}.{part}")
    for part, text in step.marked("condition").items():
        check.expression(text, f"{key}.{part}", condition=True)
    for part, text in step.marked("name").items():
        check.names([text], f"{key}.{part}")
    check.names(step.more_uses(), key)
    if isinstance(step, Streak) and step.of in check.known and not gives_grades(check.known[step.of]):
        check.say("appraisal.no_grades", f"{key}.of", name=step.of)
    check.name(step.name, f"{key}.name", step)
    check.steps.append(step)


def _keep_name(raw: Mapping[str, Any], key: str, check: VersionCheck) -> None:
    """Know the name of a step that could not be read, so that steps after it are not blamed."""
    if isinstance(raw.get("name"), str):
        check.name(str(raw["name"]), f"{key}.name")


def _said(detail: Any, key: str, check: VersionCheck, *, hint: str, keys: Collection[str]) -> None:  # noqa: ANN401
    where = ".".join(str(part) for part in detail["loc"])
    place = f"{key}.{where}"
    if detail["type"] == "extra_forbidden":
        near = ", ".join(near_names(str(detail["loc"][-1]), keys)) or ", ".join(sorted(keys))
        check.say("appraisal.unknown_key", place, key=where, near=near, hint=hint)
    elif detail["type"] == "missing":
        check.say("appraisal.missing_key", place, key=where, hint=hint)
    else:
        check.say("appraisal.bad_value", place, key=where, problem=str(detail["msg"]), hint=hint)


def _lines(version: Version, check: VersionCheck) -> None:
    seen: set[str] = set()
    for place, line in enumerate(version.lines):
        if line.name in seen or line.name == "total":
            check.say("appraisal.name_twice", f"lines.{place}.name", name=line.name)
        seen.add(line.name)
        check.expression(line.of, f"lines.{place}.of")
