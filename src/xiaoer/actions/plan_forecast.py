"""The forecast of contacts as a page: days or intervals to come, what each rests on, how such forecasts did."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.plan_data import PlanAsk, PlanData, open_plan
from xiaoer.actions.plan_foretold import Foretold, modelled, planned_with
from xiaoer.actions.plan_kept import keep_forecast
from xiaoer.actions.plan_overrides import Said, overrides_of
from xiaoer.actions.render.cell_text import share_text
from xiaoer.actions.render.chart import Chart, ChartKind
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.wording import word
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue
from xiaoer.base.language import Language, say
from xiaoer.planning.forecast.backtest import TRIED_DAYS, Tried
from xiaoer.planning.forecast.bands import HIGH, LOW, QUANTILES
from xiaoer.planning.forecast.calendar import DayKind
from xiaoer.planning.forecast.forecast import Told, Why
from xiaoer.planning.forecast.history import Numbers
from xiaoer.planning.forecast.models import KNOWS_DAYS
from xiaoer.planning.forecast.score import Score, score
from xiaoer.store.home import Home

BY = ("day", "interval")
MOST_NAMED = 4
EXACT_BELOW = 100  # above, a tenth of a contact says nothing


def plan_forecast(
    home: Path, ask: PlanAsk, language: Language, *, by: str | None = None, tried_days: int = TRIED_DAYS
) -> Page:  # fmt: skip
    """Return the forecast as a page, one row per day or interval; a ReportableError says what can not be used.

    A forecast from the shop's own data is kept in the data folder, so that it can be scored when the days have come.
    """
    if by is not None and by not in BY:
        raise ReportableError.of("planning.unknown_by", values={"found": by[:20], "known": ", ".join(BY)})
    with open_plan(home, ask) as data:
        told = modelled(data, tried_days=tried_days)
    said = overrides_of(home, data.shop, data.kind) if data.shop is not None else ()
    found = kept_with(home, told, said)
    return forecast_page(found, language, by=by or ("interval" if data.period.first == data.period.last else "day"))


def kept_with(home: Path, told: Foretold, said: Said) -> Foretold:
    """Return a forecast with what people said of its days; as it is now, it is kept to be scored."""
    found = planned_with(told, said)
    keep_forecast(Home(home), found)
    return found


def forecast_page(found: Foretold, language: Language, *, by: str) -> Page:
    """Return a forecast as a page, by day or by interval."""
    data = found.data
    rows = _day_rows(found, language) if by == "day" else _interval_rows(found, language)
    columns = _columns(language, by=by, came=_any_came(data))
    title = [word("plan_forecast_title", language), data.whose, word(f"plan_kind_{data.kind}", language),
             word("period", language, first=data.period.first, last=data.period.last)]  # fmt: skip
    drawn = Chart(ChartKind.LINE, ("contacts",), word("plan_contacts", language))
    return Page(
        name="plan_forecast",
        title=" · ".join(title),
        columns=columns,
        rows=rows,
        language=language,
        data=forecast_json(found),
        lead=_lead(found, language),
        notes=tuple(_notes(found, language)),
        charts=(drawn,),
    )


def _columns(language: Language, *, by: str, came: bool) -> tuple[Column, ...]:
    def column(name: str, kind: Kind, *, fixed: bool = False) -> Column:
        return Column(name, word(f"plan_{name}", language), kind, fixed=fixed)

    place = (column("day", Kind.DAY, fixed=True), column("weekday" if by == "day" else "from", Kind.TEXT, fixed=True))
    told = tuple(column(name, Kind.NUMBER) for name in ("contacts", "low", "high"))
    more = (column("known_of_day", Kind.TEXT), column("model", Kind.TEXT)) if by == "day" else ()
    return (*place, *told, *((column("came", Kind.COUNT),) if came else ()), *more)


def _number(value: float) -> Cell:
    text = f"{value:,.0f}" if value >= EXACT_BELOW else f"{value:.1f}"
    return Cell(round(value, 1), text)


def _day_rows(found: Foretold, language: Language) -> tuple[tuple[Cell, ...], ...]:
    rows = []
    for told in found.made.days:
        quantiles = told.day_quantiles
        low, high = (float(quantiles[QUANTILES.index(level)]) for level in (LOW, HIGH))
        came = _came(found.data, told.day)
        weekday = word(f"weekday_{told.day.isoweekday()}", language)
        known = _known_of(told, found.data, language)
        counted = () if not _any_came(found.data) else (Cell(None, "–") if came is None else
                   Cell(int(came.sum()), f"{int(came.sum()):,}"),)  # fmt: skip
        counted = counted if isinstance(counted, tuple) else (counted,)
        model = word(f"plan_model_{told.model}", language)
        rows.append((
            Cell(told.day, str(told.day)), Cell(weekday, weekday),
            *(_number(one) for one in (told.total, low, high)), *counted,
            Cell(known, known), Cell(told.model, model),
        ))  # fmt: skip
    return tuple(rows)


def _interval_rows(found: Foretold, language: Language) -> tuple[tuple[Cell, ...], ...]:
    rows = []
    for told in found.made.days:
        came, quantiles = _came(found.data, told.day), told.quantiles
        low, high = (quantiles[QUANTILES.index(level)] for level in (LOW, HIGH))
        for place, contacts in enumerate(told.intervals):
            at = clock_text(found.data.clock_minute(place))
            told_of = (float(contacts), float(low[place]), float(high[place]))
            real = None if came is None or np.isnan(came[place]) else int(came[place])
            counted = (Cell(real, "–" if real is None else f"{real:,}"),) if _any_came(found.data) else ()
            rows.append((Cell(told.day, str(told.day)), Cell(at, at), *(_number(one) for one in told_of),
                         *counted))  # fmt: skip
    return tuple(rows)


def _came(data: PlanData, day: date) -> Numbers | None:
    place = (day - data.history.first).days
    known = 0 <= place < len(data.history.counts) and bool(data.history.known[place])
    return data.history.counts[place] if known else None


def _any_came(data: PlanData) -> bool:
    return any(_came(data, day) is not None for day in data.period.days())


def _known_of(told: Told, data: PlanData, language: Language) -> str:
    parts = []
    kind = data.calendar.kind(told.day)
    if kind is not DayKind.ORDINARY:
        name = data.calendar.kinds[told.day][1].in_language(language)
        parts.append(word(f"plan_day_{kind}", language, holiday=name))
    parts += [event.label.in_language(language) for event in data.calendar.events_on(told.day)[:1]]
    if told.override is not None:
        parts.append(word("plan_overridden", language, contacts=f"{told.contacts:,.0f}", reason=told.override.reason))
    return "，".join(parts) if language == "zh" else ", ".join(parts)


def _lead(found: Foretold, language: Language) -> tuple[str, ...]:
    days = found.made.days
    total = sum(told.total for told in days)
    busiest = max(days, key=lambda told: told.total)
    lead = word("plan_forecast_lead", language, total=f"{total:,.0f}", days=len(days), busiest=busiest.day,
                most=f"{busiest.total:,.0f}")  # fmt: skip
    return (lead,)


def _notes(found: Foretold, language: Language) -> list[str]:
    return [*(_said_trial(one, language) for one in found.made.backtest), *rests_on(found, language)]


def came_before(found: Foretold, days: int) -> list[tuple[date, float | None]]:
    """Return what came on each of the days before the forecast's first; None where it is not known."""
    first = found.data.period.first
    before = [first - timedelta(days=back) for back in range(days, 0, -1)]
    known = [(day, _came(found.data, day)) for day in before]
    return [(day, None if came is None else float(np.nansum(came))) for day, came in known]


