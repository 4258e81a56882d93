"""The law guard: dated rules of a country; a scheme that breaks one is refused with the rule quoted."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from xiaoer.appraisal.exact import Number
from xiaoer.appraisal.scheme import ActsOn, Line, LineKind, Scheme, SchemeVersion
from xiaoer.appraisal.steps.incidents import Incidents
from xiaoer.base.catalog import Catalog, Declared, Words
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.yaml_lines import with_line

FOLDER = "law"
NO_LAW = "none"


class Rule(Declared):
    """One rule: from when it holds, its words, where they stand, and the limits that it sets."""

    name: str
    from_: date = Field(alias="from")
    until: date | None = None
    text: Words
    source: Words
    share_most: Annotated[Number, Field(gt=0, le=1)] | None = None


class Law(Declared):
    """The rules of a country that pay has to keep."""

    label: Words
    rules: tuple[Rule, ...]

    def on(self, name: str, day: date) -> Rule | None:
        """Return a rule where it holds on a day."""
        holding = [r for r in self.rules if r.name == name and r.from_ <= day and (r.until is None or day <= r.until)]
        return max(holding, key=lambda rule: rule.from_, default=None)


def law_of(catalog: Catalog, name: str) -> Law | None:
    """Return the law of a country; None where the guard is switched off."""
    return None if name == NO_LAW else catalog.load(FOLDER, Law)[name]


def law_issues(scheme: Scheme, law: Law | None, day: date, language: str) -> list[Issue]:
    """Return where a scheme breaks the law on a day, with the rule quoted in a language; nothing without a law."""
    version = scheme.on(day)
    if law is None or version is None:
        return []
    place = scheme.versions.index(version)
    found = []
    for number, line in enumerate(version.spec.lines):
        for code, rule_name in _broken(line, version, law, day):
            rule = law.on(rule_name, day)
            if rule is not None:
                where = Place(scheme.file, column=f"versions.{place}.lines.{number}.{_key(code)}")
                said = {"rule": rule.text.in_language(language), "source": rule.source.in_language(language)}
                values = {"line": line.name, **said}
                found.append(with_line(Issue(code, Severity.ERROR, where, values)))
    return found


def _broken(line: Line, version: SchemeVersion, law: Law, day: date) -> list[tuple[str, str]]:
    """Return the codes of what a line does that the law forbids, with the rule's name."""
    steps = {step.name: step for step in version.steps}
    if line.kind is LineKind.FINE:
        return [("appraisal.law_fine", "no_fines")]
    if line.kind is LineKind.PENALTY:
        return [("appraisal.law_penalty_on_wage", "no_fines")] if line.acts_on is ActsOn.WAGE else []
    if line.kind in (LineKind.WAGE, LineKind.BONUS):
        step = steps.get(line.of.strip())
        negative = line.of.strip().startswith("-") or (step is not None and step.lowest())
        return [("appraisal.law_below_nothing", "no_fines")] if negative else []
    found = []
    rule = law.on("loss", day)
    most = rule.share_most if rule is not None else None
    if most is not None and line.share_most is not None and line.share_most > most:
        found.append(("appraisal.law_share", "loss"))
    if not line.keeps_minimum_wage:
        found.append(("appraisal.law_minimum_wage", "loss"))
    step = steps.get(line.of.strip())
    if not (isinstance(step, Incidents) and step.needs_evidence):
        found.append(("appraisal.law_evidence", "loss"))
    return found


def _key(code: str) -> str:
    return {
        "appraisal.law_fine": "kind",
        "appraisal.law_penalty_on_wage": "acts_on",
        "appraisal.law_share": "share_most",
        "appraisal.law_minimum_wage": "keeps_minimum_wage",
    }.get(code, "of")


def share_most(law: Law | None, day: date) -> Decimal | None:
    """Return the largest part of a month's wage that a loss may take; None without a law or a rule."""
    rule = None if law is None else law.on("loss", day)
    return None if rule is None else rule.share_most
