"""Forecasts in the data folder: one document each, named by content, written once; scored when the days have come."""

import hashlib
import json
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from xiaoer.base.errors import ReportableError
from xiaoer.planning.forecast.history import History
from xiaoer.planning.forecast.score import Score, score
from xiaoer.store.home import Home

if TYPE_CHECKING:
    from xiaoer.actions.plan_foretold import Foretold

FORM = 1  # of the document; raised when its shape changes


def keep_forecast(home: Home, found: "Foretold") -> str | None:
    """Keep a shop's forecast with its backtest and what people said of its days; return its name.

    None where nothing can be written, or it is no shop's. The same forecast is the same document.
    """
    if found.data.shop is None:
        return None
    from xiaoer.actions.plan_forecast import forecast_json

    plain = forecast_json(found)
    days = [
        {"day": str(told.day), "model": told.model, "days_ahead": told.lead, "contacts": round(told.contacts, 4),
         "override": None if told.override is None else {
             "contacts": round(told.total, 4), "reason": told.override.reason, "author": told.override.author},
         "intervals": [round(float(one), 4) for one in told.intervals]}
        for told in found.made.days
    ]  # fmt: skip
    content = json.dumps({"form": FORM, "meta": plain["meta"], "backtest": plain["backtest"], "days": days},
                         ensure_ascii=False, sort_keys=True).encode()  # fmt: skip
    name = hashlib.sha256(content).hexdigest()[:32]
    file = home.planning / "forecasts" / f"{name}.json"
    try:
        if not file.exists():
            with home.changing_documents():
                file.parent.mkdir(parents=True, exist_ok=True)
                handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".")
                with os.fdopen(handle, "wb") as part:
                    part.write(content)
                Path(temporary).replace(file)
    except (OSError, ReportableError):  # what can only be read, or is not reached: the forecast is shown all the same
        return None
    return name


def kept_names(home: Path) -> tuple[str, ...]:
    """Return the names of all kept forecasts: whatever rests on them is new when one is added."""
    return tuple(sorted(path.stem for path in (Home(home).planning / "forecasts").glob("*.json")))


def kept_forecasts(home: Home, shop: str, kind: str) -> list[dict[str, Any]]:
    """Return the kept forecasts of a shop, those that know least of the days they tell first; a ReportableError names a
    document that was changed.
    """
    found = []
    for path in sorted((home.planning / "forecasts").glob("*.json")):
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest()[:32] != path.stem:
            raise ReportableError.of("planning.document_changed", values={"file": path.name})
        document = json.loads(content)
        if document["meta"]["shop"] == shop and document["meta"]["kind"] == kind:
            found.append(document | {"name": path.stem})
    return sorted(found, key=lambda one: (one["meta"]["history"]["to"], one["meta"]["from"], one["name"]))


def scores_of(document: dict[str, Any], history: History) -> tuple[Score, Score] | None:
    """Return how well a kept forecast told the days that have come: the model alone, and with what people said.

    None while none of its days has come, or where the data are by other intervals now.
    """
    came, model, said = [], [], []
    for told in document["days"]:
        place = (date.fromisoformat(told["day"]) - history.first).days
        intervals = np.array(told["intervals"])
        if (
            not 0 <= place < len(history.counts)
            or not history.known[place]
            or len(intervals) != history.counts.shape[1]
        ):
            continue
        total = intervals.sum()
        came.append(history.counts[place])
        said.append(intervals)
        model.append(intervals * (told["contacts"] / total) if total else intervals)
    if not came:
        return None
    return score(np.array(came), np.array(model)), score(np.array(came), np.array(said))
