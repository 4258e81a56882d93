"""The standards in force: all items and signals of a catalog, checked at once, with a name for just this content."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from xiaoer.base.catalog import Catalog
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue
from xiaoer.base.near_names import near_names
from xiaoer.inspection.check_standards import issues_of
from xiaoer.inspection.schema import Item, Severity, Signal, SignalFile, Standard


@dataclass(frozen=True)
class Worth:
    """What an item is worth on a day."""

    points: Decimal
    severity: Severity
    fatal: bool
    since: date


@dataclass(frozen=True)
class Standards:
    """Standards and signals by name; `digest` changes with any of their words."""

    standards: Mapping[str, Standard]
    signals: Mapping[str, Signal]
    digest: str

    @cached_property
    def items(self) -> dict[str, Item]:
        """Return every item by name, in the order of standards."""
        return {name: item for standard in self.standards.values() for name, item in standard.items.items()}

    @cached_property
    def standard_of(self) -> dict[str, str]:
        """Return the standard that each item belongs to."""
        return {item: name for name, standard in self.standards.items() for item in standard.items}

    def worth(self, item: str, day: date) -> Worth | None:
        """Return what an item is worth on a day; None before it began and after it ended."""
        return worth_on(self.items[item], day, weight=self.standards[self.standard_of[item]].weight)

    def item(self, name: str) -> Item:
        """Return an item; a ReportableError with near names when there is none of this name."""
        if name not in self.items:
            near = ", ".join(near_names(name, self.items))
            raise ReportableError.of("inspect.unknown_item", values={"name": name[:40], "near": near or "–"})
        return self.items[name]


def worth_on(item: Item, day: date, *, weight: Decimal = Decimal(1)) -> Worth | None:
    """Return what an item is worth on a day, times the weight of its standard; None when it is not in force."""
    if day < item.since:
        return None
    points, severity, fatal, since = item.points, item.severity, item.fatal, item.since
    for change in sorted(item.changes, key=lambda one: one.since):
        if change.since > day:
            break
        if change.ended:
            return None
        points = points if change.points is None else change.points
        severity = severity if change.severity is None else change.severity
        fatal = fatal if change.fatal is None else change.fatal
        since = change.since
    return Worth(points * weight, severity, fatal, since)


def load_standards(catalog: Catalog) -> Standards:
    """Return the standards of a catalog; a ReportableError lists every issue of every file at once."""
    issues: list[Issue] = []
    files = {kind: catalog.files(kind) for kind in ("standards", "signals")}
    standards, groups = _loaded(catalog, "standards", issues), _loaded_signals(catalog, issues)
    signals = {name: signal for group in groups.values() for name, signal in group.signals.items()}
    issues += issues_of(standards, groups, files)
    if issues:
        raise ReportableError(issues)
    return Standards(standards, signals, _digest(files))


def _loaded(catalog: Catalog, kind: str, issues: list[Issue]) -> dict[str, Standard]:
    try:
        return catalog.load(kind, Standard)
    except ReportableError as error:
        issues += error.issues
        return {}


def _loaded_signals(catalog: Catalog, issues: list[Issue]) -> dict[str, SignalFile]:
    try:
        return catalog.load("signals", SignalFile)
    except ReportableError as error:
        issues += error.issues
        return {}


def _digest(files: Mapping[str, Mapping[str, Path]]) -> str:
    made = hashlib.sha256()
    for content in _contents(files):
        made.update(hashlib.sha256(content).digest())
    return made.hexdigest()[:12]


def _contents(files: Mapping[str, Mapping[str, Path]]) -> Iterator[bytes]:
    for kind in sorted(files):
        for name in sorted(files[kind]):
            yield name.encode()
            yield files[kind][name].read_bytes()
