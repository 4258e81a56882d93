"""What an agent's figure would be at the team's hours and traffic, stratum by stratum."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from xiaoer.actions.comparison_cells import reads_alike
from xiaoer.actions.explain_ask import ExplainAsk
from xiaoer.actions.figure_column import kind_of
from xiaoer.actions.render.cell_text import cell_text, share_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.report import asked_period
from xiaoer.actions.report_of import report_of
from xiaoer.actions.shop_data import asked_account, open_shops
from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.metrics import (
    UNIT_WORDS,
    Dimension,
    LoadAdjusted,
    Metric,
    Request,
    Stratum,
    Unknown,
    adjusted_rows,
    compared,
    exact_figure,
    exact_of,
    in_unit,
    json_value,
    metric_named,
    place_of,
    strata_request,
)
from xiaoer.metrics.measure import Part, measures_of
from xiaoer.metrics.relations import Holds

InUnit = Callable[[Fraction, Fraction], Fraction | None]


def explain_load(home: Path, ask: ExplainAsk, language: Language) -> Page:
    """Return the strata behind a load-adjusted figure; a ReportableError names what does not exist or is not said."""
    period = asked_period(ask.first, ask.last)
    if ask.agent is None or ask.day is not None:
        raise ReportableError.of("metrics.load_of_whom")
    with open_shops(home, ask.shop, snapshot=ask.snapshot, engine=ask.engine) as data:
        metric = metric_named(ask.metric, dict(data.metrics))
        policy = data.policy(ask.policy, period.last)
        request = Request(
            period, (metric.name,), by=(Dimension.AGENT,), shop=data.shop, policy=policy, settings=data.settings
        )
        with data.session(request) as engine:
            agent = asked_account(data, engine, ask.agent)
            report = report_of(data, engine, request)
            strata = report_of(data, engine, strata_request(request, data.metrics)).rows
        found = adjusted_rows(metric, data.metrics, request=request, rows=report.rows, strata=strata)
        result = found.get((agent,), LoadAdjusted(unknown=Unknown.NO_FIGURE))
        row = next((row for row in report.rows if place_of(row) == (agent,)), None)
        own = exact_of(metric, row, data.metrics) if row is not None else None
        holds = next(iter(measures_of(metric, data.metrics).values())).holds
    title = [str(agent), word("period", language, first=period.first, last=period.last)]
    return _Load(metric, result, own, holds, language).page(" · ".join(title), _asked(ask, agent, policy))


def _asked(ask: ExplainAsk, agent: str | None, policy: str) -> dict[str, object]:
    return {"metric": ask.metric, "agent": agent, "from": ask.first, "to": ask.last, "policy": policy}


class _Load:
    """One adjusted figure as a page."""

    def __init__(
        self, metric: Metric, result: LoadAdjusted, own: Fraction | None, holds: Holds, language: Language
    ) -> None:
        self.metric, self.result, self.own, self.holds, self.language = metric, result, own, holds, language

    def page(self, whose: str, asked: dict[str, object]) -> Page:
        result, language = self.result, self.language
        label = self.metric.label.in_language(language)
        if result.unknown is not None:
            why = word(f"unknown_{result.unknown.value}", language)
            title = word("load_title_none", language, metric=label, why=why)
        else:
            title = word("load_title", language, metric=label, value=self._figure(result.adjusted))
        strata = sorted(result.strata, key=_in_order)
        return Page(
            name="load",
            title=f"{title} · {whose}",
            columns=self._columns(),
            rows=tuple(map(self._cells, strata)),
            language=language,
            data={**asked, **self._data(strata)},
            lead=self._lead(),
            notes=tuple(self._notes()),
            total=self._total(strata) if strata else None,
        )

    def _lead(self) -> tuple[str, ...]:
        result = self.result
        if result.unknown is not None:
            return ()
        sums = {
            name: self._sum(value) for name, value in (("observed", result.observed), ("expected", result.expected))
        }
        figures = {name: self._figure(value) for name, value in (("adjusted", result.adjusted), ("team", result.team))}
        return (word("load_formula", self.language, **sums, **figures),)

    def _notes(self) -> list[str]:
        result, language = self.result, self.language
        if not result.strata:
            return []
        notes = [word("load_note_expected", language)]
        if result.shared is not None and result.shared < 1:
            notes.append(word("load_note_shared", language, share=share_text(float(result.shared))))
        held = compared(self.metric, self.own, result.adjusted)
        if held.verdict is not None and held.difference is not None:
            alike = reads_alike(self.metric, held.difference)
            said = word("verdict_is_same" if alike else f"load_is_{held.verdict.value}", language)
            value, adjusted = self._figure(self.own), self._figure(result.adjusted)
            notes.append(word("load_note_figure", language, value=value, adjusted=adjusted, verdict=said))
        return notes

    def _columns(self) -> tuple[Column, ...]:
        kind, summed = kind_of(self.metric), self._summed
        unit = UNIT_WORDS[self.metric.unit].in_language(self.language) if summed is Kind.SECONDS else ""
        kinds = {
            "day_kind": Kind.TEXT, "hour": Kind.TEXT, "traffic": Kind.TEXT, "cases": Kind.COUNT, "own": kind,
            "team_cases": Kind.COUNT, "team": kind, "observed": summed, "expected": summed,
        }  # fmt: skip
        return tuple(
            Column(name, word(f"load_{name}", self.language), each, bare_unit=unit if each is Kind.SECONDS else "")
            for name, each in kinds.items()
        )

    @property
    def _summed(self) -> Kind:
        """Return what a sum of numerators is: counts of a share, the unit itself of a mean."""
        kind = kind_of(self.metric)
        return Kind.NUMBER if kind in (Kind.SHARE, Kind.COUNT) else kind

    def _cells(self, one: Stratum) -> tuple[Cell, ...]:
        kind = str(one.of["day_kind"])
        hour = f"{one.of['hour']:02}:00" if one.of.get("hour") is not None else ""
        words = (word(f"day_kind_{kind}", self.language), hour, word(f"traffic_{one.of['traffic']}", self.language))
        return (
            *(Cell(text, text) for text in words),
            *self._numbers(one.own, one.cases, one.team, one.team_cases, one.expected),
        )

    def _total(self, strata: list[Stratum]) -> tuple[Cell, ...]:
        label = word("total", self.language)
        own = sum((one.own for one in strata), Fraction(0))
        cases = sum((one.cases for one in strata), Fraction(0))
        expected = sum((one.expected for one in strata), Fraction(0))
        numbers = self._numbers(own, cases, Fraction(0), Fraction(0), expected)
        # The team's cases at hours that this agent has none of are not listed, so there is no sum of them here.
        empty = Cell("", "")
        return (Cell(label, label), empty, empty, *numbers[:2], empty, empty, *numbers[4:])

    def _numbers(
        self, own: Fraction, cases: Fraction, team: Fraction, team_cases: Fraction, expected: Fraction
    ) -> tuple[Cell, ...]:
        rates = [self._in_unit(over, under) if under else None for over, under in ((own, cases), (team, team_cases))]
        sums = [self._in_unit(value, Fraction(1)) for value in (own, expected)]
        figures = [None if rate is None else in_unit(self.metric, rate) for rate in rates]
        texts = [self._figure(rate) for rate in rates]
        return (
            Cell(_plain(cases), f"{_plain(cases):,}"),
            Cell(figures[0], texts[0]),
            Cell(_plain(team_cases), f"{_plain(team_cases):,}"),
            Cell(figures[1], texts[1]),
            *(Cell(None if value is None else _plain(value), self._sum(value)) for value in sums),
        )

    def _in_unit(self, over: Fraction, under: Fraction) -> Fraction | None:
        return exact_figure(self.metric, {Part.NUMERATOR: over, Part.DENOMINATOR: under}, self.holds)

    def _figure(self, exact: Fraction | None) -> str:
        value = None if exact is None else in_unit(self.metric, exact)
        return cell_text(kind_of(self.metric), value, self.language)

    def _sum(self, exact: Fraction | None) -> str:
        value = None if exact is None else _plain(exact)
        whole = isinstance(value, int) and self._summed is Kind.NUMBER
        return cell_text(Kind.COUNT if whole else self._summed, value, self.language)

    def _data(self, strata: list[Stratum]) -> dict[str, object]:
        result = self.result
        return {
            "value": self._json(self.own),
            "adjusted": self._json(result.adjusted),
            "team": self._json(result.team),
            "observed": self._json(result.observed),
            "expected": self._json(result.expected),
            "with_colleagues_share": None if result.shared is None else float(result.shared),
            "unknown": None if result.unknown is None else result.unknown.value,
            "strata": [
                {
                    **{name: json_value(value) for name, value in one.of.items()},
                    "cases": _plain(one.cases),
                    "own": self._json(self._in_unit(one.own, one.cases)),
                    "team_cases": _plain(one.team_cases),
                    "team": self._json(self._in_unit(one.team, one.team_cases)),
                    "observed": self._json(self._in_unit(one.own, Fraction(1))),
                    "expected": self._json(self._in_unit(one.expected, Fraction(1))),
                }
                for one in strata
            ],
        }

    @staticmethod
    def _json(exact: Fraction | None) -> int | float | None:
        return None if exact is None else _plain(exact)


def _in_order(one: Stratum) -> tuple[str, int, str]:
    """Workdays before weekends, through the day."""
    hour = one.of["hour"]
    assert isinstance(hour, int)
    return ("" if one.of["day_kind"] == "workday" else "weekend", hour, str(one.of["traffic"]))


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else value.numerator / value.denominator
