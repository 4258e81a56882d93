"""Adherence as a page: a roster against who was online, by person, day or interval, and what it did to service."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.plan_data import PlanAsk
from xiaoer.actions.plan_duties import Duty
from xiaoer.actions.plan_needed import NeedAsk
from xiaoer.actions.plan_roster_kept import Adherence, Person, adherence_of
from xiaoer.actions.render.cell_text import cell_of, cell_text
from xiaoer.actions.render.chart import Chart, ChartKind
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.wording import word
from xiaoer.base.days import MICROS_PER_SECOND
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.language import Language, say
from xiaoer.planning.adherence import Kept
from xiaoer.planning.adherence.adherence import NOTHING

BY = ("agent", "day", "interval")


def plan_adherence(
    home: Path, ask: PlanAsk, duties: Sequence[Duty], need: NeedAsk, language: Language, *, by: str | None = None
) -> Page:
    """Return how a roster was kept as a page; a ReportableError says what of it can not be used."""
    if by is not None and by not in BY:
        raise ReportableError.of("planning.unknown_by", values={"found": by[:20], "known": ", ".join(BY)})
    return adherence_page(adherence_of(home, ask, duties, need), language, by=by or BY[0])


def adherence_page(found: Adherence, language: Language, *, by: str) -> Page:
    """Return how a roster was kept as a page, by agent, by agent and day, or by interval."""
    pages = {"agent": _person_page, "day": _day_page, "interval": _interval_page}
    return pages[by](found, language)


def _seconds(micros: int) -> float:
    return micros / MICROS_PER_SECOND


COLUMNS = (
    ("shifts", Kind.COUNT), ("missed", Kind.COUNT), ("late_shifts", Kind.COUNT), ("planned_seconds", Kind.SECONDS),
    ("present_seconds", Kind.SECONDS), ("late_seconds", Kind.SECONDS), ("early_seconds", Kind.SECONDS),
    ("between_seconds", Kind.SECONDS), ("overtime_seconds", Kind.SECONDS), ("adherence_share", Kind.SHARE),
    ("conformance_share", Kind.SHARE),
)  # fmt: skip


def _values(days: Iterable[Kept]) -> dict[str, Value]:
    """Return the figures of some days of somebody, or of everybody."""
    all_days = list(days)
    kept = sum(all_days, NOTHING)
    shifts = [one for one in all_days if one.planned]
    shares = [None if share is None else float(share) for share in (kept.adherence, kept.conformance)]
    return {
        "shifts": len(shifts), "missed": sum(one.missing for one in shifts),
        "late_shifts": sum(one.late > 0 for one in shifts),
        **{f"{name}_seconds": _seconds(getattr(kept, name)) for name in
           ("planned", "present", "late", "early", "between", "overtime")},
        "adherence_share": shares[0], "conformance_share": shares[1],
    }  # fmt: skip


def _whole(people: Sequence[Person]) -> dict[str, Value]:
    return _values(kept for one in people for kept in one.days.values())


def _cells(days: Iterable[Kept], names: Sequence[tuple[str, Kind]], language: Language) -> tuple[Cell, ...]:
    values = _values(days)
    return tuple(cell_of(kind, values[name], language) for name, kind in names)


def _column(name: str, kind: Kind, language: Language, *, fixed: bool = False) -> Column:
    return Column(name, word(f"plan_{name}", language), kind, fixed=fixed)


def _with_service(page: Page, language: Language) -> Page:
    return replace(page, notes=(*page.notes, word("plan_adherence_service", language)))


def _person_page(found: Adherence, language: Language) -> Page:
    rows = tuple((Cell(one.agent, one.shown), *_cells(one.days.values(), COLUMNS, language)) for one in found.people)
    every = [kept for one in found.people for kept in one.days.values()]
    columns = (_column("agent", Kind.TEXT, language, fixed=True), *(_column(*one, language) for one in COLUMNS))
    total = (Cell(None, word("total", language)), *_cells(every, COLUMNS, language))
    page = _with_service(_page(found, language), language)
    return replace(page, rows=rows, columns=columns, total=total)


def _day_page(found: Adherence, language: Language) -> Page:
    names = [one for one in COLUMNS if one[0] not in ("shifts", "late_shifts")]
    rows = tuple(
        (Cell(day, str(day)), Cell(one.agent, one.shown), *_cells([kept], names, language))
        for one in found.people
        for day, kept in one.days.items()
        if kept.planned
    )
    columns = (_column("day", Kind.DAY, language, fixed=True), _column("agent", Kind.TEXT, language, fixed=True),
               *(_column(*one, language) for one in names))  # fmt: skip
    return replace(_page(found, language), rows=rows, columns=columns)


def _interval_page(found: Adherence, language: Language) -> Page:
    names = (("day", Kind.DAY), ("from", Kind.TEXT), ("planned", Kind.NUMBER), ("present", Kind.NUMBER),
             ("contacts", Kind.NUMBER), ("planned_level", Kind.SHARE), ("present_level", Kind.SHARE))  # fmt: skip
    fixed = ("day", "from")
    columns = tuple(_column(name, kind, language, fixed=name in fixed) for name, kind in names)
    rows = tuple(
        (
            Cell(one.day, str(one.day)), Cell(clock_text(one.minute), clock_text(one.minute)),
            *(cell_of(Kind.NUMBER, None if value is None else round(value, 2), language)
              for value in (one.planned, one.present, one.contacts)),
            *(cell_of(Kind.SHARE, value, language) for value in (one.planned_level, one.present_level)),
        )
        for one in found.intervals
    )  # fmt: skip
    charts = tuple(Chart(ChartKind.LINE, (name,), word(f"plan_{name}", language)) for name in ("planned", "present"))
    return replace(_with_service(_page(found, language), language), columns=columns, rows=rows, charts=charts)


def _page(found: Adherence, language: Language) -> Page:
    """Return the page without its table."""
    data, said = found.data, []
    if found.unknown:
        names = word("plan_names", language).join(found.unknown)
        said.append(say(Issue("planning.roster_unknown", Severity.NOTE, values={"names": names}), language))
    if found.later is not None:
        said.append(say(found.later, language))
    title = [word("plan_adherence_title", language), data.whose,
             word("period", language, first=data.period.first, last=data.period.last)]  # fmt: skip
    return Page(
        name="plan_adherence",
        title=" · ".join(title),
        columns=(),
        rows=(),
        language=language,
        data=_json(found),
        lead=_lead(found, language),
        notes=(*said, word("plan_adherence_how", language)),
    )


def _lead(found: Adherence, language: Language) -> tuple[str, ...]:
    whole = _whole(found.people)
    lines = [word("plan_adherence_lead", language, share=cell_text(Kind.SHARE, whole["adherence_share"], language),
                  missed=whole["missed"], late=whole["late_shifts"], shifts=whole["shifts"])]  # fmt: skip
    hurt = [one for one in found.intervals if one.planned_level is not None and one.present_level is not None]
    worst = max(hurt, key=lambda one: (one.planned_level or 0) - (one.present_level or 0), default=None)
    if worst is not None and (worst.planned_level or 0) - (worst.present_level or 0) > 0.01:
        lines.append(word(
            "plan_adherence_worst", language, when=f"{worst.day} {clock_text(worst.minute)}",
            planned=f"{worst.planned:.1f}", present=f"{worst.present:.1f}",
            before=cell_text(Kind.SHARE, worst.planned_level, language),
            after=cell_text(Kind.SHARE, worst.present_level, language),
        ))  # fmt: skip
    return tuple(lines)


def _json(found: Adherence) -> dict[str, object]:
    from xiaoer.actions.plan_forecast import meta

    return {
        "rows": [{"agent": one.agent, **_values(one.days.values())} for one in found.people],
        "days": [{"agent": one.agent, "day": str(day), **_values([kept])} for one in found.people
                 for day, kept in one.days.items() if kept.planned],
        "intervals": [
            {"day": str(one.day), "from": clock_text(one.minute), "planned": one.planned, "present": one.present,
             "contacts": one.contacts, "planned_level": one.planned_level, "present_level": one.present_level}
            for one in found.intervals
        ],
        "meta": meta(found.data),
    }  # fmt: skip
