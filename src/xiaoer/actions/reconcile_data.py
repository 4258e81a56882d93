"""A reconciliation as scripts read it."""

from fractions import Fraction

from xiaoer.actions.explain import number_of
from xiaoer.actions.reconcile_context import Reconciled
from xiaoer.base.language import Language
from xiaoer.metrics.explanation import row_json
from xiaoer.reconcile.cause import Variant
from xiaoer.reconcile.judge import Judged
from xiaoer.reconcile.moved import Moved


def reconcile_data(made: Reconciled, language: Language) -> dict[str, object]:
    """Return figures, causes, the rows that move and people that do not match; numbers are JSON numbers."""
    comparison = made.comparison
    rows = dict(comparison.moved)
    return {
        "figures": [_figure(one, rows.get(place)) for place, one in enumerate(comparison.judged)],
        "causes": [
            {
                "name": cause.cause,
                "value": cause.value or None,
                "label": cause.label.in_language(language),
                "why": cause.why.in_language(language),
                "explains": sum(cause in one.causes for one in comparison.judged),
            }
            for cause in comparison.answer.chosen
        ],
        "alike": [[cause.name for cause in causes] for causes in comparison.answer.alike],
        "not_found": list(comparison.people.not_found),
        "not_listed": list(made.beside),
        "meta": {
            "file": made.file,
            "import": next((one.import_id for one in made.kept.files), None),
            "shop": made.data.shop,
            "from": str(made.request.period.first),
            "to": str(made.request.period.last),
            "policy": made.request.policy,
            "snapshot": made.data.snapshot.seq,
            "tried": comparison.tried,
            "figures_without_rows": comparison.unlisted,
        },
    }


def _figure(one: Judged, rows: tuple[Moved, ...] | None) -> dict[str, object]:
    reported = one.reported
    return {
        "source": reported.source,
        "report": reported.report,
        "row": reported.row.value,
        "agent": reported.agent,
        "account": one.cell.agent if one.cell is not None else None,
        "from": str(reported.first_date),
        "to": str(reported.last_date),
        "indicator": reported.indicator,
        "metric": reported.metric,
        "theirs": None if reported.value is None else _number(Fraction(reported.value)),
        "places": reported.places,
        "ours": _number(one.ours),
        "difference": _number(one.difference),
        "verdict": one.verdict.value,
        "causes": [_name(cause) for cause in one.causes],
        "would_be": _number(one.would_be),
        **({"rows": [_moved(row) for row in rows]} if rows is not None else {}),
    }


def _moved(one: Moved) -> dict[str, object]:
    return {
        **row_json(one.row),
        "counts": one.side.value,
        "ours": _number(one.ours),
        "theirs": _number(one.theirs),
    }


def _name(cause: Variant) -> str:
    return cause.name


def _number(value: Fraction | None) -> int | float | None:
    return None if value is None else number_of(value)
