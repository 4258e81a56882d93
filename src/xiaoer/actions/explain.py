"""The rows behind a figure: the formula with its numbers, what decided, and every row with what it adds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from xiaoer.actions.corrections import bears_on, correction_json, corrections_within, decided_by, marked, said
from xiaoer.actions.explain_ask import ExplainAsk
from xiaoer.actions.explain_row import of_people, row_of, row_said
from xiaoer.actions.explain_state import ExplainState, explain_state
from xiaoer.actions.figure_column import kind_of
from xiaoer.actions.render.cell_text import NOTHING, cell_of, cell_text, seconds_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.report import asked_period
from xiaoer.actions.report_of import report_of
from xiaoer.actions.shop_data import ShopData, asked_account, in_zone, open_shops, short_name
from xiaoer.actions.wording import word
from xiaoer.base.corrections import Correction
from xiaoer.base.days import MICROS_PER_SECOND, parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.settings import ShopSettings, declared_settings
from xiaoer.metrics import (
    Dimension,
    ExplainedRow,
    Explanation,
    Figure,
    Found,
    Metric,
    Question,
    Request,
    Row,
    Unit,
    assemble_explanation,
    compile_explain,
    days_of_row,
    json_value,
    metric_named,
)
from xiaoer.metrics.measure import Measure, Part, measures_of
from xiaoer.metrics.relations import Holds
from xiaoer.store.engine_session import EngineSession


@dataclass(frozen=True)
class Shown:
    """The metric of an explanation, what it is made of, the corrections that may have decided it, and who reads it."""

    metric: Metric
    measures: Mapping[Part, Measure]
    settings: ShopSettings
    language: Language
    corrections: tuple[Correction, ...]
    of_these_days: tuple[Correction, ...]
    state: ExplainState

    def told(self, explanation: Explanation) -> list[Correction]:
        """Return the corrections to tell of: those that decided a row, and those that may have taken one away."""
        decided = {one.id for row in explanation.rows if (one := decided_by(row, self.corrections)) is not None}
        return [one for one in self.corrections if one.id in decided or one in self.of_these_days]


def explain(home: Path, ask: ExplainAsk, language: Language) -> Page:
    """Return the explanation as a page; a ReportableError names what does not exist, with near names."""
    period = asked_period(ask.first, ask.last)
    day = parse_day(ask.day, name="--day") if ask.day else None
    with open_shops(home, ask.shop, snapshot=ask.snapshot, engine=ask.engine) as data:
        metric = metric_named(ask.metric, dict(data.metrics))
        policy = data.policy(ask.policy, period.last)
        request = Request(period, (metric.name,), by=(), shop=data.shop, policy=policy, settings=data.settings)
        if day is not None and not period.first <= day <= period.last:
            raise ReportableError.of("cli.day_outside", values={"day": str(day)})
        with data.session(request) as engine:
            agent = asked_account(data, engine, ask.agent)
            question = Question(metric.name, request, row_of(agent, day, ask.of))
            explanation = assemble_explanation(
                question,
                data.metrics,
                rows=engine.query(compile_explain(question, data.metrics)),
                found=Found(tables=data.tables, coverage=data.coverage, snapshot=data.snapshot.seq),
            )
            reported = _reported(data, engine, question)
            _must_agree(explanation, reported.figures[metric.name] if reported is not None else None)
        days = days_of_row({one.value: value for one, value in question.where.items()}, period)
        state = explain_state(
            metric, dict(data.metrics), reported, days=days, coverage=data.coverage, settings=data.settings,
        )  # fmt: skip
        near = [one for one in corrections_within(data, days) if bears_on(one, agent)]
        shown = Shown(
            metric, measures_of(metric, data.metrics), data.settings, language,
            tuple(one for one in data.snapshot.corrections if one.shop in data.shops), tuple(near), state,
        )  # fmt: skip
        who = [_who(data, agent, language)] if agent is not None or not of_people(question.where) else []
        page = _page(explanation, question, shown, who=" · ".join([*who, *row_said(question.where, language)]))
        return replace(page, notes=(*page.notes, *data.remarks(language)))


def _reported(data: ShopData, engine: EngineSession, question: Question) -> Row | None:
    """Return the row of the report that has the figure."""
    asked = question.asked
    wanted = {dimension.value: value for dimension, value in question.where.items()}
    rows = report_of(data, engine, asked).rows
    return next((row for row in rows if all(row.dimensions[name] == wanted[name] for name in wanted)), None)


def _must_agree(explanation: Explanation, reported: Figure | None) -> None:
    """Stop at a bug of ours rather than show rows that do not add up to the report's figure."""
    if reported is not None and reported != explanation.figure:
        raise AssertionError(f"{explanation.metric}: rows give {explanation.figure}, the report {reported}")


