"""Our figures for the cells of a report, as they are and as they would be under chosen causes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from xiaoer.base.days import Period
from xiaoer.reconcile.amount import Amount, added_up, mean_of
from xiaoer.reconcile.asked import Asked, Group, Groups, Lookup
from xiaoer.reconcile.cause import PutTogether, Variant
from xiaoer.reconcile.cell import Cell
from xiaoer.reconcile.effect import Effect, effect_of
from xiaoer.reconcile.reported import RowKind

Chosen = tuple[Variant, ...]
_Found = Mapping[tuple[Lookup, str], Groups]


class Ours:
    """Computes a cell's amount under chosen causes; what was computed once is remembered."""

    def __init__(self, cells: Sequence[Cell], asked: Asked) -> None:
        self.cells, self.asked, self.touches = cells, asked, asked.touches
        self._known: dict[tuple[int, Chosen], Amount | None] = {}
        self._answered: dict[Chosen, Mapping[int, Amount | None]] = {}
        self._last = max((cell.last for cell in cells), default=date.min)

    def amounts(self, chosen: Chosen) -> Mapping[int, Amount | None]:
        """Return every cell's amount under the chosen causes, by the cell's number."""
        if chosen not in self._answered:
            self._answered[chosen] = self._amounts(chosen)
        return self._answered[chosen]

    def _amounts(self, chosen: Chosen) -> Mapping[int, Amount | None]:
        effect = self.effect(chosen)
        bearing = {cell.number: self._bearing(cell, chosen, effect) for cell in self.cells}
        missing: dict[Chosen, list[Cell]] = {}
        for cell in self.cells:
            key = bearing[cell.number]
            if (cell.number, key) not in self._known:
                missing.setdefault(key, []).append(cell)
        for key, cells in missing.items():
            self._compute(key, cells)
        return {number: self._known[number, key] for number, key in bearing.items()}

    def effect(self, chosen: Chosen) -> Effect:
        """Return what these causes change together."""
        return effect_of(chosen, last=self._last)

    def _bearing(self, cell: Cell, chosen: Chosen, effect: Effect) -> Chosen:
        """Return those of the chosen causes that bear on a cell's figure, or on what stands for it under them."""
        stands = [name for name in effect.formula(cell.metric) if name in self.asked.metrics]
        return tuple(
            variant
            for variant in chosen
            if self.touches(variant, cell) or any(self.touches.reaches(variant, name) for name in stands)
        )

    def _compute(self, chosen: Chosen, cells: Sequence[Cell]) -> None:
        effect = self.effect(chosen)
        together: dict[Lookup, set[str]] = {}
        for cell in cells:
            for metric in _named(cell, effect):
                together.setdefault(self._lookup(cell, effect, metric), set()).add(metric)
        found = {
            (lookup, name): groups
            for lookup, names in sorted(together.items(), key=_by_days)
            for name, groups in self.asked.figures(lookup, names).items()
            if name in names
        }
        for cell in cells:
            self._known[cell.number, chosen] = self._amount(cell, effect, found)

    def _lookup(self, cell: Cell, effect: Effect, metric: str) -> Lookup:
        """Return where a metric's amounts are looked up: days one by one are asked for all at once."""
        each_day = self._each_day(cell, effect) or (cell.first == cell.last and not self.touches.is_window(metric))
        period = self.asked.request.period if each_day else Period(cell.first, cell.last)
        return Lookup(effect.supposed, effect.buyers, period, by_day=each_day)

    def _each_day(self, cell: Cell, effect: Effect) -> bool:
        """Return whether a cell's figure is put together from those of its days."""
        of_days = effect.put_together is PutTogether.MEAN_OF_DAYS and cell.row is not RowKind.MEAN
        return cell.first < cell.last and (of_days or bool(effect.left_out))

    def _amount(self, cell: Cell, effect: Effect, found: _Found) -> Amount | None:
        names = _named(cell, effect)
        if self._each_day(cell, effect) and not all(map(self._adds_up_over_days, names)):
            return None
        parts = [found[self._lookup(cell, effect, name), name] for name in names]
        sign = effect.formula(cell.metric)[1]
        if sign:
            both = {*parts[0], *parts[1]}
            parts = [{group: _joined(parts[0].get(group), parts[1].get(group), sign) for group in both}]
        adds_up = self.touches.adds_up(names[0])
        is_rate = sign == "/" or self.asked.metrics[names[0]].ratio is not None
        nothing = Amount(Fraction(0)) if adds_up and not is_rate else None
        days = self._days(cell, effect) if self._lookup(cell, effect, names[0]).by_day else (None,)
        return _of_row(cell, effect, _People(parts[0], days, nothing), adds_up=adds_up, is_rate=is_rate)

    def _days(self, cell: Cell, effect: Effect) -> tuple[date, ...]:
        return tuple(day for day in Period(cell.first, cell.last).days() if effect.holds(day))

    def _adds_up_over_days(self, metric: str) -> bool:
        once = (one.aggregate.distinct and not one.aggregate.per_day for one in self.touches.measures(metric))
        return self.touches.adds_up(metric) and not any(once)


