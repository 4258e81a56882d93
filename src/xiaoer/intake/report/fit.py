"""How well a table fits a layout of reports: the column of people, known indicators, headers of the tool's own."""

from dataclasses import dataclass

from xiaoer.intake.platform import Layout, ReportMap
from xiaoer.intake.report.words import ReportWords, header_key, meaning

FEWEST_INDICATORS = 1


@dataclass(frozen=True)
class ReportFit:
    """What is missing (headers that would do, joined by "|"), how many headers are known, how many are typical."""

    missing: tuple[str, ...]
    matched: int
    typical: int


def report_fit(header: tuple[str, ...], layout: Layout, words: ReportWords) -> ReportFit:
    """Return how the header fits a layout that has `report`."""
    report = layout.report or ReportMap()
    own = {header_key(name): meant for name, meant in report.means.items()}
    names = [name for name in header if name]
    ends = {end for name in names for end in _ends(name)}
    figures = {name for name in names if meaning(name, words, own) is not None}
    person = report.person or words.person
    described = {header_key(name) for name in (*person, *words.day, *words.shop, *words.described, *report.ignored)}
    missing = [name for name in layout.must if not any(header_key(part) in ends for part in name.split("|"))]
    if report.people == "must" and not any(header_key(name) in ends for name in person):
        missing.append("|".join(person[:4]))
    if len(figures) < FEWEST_INDICATORS:
        missing.append("|".join(words.indicators["received"].headers[:1] + words.indicators["sales"].headers[:1]))
    known = figures | {name for name in names if set(_ends(name)) & described}
    typical = {name for name in report.columns if header_key(name) in ends}
    return ReportFit(tuple(missing), len(known), len(typical))


def _ends(name: str) -> list[str]:
    parts = header_key(name).split("/")
    return ["/".join(parts[first:]) for first in range(len(parts))]
