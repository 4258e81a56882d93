"""Schemes read from the catalog: checked whole, or refused with every fault of every file."""

from collections.abc import Mapping
from pathlib import Path

from xiaoer.appraisal.check import VersionCheck, check_version
from xiaoer.appraisal.scheme import Scheme, SchemeFile, SchemeVersion
from xiaoer.base.catalog import Catalog, load_file
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.near_names import near_names
from xiaoer.base.yaml_lines import with_line
from xiaoer.metrics import Metric

FOLDER = "schemes"


def load_schemes(catalog: Catalog, metrics: Mapping[str, Metric]) -> dict[str, Scheme]:
    """Return every scheme by name; a ReportableError lists every fault of every file with its line."""
    schemes: dict[str, Scheme] = {}
    issues: list[Issue] = []
    for name, path in catalog.files(FOLDER).items():
        scheme, found = read_scheme(path, metrics, name=name)
        issues += found
        if scheme is not None:
            schemes[name] = scheme
    if issues:
        raise ReportableError(issues)
    return schemes


def read_scheme(path: Path, metrics: Mapping[str, Metric], *, name: str) -> tuple[Scheme | None, list[Issue]]:
    """Return the scheme of one file, or None, and everything wrong with it."""
    scheme, issues = read_with_faults(path, metrics, name=name)
    return (None if issues else scheme), issues


def read_with_faults(path: Path, metrics: Mapping[str, Metric], *, name: str) -> tuple[Scheme | None, list[Issue]]:
    """Return what could be read of a scheme, without the steps that could not, and everything wrong with it.

    It is never to be run: it is there to be held against the law, so that all faults are told at once.
    """
    said, issues = load_file(path, SchemeFile)
    if said is None:
        return None, issues
    versions = []
    for place, version in enumerate(said.versions):
        check = VersionCheck(str(path), f"versions.{place}", metrics)
        versions.append(SchemeVersion(name, version, check_version(version, check)))
        issues += check.issues
    if len({version.from_ for version in said.versions}) < len(said.versions):
        issues.append(Issue("appraisal.versions_alike", Severity.ERROR, Place(str(path), column="versions")))
    return Scheme(name, str(path), said, tuple(versions)), [with_line(issue) for issue in issues]


def scheme_named(name: str, schemes: Mapping[str, Scheme]) -> Scheme:
    """Return one scheme by its name or label; a ReportableError names near ones when there is none."""
    for scheme in schemes.values():
        if name in (scheme.name, scheme.said.label.zh, scheme.said.label.en):
            return scheme
    near = ", ".join(near_names(name, schemes) or schemes) or "–"
    raise ReportableError.of("appraisal.unknown_scheme", values={"name": name[:40], "near": near})
