"""What each column of a report is: the person, the day, the shop, an indicator, or something unknown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xiaoer.base.errors import ReportableError
from xiaoer.intake.platform import ReportMap
from xiaoer.intake.raw import RawTable
from xiaoer.intake.report.words import Indicator, Meant, ReportWords, Unit, header_key, meaning

MARKS_OF_REJECTED = frozenset({"xiaoer_line", "xiaoer_reason"})


@dataclass(frozen=True)
class IndicatorColumn:
    """A column of figures: its header as written, what it means if that is known, and how plain numbers are read."""

    index: int
    header: str
    name: str | None = None
    indicator: Indicator | None = None
    unit: Unit | None = None
    policy: str | None = None

    @property
    def metric(self) -> str | None:
        """Return our metric of the same meaning, None where there is none."""
        return self.indicator.metric if self.indicator else None


@dataclass(frozen=True)
class ReportColumns:
    """Where a report's person, day and shop stand (None: nowhere), and its columns of figures."""

    person: int | None
    day: int | None
    shop: int | None
    figures: tuple[IndicatorColumn, ...]

    def named(self, name: str) -> list[IndicatorColumn]:
        """Return the columns of one indicator."""
        return [column for column in self.figures if column.name == name]


def report_columns(raw: RawTable, report: ReportMap, words: ReportWords) -> ReportColumns:
    """Return what the columns are; a ReportableError when a column of figures stands there twice."""
    keys = [header_key(name) for name in raw.header]
    person = _place(keys, report.person or words.person)
    day, shop = _place(keys, words.day), _place(keys, words.shop)
    other = {header_key(name) for name in (*words.person, *words.day, *words.shop, *words.described, *report.ignored)}
    own = {header_key(header): name for header, name in report.means.items()}
    figures = []
    for index, header in enumerate(raw.header):
        ends = {"/".join(keys[index].split("/")[start:]) for start in range(keys[index].count("/") + 1)}
        if header and index not in (person, day, shop) and not ends & (other | MARKS_OF_REJECTED):
            figures.append(_column(index, header, meaning(header, words, own), words))
    _refuse_twice(raw, [keys[column.index] for column in figures])
    return ReportColumns(person, day, shop, tuple(_without_doubt(figures, raw.header, words, own)))


def _place(keys: Sequence[str], names: Sequence[str]) -> int | None:
    for name in names:
        for index, key in enumerate(keys):
            if header_key(name) in (key, key.rpartition("/")[2]):
                return index
    return None


def _column(index: int, header: str, meant: Meant | None, words: ReportWords) -> IndicatorColumn:
    if meant is None:
        return IndicatorColumn(index, header)
    indicator = words.indicators[meant.name]
    unit = meant.unit if meant.unit and indicator.unit in ("seconds", "minutes", "hours", "share") else indicator.unit
    return IndicatorColumn(index, header, meant.name, indicator, unit, meant.policy or indicator.policy)


def _without_doubt(
    figures: Sequence[IndicatorColumn], headers: Sequence[str], words: ReportWords, own: Mapping[str, str]
) -> list[IndicatorColumn]:
    """Return the columns with those unknown of which only the end is known, where several have the same end."""
    meant = {column.index: meaning(headers[column.index], words, own) for column in figures}
    counts = Counter(found.by_end for found in meant.values() if found is not None and found.by_end)
    certain = []
    for column in figures:
        found = meant[column.index]
        doubtful = found is not None and found.by_end and counts[found.by_end] > 1
        certain.append(replace(column, name=None, indicator=None, unit=None) if doubtful else column)
    return certain


def _refuse_twice(raw: RawTable, keys: Sequence[str]) -> None:
    twice = [key for key, count in Counter(keys).items() if count > 1]
    if twice:
        place = raw.source.place(sheet=raw.sheet, line=raw.header_line)
        raise ReportableError.of("intake.column_twice", place=place, values={"columns": ", ".join(twice)[:200]})
