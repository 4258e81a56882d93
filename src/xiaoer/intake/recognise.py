"""Which form a raw table is: found from its headers, its reader and its file's name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.near_names import near_names
from xiaoer.base.tables import canonical_tables
from xiaoer.intake.canonical import canonical_layouts
from xiaoer.intake.platform import TABULAR, Layout, Platform
from xiaoer.intake.raw import RawTable
from xiaoer.intake.readers import TABULAR_READERS
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.report import report_fit, report_words
from xiaoer.intake.vocabulary import headers_of, normal_header, platforms

MOST_LISTED = 40


@dataclass(frozen=True)
class Recognised:
    """The form that fits a table."""

    platform: str
    layout: Layout
    why: Issue


@dataclass(frozen=True)
class _Fit:
    """How well one form fits: met or not, and what speaks for it."""

    platform: str
    layout: Layout
    missing: tuple[str, ...]
    unwanted: bool
    named: bool
    matched: int
    typical: int = 0  # headers of the tool's own, which tell reports of the same indicators apart

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        return (self.named, self.matched, self.typical, -len(self.layout.must))


def chosen_platforms(options: ReadOptions) -> dict[str, Platform]:
    """Return the platforms to choose from: the one asked for, or all; a ReportableError when there is no such one."""
    known = platforms(options.catalog)
    if options.platform == "auto":
        return known
    if options.platform not in known:
        near = ", ".join(near_names(options.platform, known)) or ", ".join(sorted(known))
        raise ReportableError.of("intake.unknown_platform", values={"name": options.platform, "near": near})
    return {options.platform: known[options.platform]}


def recognise(table: RawTable, options: ReadOptions) -> Recognised | Issue:
    """Return the form that fits the table best, or the Issue that none does, with the nearest and what it lacks."""
    fits = [
        _fit(table, name, layout, options)
        for name, platform in chosen_platforms(options).items()
        for layout in (canonical_layouts() if platform.canonical else platform.layouts)
        if _reads(layout, table)
    ]
    fits.sort(key=lambda fit: (fit.platform, fit.layout.name))
    nearest = max(fits, key=lambda fit: (fit.matched > 0, fit.rank), default=None)
    fitting = [fit for fit in fits if not fit.missing and not fit.unwanted]
    best = max(fitting, key=lambda fit: fit.rank, default=None)
    if best is not None and nearest is not None and _is_cut_short(best, nearest):
        best = None
    if best is None:
        return _unknown_form(table, nearest, options)
    return Recognised(best.platform, best.layout, _why(table, best))


def _reads(layout: Layout, table: RawTable) -> bool:
    if layout.sheets and not any(re.search(pattern, table.sheet or "") for pattern in layout.sheets):
        return False
    return table.reader in layout.readers or (TABULAR in layout.readers and table.reader in TABULAR_READERS)


def _fit(table: RawTable, platform: str, layout: Layout, options: ReadOptions) -> _Fit:
    found = {normal_header(name) for name in table.header if name}
    unwanted = any(normal_header(name) in found for name in layout.must_not)
    named = any(re.search(pattern, table.source.file_name, re.IGNORECASE) for pattern in layout.file_names)
    if layout.report is not None:
        fit = report_fit(table.header, layout, report_words(options.catalog))
        return _Fit(platform, layout, fit.missing, unwanted, named, fit.matched, fit.typical)
    missing = tuple(name for name in layout.must if not any(normal_header(part) in found for part in name.split("|")))
    matched = len({normal_header(name) for name in headers_of(layout)} & found)
    return _Fit(platform, layout, missing, unwanted, named, matched)


def _is_cut_short(best: _Fit, nearest: _Fit) -> bool:
    """Tell whether a poorer form only fits because the form that the table really has lacks a column."""
    same_platform = best.platform == nearest.platform and nearest.missing and not nearest.unwanted
    return bool(same_platform and nearest.rank > best.rank and nearest.matched > best.matched)


def _why(table: RawTable, fit: _Fit) -> Issue:
    values: Mapping[str, str | int] = {
        "platform": fit.platform,
        "form": fit.layout.name,
        "matched": fit.matched,
        "headers": len([name for name in table.header if name]) or fit.matched,
        "tables": ", ".join(fit.layout.gives),
    }
    return Issue("intake.recognised", Severity.NOTE, table.source.place(sheet=table.sheet), values)


def _unknown_form(table: RawTable, nearest: _Fit | None, options: ReadOptions) -> Issue:
    place = table.source.place(sheet=table.sheet, line=table.header_line)
    headers = _listed(table)
    if nearest is None or not nearest.matched:
        return Issue("intake.unknown_form", Severity.ERROR, place, {"headers": headers})
    names = {normal_header(name): name for name in table.header if name}
    missing = [_with_near(name, names) for name in nearest.missing] or ["–"]
    canonical = nearest.platform == "canonical" and nearest.layout.name in canonical_tables()
    values = {"platform": nearest.platform, "form": nearest.layout.name, "headers": headers}
    values["missing"] = "; ".join(missing)
    return Issue("intake.missing_column" if canonical else "intake.nearest_form", Severity.ERROR, place, values)


def _with_near(name: str, names: Mapping[str, str]) -> str:
    near = [names[found] for part in name.split("|") for found in near_names(normal_header(part), names, most=2)]
    shown = " / ".join(name.split("|"))
    return f"{shown} ({'? '.join(dict.fromkeys(near))}?)" if near else shown


def _listed(table: RawTable) -> str:
    names = [name[:40] for name in table.header if name]
    return ", ".join(names[:MOST_LISTED]) + (" …" if len(names) > MOST_LISTED else "")
