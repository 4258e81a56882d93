"""A catalog folder laid over ours: everything that is wrong in it, at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from xiaoer.appraisal.example import example_issues as scheme_example_issues
from xiaoer.appraisal.law import Law, law_issues, law_of
from xiaoer.appraisal.load import load_schemes
from xiaoer.base.catalog import OUR_CATALOG, Catalog
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.language import Language
from xiaoer.base.near_names import near_names
from xiaoer.base.yaml_lines import with_line
from xiaoer.inspection.examples import issues_of_examples
from xiaoer.inspection.standards import load_standards
from xiaoer.intake.platform import Platform
from xiaoer.metrics import load_metrics, load_views
from xiaoer.metrics.example_check import example_issues
from xiaoer.planning.forecast.calendar import HolidayCalendar, Promotions
from xiaoer.planning.staffing import load_ramp_up

Check = Callable[[Catalog, Language], None]


@dataclass(frozen=True)
class Checked:
    """How many files a folder has, and every issue in them."""

    files: int
    issues: tuple[Issue, ...]


def check_catalog(folder: Path, language: Language = "zh") -> Checked:
    """Return what is wrong in a folder; a ReportableError when it is no folder or holds nothing of a catalog."""
    if not folder.is_dir():
        raise ReportableError.of("cli.no_folder", values={"folder": str(folder)})
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.startswith(".")]
    if not files:
        raise ReportableError.of("cli.empty_catalog", values={"folder": str(folder), "known": ", ".join(CHECKS)})
    catalog = Catalog((OUR_CATALOG, folder))
    issues = list(_strangers(folder, files))
    for kind, check in CHECKS.items():
        if (folder / kind).is_dir():
            issues += _found(check, catalog, language)
    return Checked(len(files), tuple(issues))


def _found(check: Check, catalog: Catalog, language: Language) -> tuple[Issue, ...]:
    try:
        check(catalog, language)
    except ReportableError as error:
        return error.issues
    return ()


def _strangers(folder: Path, files: list[Path]) -> Iterator[Issue]:
    """Yield the files that nothing would read: in a folder of another name, or without the suffix."""
    for file in files:
        inside = file.relative_to(folder).parts
        if len(inside) == 1 or inside[0] not in CHECKS:
            near = ", ".join(near_names(inside[0], CHECKS) or CHECKS)
            yield Issue("cli.unread_folder", Severity.ERROR, Place(str(file)), {"near": near})
        elif file.suffix != ".yaml":
            yield Issue("cli.unread_suffix", Severity.ERROR, Place(str(file)), {"found": file.suffix or file.name})


def _metrics(catalog: Catalog, language: Language) -> None:
    """Load the metrics and compute the examples of those that the folder itself holds."""
    metrics = load_metrics(catalog)
    own = {name: str(path) for name, path in Catalog(catalog.folders[-1:]).files("metrics").items()}
    if issues := example_issues(own, metrics, files=own):
        raise ReportableError([with_line(issue) for issue in issues])


def _platforms(catalog: Catalog, language: Language) -> None:
    catalog.load("platforms", Platform)


def _reports(catalog: Catalog, language: Language) -> None:
    load_views(catalog, load_metrics(catalog))


def _standards(catalog: Catalog, language: Language) -> None:
    """Load the standards with their signals and try every example: a signal laid over ours may change any item."""
    if issues := issues_of_examples(load_standards(catalog)):
        raise ReportableError(issues)


def _schemes(catalog: Catalog, language: Language) -> None:
    """Load the schemes, hold them against the law, and compute the examples of those that the folder itself holds."""
    law, own = law_of(catalog, "cn"), Catalog(catalog.folders[-1:]).files("schemes")
    issues: list[Issue] = []
    for name, scheme in load_schemes(catalog, load_metrics(catalog)).items():
        if name in own:
            for version in scheme.versions:
                issues += law_issues(scheme, law, version.spec.from_, language)
            issues += scheme_example_issues(scheme)
    if issues:
        raise ReportableError([with_line(issue) for issue in issues])


def _law(catalog: Catalog, language: Language) -> None:
    catalog.load("law", Law)


def _planning(catalog: Catalog, language: Language) -> None:
    catalog.load("planning/holidays", HolidayCalendar)
    catalog.load_one("planning/promotions.yaml", Promotions)
    load_ramp_up(catalog)


CHECKS: Mapping[str, Check] = {
    "metrics": _metrics, "platforms": _platforms, "reports": _reports, "standards": _standards, "signals": _standards,
    "schemes": _schemes, "law": _law, "planning": _planning,
}  # fmt: skip
