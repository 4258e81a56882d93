"""The check of calls: does abandonment fall where the service level rises? The verdict first, then every interval."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from xiaoer.actions.call_data import CallData, CallsAsk, open_calls
from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.figure_column import figure_column
from xiaoer.actions.render.cell_text import cell_of, cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.base.settings import check_setting
from xiaoer.metrics import (
    ALPHA,
    FEWEST_INTERVALS,
    CallCheck,
    CallCounts,
    CallInterval,
    added_up,
    check_calls,
    rounded,
)

SMALLEST_SHOWN = 0.001
# The columns that are metrics of the catalog, and how each is counted for an interval.
FIGURES: dict[str, Callable[[CallCounts], int | Fraction | None]] = {
    "offered_calls": lambda counts: counts.offered,
    "answered_in_time_calls": lambda counts: counts.in_time,
    "abandoned_calls": lambda counts: counts.abandoned,
    "service_level_share": lambda counts: counts.service_level,
    "abandonment_share": lambda counts: counts.abandonment,
    "average_speed_of_answer_seconds": lambda counts: counts.answer_seconds,
}


def calls_check(home: Path, ask: CallsAsk, language: Language, *, least: str | None = None) -> Page:
    """Return the check as a page; `least` calls make an interval usable, else as the shop has set."""
    setting = "call_check_least_calls"
    checked = None if least is None else check_setting(setting, least)
    with open_calls(home, ask) as calls:
        fewest = int(checked or calls.settings.text(setting))
        check = check_calls(calls.intervals, least=fewest)
        columns = _columns(calls, language)
        used = set(check.used)
        return Page(
            name="calls_check",
            title=calls.title(word("calls_check_title", language), language),
            columns=columns,
            rows=tuple(_cells(one, columns, used=one in used, language=language) for one in calls.intervals),
            total=_total(added_up(calls.intervals), columns, language) if calls.intervals else None,
            language=language,
            data=_json(calls, check, fewest),
            lead=tuple(_lead(calls, check, language)),
            notes=tuple(_notes(calls, check, fewest, language)),
            about=tuple((column.label, column.help) for column in columns if column.help),
        )


def _columns(calls: CallData, language: Language) -> tuple[Column, ...]:
    return (
        Column("day", word("by_day", language), Kind.DAY, fixed=True),
        Column("interval", word("calls_interval", language), fixed=True),
        *(figure_column(calls.data.metrics[name], language) for name in FIGURES),
        Column("counted", word("calls_counted", language), help=word("calls_counted_help", language)),
    )


def _cells(one: CallInterval, columns: tuple[Column, ...], *, used: bool, language: Language) -> tuple[Cell, ...]:
    counted = word("yes", language) if used else word("no", language)
    return (
        Cell(one.day, str(one.day)),
        Cell(text := clock_text(one.minute), text),
        *_figures(one.counts, columns, language),
        Cell(counted, counted),
    )


def _total(counts: CallCounts, columns: tuple[Column, ...], language: Language) -> tuple[Cell, ...]:
    label = word("total", language)
    return (Cell(label, label), Cell("", ""), *_figures(counts, columns, language), Cell("", ""))


def _figures(counts: CallCounts, columns: tuple[Column, ...], language: Language) -> list[Cell]:
    kinds = {column.name: column.kind for column in columns}
    values = {name: plain_value(read(counts)) for name, read in FIGURES.items()}
    return [cell_of(kinds[name], value, language) for name, value in values.items()]


def plain_value(value: int | Fraction | None) -> Value:
    """Return a count as it is and a quotient as a float."""
    return value if value is None or isinstance(value, int) else value.numerator / value.denominator


def _lead(calls: CallData, check: CallCheck, language: Language) -> list[str]:
    """Return the verdict and, where it is bad, what may be the matter."""
    correlation = check.correlation
    said = word(
        f"calls_verdict_{check.verdict}", language, used=f"{len(check.used):,}", fewest=FEWEST_INTERVALS,
        rho=_rho(correlation.rho), p=_p_value(correlation.p_value),
    )  # fmt: skip
    if not check.flagged and not check.suspicions:
        return [said]
    seconds = calls.settings.text("service_level_seconds")
    found = [
        word(
            f"calls_suspect_{name}",
            language,
            share=cell_text(Kind.SHARE, plain_value(share), language),
            seconds=seconds,
        )
        for name, share in check.suspicions.items()
    ]
    return [said, *(found or [word("calls_suspect_nothing", language, seconds=seconds)])]


def _rho(rho: float | None) -> str:
    return "" if rho is None else f"{rounded(rho, 2):+}".replace("-", "−")


def _p_value(p_value: float | None) -> str:
    if p_value is None:
        return ""
    return f"< {SMALLEST_SHOWN}" if p_value < SMALLEST_SHOWN else f"= {rounded(p_value, 3)}"


def _notes(calls: CallData, check: CallCheck, least: int, language: Language) -> list[str]:
    left_out = [word("calls_left_out", language, number=f"{check.left_out:,}", least=least)] if check.left_out else []
    how = word("calls_check_how", language, alpha=ALPHA, seconds=calls.settings.text("service_level_seconds"))
    return [*left_out, how, *calls.data.remarks(language)]


def _json(calls: CallData, check: CallCheck, least: int) -> dict[str, object]:
    used = set(check.used)
    return {
        "check": {
            "verdict": check.verdict.value,
            "flagged": check.flagged,
            "rho": check.correlation.rho,
            "p_value": check.correlation.p_value,
            "alpha": ALPHA,
            "intervals": len(check.used),
            "left_out": check.left_out,
            "least_calls": least,
            "suspicions": {name.value: plain_value(share) for name, share in check.suspicions.items()},
        },
        "rows": [
            {"day": str(one.day), "interval": clock_text(one.minute)}
            | {name: plain_value(read(one.counts)) for name, read in FIGURES.items()}
            | {"counted": one in used}
            for one in calls.intervals
        ],
        "meta": calls.meta(),
    }