def rests_on(found: Foretold, language: Language) -> list[str]:
    """Return what a reader should know of a forecast beside its backtest."""
    notes = [say(_called(issue, found.data, language), language) for issue in found.made.issues]
    notes += [*_said_models(found, language), *_said_effects(found, language)]
    came = _scored_against_reality(found)
    if came is not None and came.wape is not None:
        notes.append(word("plan_scored", language, days=came.days, wape=share_text(came.wape),
                          coverage=share_text(came.coverage)))  # fmt: skip
    return [*notes, word("plan_band_how", language)]


def _called(issue: Issue, data: PlanData, language: Language) -> Issue:
    """Return an issue in which an event is called as the reader calls it."""
    labels = {event.name: event.label.in_language(language) for event in data.calendar.events}
    named = issue.values.get("event")
    return replace(issue, values={**issue.values, "event": labels[str(named)]}) if named in labels else issue


def _said_trial(one: Tried, language: Language) -> str:
    own, other = one.scores[one.chosen], one.yardstick
    return word(
        "plan_tried", language, lead=one.lead, days=own.days, model=word(f"plan_model_{one.chosen}", language),
        wape=share_text(own.wape), other=share_text(other.wape), coverage=share_text(own.coverage),
        bias=share_text(own.bias),
    )  # fmt: skip


