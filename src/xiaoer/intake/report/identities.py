"""What must hold within a row of a report: declared identities, checked as finely as the report shows its figures."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from xiaoer.intake.report.columns import IndicatorColumn, ReportColumns
from xiaoer.intake.report.figure import Figure
from xiaoer.intake.report.lines import Line
from xiaoer.intake.report.words import Identity, ReportWords


@dataclass(frozen=True)
class FigureLine:
    """A row with its figures by column position."""

    line: Line
    figures: Mapping[int, Figure]

    def value(self, column: IndicatorColumn) -> Fraction | None:
        """Return the exact value, None where the row has none."""
        figure = self.figures.get(column.index)
        return None if figure is None or figure.value is None else Fraction(figure.value)

    def step(self, column: IndicatorColumn) -> Fraction:
        """Return one unit of the last place shown: figures are rounded or cut off to it; whole counts are exact."""
        figure = self.figures[column.index]
        if column.unit == "count" and self.line.kind != "mean" and figure.places == 0:
            return Fraction(0)
        return Fraction(Decimal(1).scaleb(-(figure.places or 0)))


@dataclass(frozen=True)
class Broken:
    """An identity that does not hold in a row: as the report's own headers say it, and the two sides."""

    line: Line
    column: str
    said: str
    found: Fraction
    expected: Fraction


def broken_identities(rows: Iterable[FigureLine], columns: ReportColumns, words: ReportWords) -> Iterator[Broken]:
    """Yield every identity that is broken, row by row; of a group one that holds is enough."""
    groups: dict[str, list[Written]] = defaultdict(list)
    for position, identity in enumerate(words.identities):
        if (written := _written(identity, columns)) is not None:
            groups[identity.group or str(position)].append(written)
    for row in rows:
        for alternatives in groups.values():
            found = [broken for each in alternatives if (broken := each.broken(row)) is not None]
            if found and len(found) == len([each for each in alternatives if each.can_tell(row)]):
                yield found[0]


@dataclass(frozen=True)
class Written:
    """An identity in the columns that the report has."""

    of: IndicatorColumn
    adds: tuple[IndicatorColumn, ...]
    takes: tuple[IndicatorColumn, ...]
    over: IndicatorColumn | None
    at_most: IndicatorColumn | None

    @property
    def columns(self) -> Sequence[IndicatorColumn]:
        """Return every column that it needs."""
        return [column for column in (self.of, *self.adds, *self.takes, self.over, self.at_most) if column]

    def can_tell(self, row: FigureLine) -> bool:
        """Tell whether the row has all of it; quotients of means are no mean of quotients."""
        if self.over is not None and (row.line.kind == "mean" or not row.value(self.over)):
            return False
        return all(row.value(column) is not None for column in self.columns)

    def broken(self, row: FigureLine) -> Broken | None:
        """Return how the row breaks it, None when it holds or can not be told."""
        if not self.can_tell(row):
            return None
        value = row.value(self.of) or Fraction(0)
        if self.at_most is not None:
            most = row.value(self.at_most) or Fraction(0)
            slack = row.step(self.of) + row.step(self.at_most)
            return self._said(row, value, most) if value > most + slack else None
        total = sum((row.value(column) or Fraction(0) for column in self.adds), Fraction(0))
        total -= sum((row.value(column) or Fraction(0) for column in self.takes), Fraction(0))
        slack = row.step(self.of)
        parts = sum((row.step(column) for column in (*self.adds, *self.takes)), Fraction(0)) / 2
        if self.over is not None:
            under = row.value(self.over) or Fraction(1)
            total, parts = total / under, parts / abs(under)
        # A figure may be cut off or rounded to its last place: less than one of it, or half of each part's.
        away = abs(value - total)
        return self._said(row, value, total) if away >= slack + parts and away > 0 else None

    def _said(self, row: FigureLine, found: Fraction, expected: Fraction) -> Broken:
        return Broken(row.line, self.of.header, self.text, found, expected)

    @property
    def text(self) -> str:
        """Return it in the report's own headers, such as 总消息 = 买家消息 + 客服消息."""
        if self.at_most is not None:
            return f"{self.of.header} ≤ {self.at_most.header}"
        if len(self.adds) > 6:
            total = f"{self.adds[0].header} + … + {self.adds[-1].header}"
        else:
            total = " + ".join(column.header for column in self.adds)
        total += "".join(f" − {column.header}" for column in self.takes)
        if self.over is None:
            return f"{self.of.header} = {total}"
        return f"{self.of.header} = {f'({total})' if '+' in total or '−' in total else total} ÷ {self.over.header}"


def _written(identity: Identity, columns: ReportColumns) -> Written | None:
    """Return the identity in the report's columns; None where one is missing, or stands there twice."""
    single = {name: columns.named(name) for name in (identity.of, identity.over, identity.at_most) if name}
    sums = {name: columns.named(name) for name in (*identity.adds, *identity.takes)}
    if any(len(found) != 1 for found in single.values()) or not all(sums.values()):
        return None
    if any(len(found) > 1 and not (found[0].indicator and found[0].indicator.several) for found in sums.values()):
        return None
    return Written(
        single[identity.of][0],
        tuple(column for name in identity.adds for column in sums[name]),
        tuple(column for name in identity.takes for column in sums[name]),
        single[identity.over][0] if identity.over else None,
        single[identity.at_most][0] if identity.at_most else None,
    )


def ratio_of(column: IndicatorColumn, columns: ReportColumns, words: ReportWords) -> "Written | None":
    """Return the quotient that a column is by an identity, where the report has its parts."""
    found = (_written(each, columns) for each in words.identities if each.of == column.name and each.over)
    return next((written for written in found if written), None)