class _People:
    """Amounts by person: of the whole period (one day that is None), or put together from days."""

    def __init__(self, groups: Groups, days: Sequence[date | None], nothing: Amount | None) -> None:
        self._groups, self._days, self._nothing = groups, days, nothing

    def of(self, agent: str | None) -> Amount | None:
        """Return a person's amount, None meaning the whole shop's."""
        return added_up(self._known([agent])) or self._nothing

    def mean_of_days(self, agents: Sequence[str | None]) -> Amount | None:
        """Return the mean of the days' figures, each day's people added up."""
        each = (added_up(self._known(agents, day)) for day in self._days)
        return mean_of(one.figure for one in each if one is not None)

    def _known(self, agents: Sequence[str | None], day: date | None = None) -> Iterable[Amount]:
        wanted: list[Group] = [(agent, one) for agent in agents for one in ([day] if day else self._days)]
        return [self._groups[group] for group in wanted if group in self._groups]


def _of_row(cell: Cell, effect: Effect, people: _People, *, adds_up: bool, is_rate: bool) -> Amount | None:
    """Return the amount of the row that a cell stands in: a person's, the total's or the mean's."""
    how = effect.put_together
    team: Sequence[str | None] = cell.listed
    if cell.row is RowKind.AGENT or not team:
        team = [cell.agent]
        if cell.row is RowKind.MEAN and not is_rate:
            return None
    if how is PutTogether.MEAN_OF_DAYS and cell.row is not RowKind.MEAN:
        return people.mean_of_days(team)
    if len(team) == 1 and team[0] == cell.agent:
        return people.of(cell.agent)
    if how is PutTogether.OF_THE_SHOP and cell.row is RowKind.TOTAL:
        return people.of(None)
    each = [one for one in map(people.of, team) if one is not None]
    as_mean = cell.row is RowKind.MEAN and not (how is PutTogether.AS_A_WHOLE and is_rate)
    if as_mean or how is PutTogether.MEAN_OF_AGENTS:
        return mean_of([one.figure for one in each], of=cell.rows if adds_up and not is_rate else None)
    return added_up(each) if adds_up else people.of(None)


def _named(cell: Cell, effect: Effect) -> tuple[str, ...]:
    name, _, other = effect.formula(cell.metric)
    return (name, other) if other else (name,)


def _by_days(one: tuple[Lookup, set[str]]) -> tuple[bool, str]:
    return (one[0].by_day, str(one[0].period))


def _joined(one: Amount | None, other: Amount | None, sign: str) -> Amount:
    left, right = (part.figure if part is not None else None for part in (one, other))
    if sign == "/":
        return Amount(left, right, is_ratio=True)
    return Amount(left - right if left is not None and right is not None else None)