def _who(data: ShopData, agent: str | None, language: Language) -> str:
    """Return whose figure it is: the person's name with the account, the account alone, or the whole shop."""
    if agent is None:
        return word("whole_shop", language)
    name = data.agent_names.get(agent)
    return (
        agent
        if name in (None, short_name(agent))
        else (f"{name}（{agent}）" if language != "en" else f"{name} ({agent})")
    )


def _page(explanation: Explanation, question: Question, shown: Shown, *, who: str) -> Page:
    metric, language = shown.metric, shown.language
    period = question.request.period
    day = question.where.get(Dimension.DAY)
    days = str(day) if day is not None else word("period", language, first=period.first, last=period.last)
    value = cell_text(kind_of(metric), explanation.figure, language)
    columns, rows = _columns(language), [_cells(row, shown) for row in explanation.rows]
    kept = [place for place in range(len(columns)) if not rows or any(row[place].value is not None for row in rows)]
    return Page(
        name="explain",
        title=f"{metric.label.in_language(language)} {value} · {who} · {days}",
        columns=tuple(columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in rows),
        language=language,
        data=_data(explanation, question, shown),
        lead=(
            explanation.formula.in_language(language),
            word(f"policy_{explanation.policy}", language) + _settings_line(explanation, language),
        ),
        notes=_sums(explanation, shown, value=value),
        about=tuple(
            (f"{name} = {text or NOTHING}", declared_settings()[name].help.in_language(language))
            for name, text in explanation.settings.items()
        ),
    )


def _columns(language: Language) -> list[Column]:
    instants = ("start_at", "end_at", "order_created_at", "order_paid_at")
    kinds = {"day": Kind.DAY, "mature_on": Kind.DAY, "adds": Kind.NUMBER} | dict.fromkeys(instants, Kind.INSTANT)
    names = (
        "part", "day", "start_at", "end_at", "buyer", "agent", "reference", "order_created_at", "order_paid_at",
        "reason", "other_agent", "buyer_by", "correction", "mature_on", "adds",
    )  # fmt: skip
    return [Column(name, word(f"row_{name}", language), kinds.get(name, Kind.TEXT)) for name in names]


def _cells(row: ExplainedRow, shown: Shown) -> tuple[Cell, ...]:
    language = shown.language
    reason = word(f"reason_{row.reason}", language) if row.reason else None
    plain: tuple[Value, ...] = (
        row.day, row.start_at, row.end_at, row.buyer, row.agent, row.reference, row.order_created_at,
        row.order_paid_at, reason, row.other_agent,
    )  # fmt: skip
    part = word(f"part_{row.part.value}", language)
    number = None if row.adds is None else number_of(row.adds)
    decided = decided_by(row, shown.corrections)
    mark = marked(decided, language) if decided is not None else None
    mature_on = shown.state.mature_on(row.day)
    return (
        Cell(part, part),
        *(cell_of(Kind.TEXT, value, language) for value in (*plain, _buyer_by(row, language), mark, mature_on)),
        Cell(number, _adds_text(row.adds, row.part, shown)),
    )


def _buyer_by(row: ExplainedRow, language: Language) -> str | None:
    """Return how the buyer of the row's order was found; None where the order says who it is."""
    if row.buyer_by is None:
        return None
    return word(f"buyer_by_{row.buyer_by}", language, confidence=row.buyer_confidence)


def number_of(value: Fraction) -> int | float:
    """Return an exact value as the nearest number of JSON."""
    return int(value) if value.denominator == 1 else value.numerator / value.denominator


