"""What a setting would do: the figures of some days as they are, and as they would be; nothing is written down."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xiaoer.actions.figure_column import kind_of
from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.page import Value
from xiaoer.actions.report_of import report_of
from xiaoer.actions.settings import FIXED, check_new_value
from xiaoer.actions.shop_data import ShopData, open_shops
from xiaoer.base.days import Period, parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.base.settings import THE_FIRST_DAY, DatedValue, ShopSettings
from xiaoer.metrics import Metric, Report, Request, Row

LATEST = 10**12  # later than any number of the change log


@dataclass(frozen=True)
class SettingAsk:
    """A setting of a shop as somebody would write it; without a first day it holds for all days."""

    name: str
    value: str
    shop: str
    first: str | None = None


def checked_setting(data: ShopData, ask: SettingAsk) -> DatedValue:
    """Return the value in its normal form with its day; a ReportableError says why it can not be used."""
    value = check_new_value(data.store.home.folder, ask.name, ask.value)
    first = parse_day(ask.first, name="--from") if ask.first else THE_FIRST_DAY
    return DatedValue(ask.name, first, LATEST, value)


def preview_setting(home: Path, ask: SettingAsk, period: Period) -> dict[str, Any]:
    """Return the figures of each agent that would change, before and after, as JSON can hold them.

    Only for settings that reports depend on: those that decide on which day a row lies are refused.
    """
    with open_shops(home, ask.shop) as data:
        supposed = checked_setting(data, ask)
        if ask.name in FIXED:
            raise ReportableError.of("cli.fixed_with_data", values={"name": ask.name, "shop": ask.shop, "imports": "–"})
        own = data.snapshot.settings_of(ask.shop)
        after = ShopSettings((*own.dated, supposed))
        other = replace(data, snapshot=replace(data.snapshot, settings={**data.snapshot.settings, ask.shop: after}))
        reports = [_report(one, period) for one in (data, other)]
        shown = data.shown_agents(str(row.dimensions.get("agent") or "") for row in reports[1].rows)
        return _kept(data, reports[0], reports[1], shown) | {"value": supposed.value}


def _report(data: ShopData, period: Period) -> Report:
    names = tuple(name for name, metric in data.metrics.items() if set(metric.needs) <= data.tables)
    policy = data.policy(None, period.last)
    request = Request(period, names, shop=data.shop, policy=policy, settings=data.settings)
    with data.session(request) as engine:
        return report_of(data, engine, request)


def _kept(data: ShopData, before: Report, after: Report, shown: dict[str, str]) -> dict[str, Any]:
    """Return the metrics of which any figure differs, and their figures of every agent and of the shop."""
    was, now = _by_agent(before), _by_agent(after)
    nobody = Row({}, {}, {})
    pairs = {agent: (was.get(agent, nobody), now.get(agent, nobody)) for agent in sorted({*was, *now})}
    every = [*pairs.values(), (before.total, after.total)]
    touched = [
        metric
        for name, metric in data.metrics.items()
        if any(old.figures.get(name) != new.figures.get(name) for old, new in every)
    ]
    return {
        "columns": [{"name": one.name, "label": {"zh": one.label.zh, "en": one.label.en}} for one in touched],
        "rows": [
            {"agent": shown.get(agent, agent), "cells": [_pair(one, *rows) for one in touched]}
            for agent, rows in pairs.items()
        ],
        "total": [_pair(one, before.total, after.total) for one in touched],
    }


def _by_agent(report: Report) -> dict[str, Row]:
    return {str(row.dimensions.get("agent") or ""): row for row in report.rows}


def _pair(metric: Metric, old: Row, new: Row) -> dict[str, Any]:
    values: list[Value] = [old.figures.get(metric.name), new.figures.get(metric.name)]
    texts = {language: [cell_text(kind_of(metric), one, language) for one in values] for language in ("zh", "en")}
    return {**texts, "changed": values[0] != values[1]}
