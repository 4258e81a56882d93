"""Kept forecasts against what came: the model alone, and with what people said of its days."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xiaoer.actions.plan_data import PlanAsk, open_plan
from xiaoer.actions.plan_kept import kept_forecasts, scores_of
from xiaoer.actions.render.cell_text import cell_of
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.shop_data import open_shops
from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.language import Language, say
from xiaoer.planning.forecast.history import History
from xiaoer.store.home import Home


def plan_scores(home: Path, shop: str | None, kind: str | None, language: Language) -> Page:
    """Return the kept forecasts of a shop as a page, each with how well it did so far."""
    with open_shops(home, shop) as data:
        if data.shop is None:
            raise ReportableError.of("planning.one_shop", values={"shops": ", ".join(data.shops)})
        name = data.shop
    kinds = [kind] if kind else ["chat", "call"]
    documents = [one for each in kinds for one in kept_forecasts(Home(home), name, each)]
    days = [(one["meta"]["from"], one["meta"]["to"]) for one in documents]
    known = {
        (meta["kind"], meta["interval_minutes"]): _history(home, PlanAsk(
            min(first for first, _ in days), max(last for _, last in days), name, meta["kind"],
            interval=str(meta["interval_minutes"]),
        ))
        for meta in (one["meta"] for one in documents)
    }  # fmt: skip
    rows, plain = [], []
    for one in documents:
        meta = one["meta"]
        scored = scores_of(one, known[meta["kind"], meta["interval_minutes"]])
        model, said = scored if scored is not None else (None, None)
        come = 0 if model is None else model.days
        overridden = sum(told["override"] is not None for told in one["days"])
        wapes = [None if score is None else score.wape for score in (model, said)]
        rows.append((
            Cell(meta["from"], meta["from"]), Cell(meta["to"], meta["to"]),
            Cell(meta["kind"], word(f"plan_kind_{meta['kind']}", language)),
            Cell(meta["history"]["to"], meta["history"]["to"]), Cell(come, str(come)),
            *(cell_of(Kind.SHARE, wape, language) for wape in wapes), Cell(overridden, str(overridden)),
        ))  # fmt: skip
        plain.append({"forecast": one["name"], **meta, "days_come": come, "model_wape": wapes[0], "said_wape": wapes[1],
                      "overridden_days": overridden})  # fmt: skip
    names = (("from", Kind.TEXT), ("to", Kind.TEXT), ("kind", Kind.TEXT), ("known_to", Kind.TEXT),
             ("days_come", Kind.COUNT), ("model_wape", Kind.SHARE), ("said_wape", Kind.SHARE),
             ("overridden_days", Kind.COUNT))  # fmt: skip
    return Page(
        name="plan_scores",
        title=" · ".join((word("plan_scores_title", language), name)),
        columns=tuple(Column(one, word(f"plan_scores_{one}", language), of) for one, of in names),
        rows=tuple(rows),
        language=language,
        data={"rows": plain},
        lead=(_lead(plain, language),) if rows else (),
        notes=(
            word("plan_scores_how", language) if rows else say(Issue("planning.nothing_kept", Severity.NOTE), language),
        ),
    )


def _lead(plain: Sequence[Mapping[str, Any]], language: Language) -> str:
    come = [one for one in plain if one["days_come"]]
    by_hand = [one for one in come if one["overridden_days"] and one["said_wape"] is not None]
    better = sum(one["said_wape"] < one["model_wape"] for one in by_hand)
    said = word("plan_scores_lead", language, number=len(plain), come=len(come))
    return said + word("plan_scores_by_hand", language, number=len(by_hand), better=better) if by_hand else said


def _history(home: Path, ask: PlanAsk) -> History:
    """Return all that has come of a kind, by intervals of so many minutes."""
    with open_plan(home, ask) as data:
        return data.history