def _adds_text(adds: Fraction | None, part: Part, shown: Shown) -> str:
    """Return what a row (or the sum of rows) adds, as people read it; durations of a share come in microseconds."""
    if adds is None:
        return NOTHING
    metric, holds = shown.metric, shown.measures[part].holds
    if holds is Holds.MICROS:
        in_unit = metric.unit in (Unit.SECONDS, Unit.HOURS) and part is not Part.DENOMINATOR
        seconds = adds * (3600 if metric.unit is Unit.HOURS else 1) if in_unit else adds / MICROS_PER_SECOND
        return seconds_text(float(seconds), shown.language)
    if holds is Holds.INSTANT:
        return cell_text(Kind.INSTANT, in_zone(int(adds), shown.settings), shown.language)
    if holds is Holds.MONEY:
        return cell_text(Kind.YUAN, Decimal(adds.numerator) / adds.denominator, shown.language)
    return cell_text(Kind.COUNT, number_of(adds), shown.language)


def _settings_line(explanation: Explanation, language: Language) -> str:
    """Return the settings in force that are not the usual ones."""
    declared = declared_settings()
    changed = [
        f"{declared[name].label.in_language(language)} = {value or NOTHING}"
        for name, value in explanation.settings.items()
        if value != declared[name].default
    ]
    return " · " + word("settings_changed", language, settings="，".join(changed)) if changed else ""


def _parts(explanation: Explanation) -> dict[str, Fraction | None]:
    """Return the sum of each part that is put together by adding."""
    sums: dict[str, Fraction | None] = {}
    for part, how in explanation.put_together.items():
        adds = [row.adds for row in explanation.rows if row.part is part and row.adds is not None]
        sums[part.value] = sum(adds, Fraction(0)) if how == "sum" else None
    return sums


def _sums(explanation: Explanation, shown: Shown, *, value: str) -> tuple[str, ...]:
    language = shown.language
    if explanation.figure is None and not explanation.rows:
        state = shown.state.notes(language)
        return (word("no_rows_behind", language), *state, *(said(one, language) for one in shown.told(explanation)))
    notes = []
    for part, how in explanation.put_together.items():
        rows = sum(row.part is part for row in explanation.rows)
        total = _parts(explanation)[part.value]
        label = word(f"part_{part.value}", language)
        if total is None:
            notes.append(
                word(
                    "put_together", language, part=label, rows=f"{rows:,}", how=word(f"how_{how.split()[0]}", language)
                )
            )
        else:
            text = _adds_text(total, part, shown)
            notes.append(word("adds_up", language, part=label, rows=f"{rows:,}", total=text))
    told = [said(one, language) for one in shown.told(explanation)]
    return (*notes, word("agrees", language, value=value), *shown.state.notes(language), *told)


def _data(explanation: Explanation, question: Question, shown: Shown) -> Mapping[str, object]:
    made = explanation.to_json()
    rows = made["rows"]
    assert isinstance(rows, list)
    for row, plain in zip(explanation.rows, rows, strict=True):
        decided = decided_by(row, shown.corrections)
        plain |= {"correction": decided.id} if decided is not None else {}
        mature_on = shown.state.mature_on(row.day)
        plain |= {"mature_on": str(mature_on)} if mature_on is not None else {}
    sums = {part: None if total is None else number_of(total) for part, total in _parts(explanation).items()}
    period, day = question.request.period, question.where.get(Dimension.DAY)
    assert day is None or isinstance(day, date)
    return {
        "metric": explanation.metric,
        "agent": question.where.get(Dimension.AGENT),
        "from": str(period.first),
        "to": str(period.last),
        **({"day": str(day)} if day is not None else {}),
        **{
            dimension.value: json_value(value)
            for dimension, value in question.where.items()
            if dimension not in (Dimension.AGENT, Dimension.DAY)
        },
        "policy": explanation.policy,
        "value": json_value(explanation.figure),
        "numerator": sums.get("numerator"),
        "denominator": sums.get("denominator"),
        "put_together": made["put_together"],
        "formula": made["formula"],
        "rows": rows,
        "corrections": [correction_json(one) for one in shown.told(explanation)],
        "state": shown.state.to_json(),
        "settings": made["settings"],
    }