def _said_models(found: Foretold, language: Language) -> list[str]:
    """Return why some days have another model than the backtest names; nothing where none has."""
    best = {one.chosen for one in found.made.backtest}
    other = [told for told in found.made.days if told.why is Why.UNLIKE and told.model not in best]
    if not other or not best:
        return []
    shown = ", ".join(str(told.day)[5:] for told in other[:MOST_NAMED]) + (" …" if len(other) > MOST_NAMED else "")
    model = word(f"plan_model_{KNOWS_DAYS}", language)
    return [word("plan_unlike_days", language, days=len(other), shown=shown, model=model)]


def _said_effects(found: Foretold, language: Language) -> list[str]:
    said = []
    seen: set[str] = set()
    for told in found.made.days:
        for event in found.data.calendar.events_on(told.day)[:1]:
            effect = found.made.effects.special.get(event.name)
            if effect is None or event.name in seen:
                continue
            seen.add(event.name)
            times = f"{np.exp(effect.log):.2f}"
            name = event.label.in_language(language)
            if event.lift is None:
                said.append(word("plan_lift_measured", language, event=name, times=times, days=effect.days))
            else:
                said.append(word("plan_lift_entered", language, event=name, times=times, entered=f"{event.lift:.2f}"))
    return said


def _scored_against_reality(found: Foretold) -> Score | None:
    days = [told for told in found.made.days if _came(found.data, told.day) is not None]
    if not days:
        return None
    came = np.array([_came(found.data, told.day) for told in days])
    quantiles = np.array([told.quantiles for told in days]).transpose(1, 0, 2)
    return score(came, np.array([told.intervals for told in days]), quantiles)


def forecast_json(found: Foretold) -> dict[str, object]:
    """Return what scripts read: days, intervals, the backtest by model and distance, and what was asked."""
    data, made = found.data, found.made
    real = _scored_against_reality(found)
    return {
        "days": [_day_json(told, data) for told in made.days],
        "rows": [row for told in made.days for row in _rows_json(told, data)],
        "backtest": [_trial_json(one) for one in made.backtest],
        "against_reality": None if real is None else _score_json(real),
        "issues": [{"code": issue.code, **dict(issue.values)} for issue in made.issues],
        "meta": meta(data) | {"tried_days": found.tried_days, "quantiles": list(QUANTILES)},
    }


def meta(data: PlanData) -> dict[str, object]:
    """Return what scripts read about the asking."""
    return {
        "shop": data.shop,
        "kind": data.kind,
        "from": str(data.period.first),
        "to": str(data.period.last),
        "interval_minutes": data.minutes,
        "history": {"from": str(data.history.first), "to": str(_last_used(data.history.last, data.period))},
        "snapshot": data.snapshot,
    }


def _last_used(last: date, period: Period) -> date:
    return min(last, date.fromordinal(period.first.toordinal() - 1))


def _day_json(told: Told, data: PlanData) -> dict[str, object]:
    came = _came(data, told.day)
    return {
        "day": str(told.day), "days_ahead": told.lead, "model": told.model, "contacts": _rounded(told.total),
        "model_contacts": _rounded(told.contacts), **_quantiles_json(told.day_quantiles),
        "override": None if told.override is None else {"reason": told.override.reason, "author": told.override.author},
        "came": None if came is None else float(np.nansum(came)),
    }  # fmt: skip


def _rows_json(told: Told, data: PlanData) -> list[dict[str, object]]:
    came, quantiles = _came(data, told.day), told.quantiles
    return [
        {
            "day": str(told.day), "from": clock_text(data.clock_minute(place)), "contacts": _rounded(contacts),
            **_quantiles_json(quantiles[:, place]),
            "came": None if came is None or np.isnan(came[place]) else float(came[place]),
        }
        for place, contacts in enumerate(told.intervals)
    ]  # fmt: skip


def _quantiles_json(values: Iterable[float]) -> dict[str, float]:
    return {f"q{round(level * 100)}": _rounded(value) for level, value in zip(QUANTILES, values, strict=True)}


def _rounded(value: float) -> float:
    return round(float(value), 4)


def _trial_json(one: Tried) -> dict[str, object]:
    models: Mapping[str, object] = {name: _score_json(score) for name, score in one.scores.items()}
    return {"days_ahead": one.lead, "chosen": one.chosen, "models": models}


def _score_json(score: Score) -> dict[str, object]:
    return {
        "days": score.days, "wape": score.wape, "bias": score.bias, "pinball": score.pinball,
        "coverage_80": score.coverage,
    }  # fmt: skip
