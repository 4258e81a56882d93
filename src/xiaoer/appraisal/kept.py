"""A month as it is kept: everything that went in and came out, as text that is the same for the same month."""

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from xiaoer.appraisal.appraise import Appraised
from xiaoer.appraisal.law import Law
from xiaoer.appraisal.load import read_scheme
from xiaoer.appraisal.member import Incident, Manual, Person
from xiaoer.appraisal.month import Given, MonthInputs, compute, days_of_month, versions_on
from xiaoer.appraisal.pay import Adjustment
from xiaoer.appraisal.scheme import Scheme, SchemeVersion
from xiaoer.base.errors import ReportableError
from xiaoer.metrics import Metric

FORM = 1  # of the document; raised when its shape changes


@dataclass(frozen=True)
class KeptMonth:
    """A month with what it was computed from: the snapshot of data, the settings, the schemes' own texts, the law."""

    shop: str
    snapshot: int
    policy: str
    settings: Mapping[str, str]
    inputs: MonthInputs
    schemes: Mapping[str, str]
    assigned: Mapping[str, str]
    law: Mapping[str, Any] | None
    adjustments: Mapping[str, Sequence[Adjustment]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)  # how each account is shown
    restated: Mapping[str, Given] = field(default_factory=dict)  # what was put right of closed months, by month
    joined: Mapping[str, Sequence[str]] = field(
        default_factory=dict
    )  # accounts of one person, by the one that stands for them

    @property
    def month(self) -> str:
        """Return the month, such as 2024-09."""
        return self.inputs.month


def recompute(kept: KeptMonth, metrics: Mapping[str, Metric], *, inputs: MonthInputs | None = None) -> list[Appraised]:
    """Return what comes out of a kept month, of nothing but its own document; or of other inputs by its schemes."""
    law = None if kept.law is None else Law.model_validate(kept.law)
    return compute(
        inputs or kept.inputs, versions_of(kept, metrics), kept.assigned, law=law, adjustments=kept.adjustments
    )


def versions_of(kept: KeptMonth, metrics: Mapping[str, Metric]) -> dict[str, SchemeVersion]:
    """Return the versions that a month was computed by, from the texts that it keeps."""
    return versions_on(schemes_of(kept, metrics), days_of_month(kept.month)[1])


def labels_of(kept: KeptMonth, metrics: Mapping[str, Metric], language: str) -> dict[str, str]:
    """Return what the schemes of a month are called, by name."""
    return {scheme.name: scheme.said.label.in_language(language) for scheme in schemes_of(kept, metrics)}


def schemes_of(kept: KeptMonth, metrics: Mapping[str, Metric]) -> list[Scheme]:
    """Return the schemes of a month from the texts that it keeps."""
    schemes = []
    with tempfile.TemporaryDirectory() as folder:
        for name, text in kept.schemes.items():
            path = Path(folder) / f"{name}.yaml"
            path.write_text(text, encoding="utf-8")
            scheme, issues = read_scheme(path, metrics, name=name)
            if scheme is None:
                raise ReportableError(issues)
            schemes.append(scheme)
    return schemes


def document_of(kept: KeptMonth, results: Sequence[Appraised]) -> bytes:
    """Return the month and its results as bytes: keys sorted, numbers exact, the same for the same month."""
    inputs = asdict(kept.inputs)
    content = {"form": FORM, **asdict(kept), "inputs": inputs, "results": [result_json(one) for one in results]}
    if not kept.joined:
        del content["joined"]  # so that months without stay the bytes they were
    return (json.dumps(content, default=_plain, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def name_of(document: bytes) -> str:
    """Return the name of a document, made of its content."""
    return hashlib.sha256(document).hexdigest()


def result_json(one: Appraised) -> dict[str, Any]:
    """Return a person's results: every step with what it came from, every line, the total."""
    return {
        "agent": one.agent,
        "scheme": one.scheme,
        "score": one.score,
        "grade": one.grade,
        "grades": dict(one.grades),
        "unknown": list(one.unknown),
        "values": {name: value for name, value in one.values.items() if name not in one.nodes},
        "steps": {
            name: {"value": node.value, "how": node.how, "facts": dict(node.facts), "uses": list(node.uses),
                   "grade": node.grade}
            for name, node in one.nodes.items()
        },
        "lines": [line._asdict() for line in one.lines],
        "total": one.total,
    }  # fmt: skip


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def read_document(document: bytes) -> KeptMonth:
    """Return the month of a document."""
    content: dict[str, Any] = json.loads(document)
    if content["form"] != FORM:
        raise ReportableError.of("appraisal.other_form", values={"month": str(content["inputs"]["month"])})
    return KeptMonth(
        content["shop"], content["snapshot"], content["policy"], content["settings"],
        _inputs(content["inputs"]), content["schemes"], content["assigned"], content["law"],
        {agent: [Adjustment(**{**one, "amount": Decimal(one["amount"])}) for one in each]
         for agent, each in content["adjustments"].items()},
        content["names"],
        {month: Given(_values(one["values"]), *_said(one)) for month, one in content["restated"].items()},
        {agent: tuple(accounts) for agent, accounts in content.get("joined", {}).items()},
    )  # fmt: skip


def results_in(document: bytes) -> list[dict[str, Any]]:
    """Return the results as a document keeps them, amounts as texts."""
    found: list[dict[str, Any]] = json.loads(document)["results"]
    return found


def _inputs(content: dict[str, Any]) -> MonthInputs:
    return MonthInputs(
        content["month"],
        {agent: Person(one["role"], one["group"], None if one["tenure_weeks"] is None else Decimal(one["tenure_weeks"]))
         for agent, one in content["people"].items()},
        {metric: {agent: None if value is None else Fraction(value) for agent, value in each.items()}
         for metric, each in content["figures"].items()},
        _values(content["values"]),
        *_said(content),
        content["history"],
        None if content["minimum_wage"] is None else Decimal(content["minimum_wage"]),
    )  # fmt: skip


def _values(content: dict[str, Any]) -> dict[str, dict[str, Decimal]]:
    return {agent: {name: Decimal(value) for name, value in each.items()} for agent, each in content.items()}


def _said(content: dict[str, Any]) -> tuple[tuple[Incident, ...], tuple[Manual, ...]]:
    def money(row: dict[str, Any], *names: str) -> dict[str, Any]:
        return {**row, **{name: Decimal(row[name]) for name in names}}

    incidents = tuple(Incident(**money(one, "cost", "share")) for one in content["incidents"])
    return incidents, tuple(Manual(**money(one, "value")) for one in content["manual"])


def law_json(law: Law | None) -> dict[str, Any] | None:
    """Return a law as it is kept; it is read again by its own model."""
    return None if law is None else json.loads(law.model_dump_json(by_alias=True))
