"""What planning computes, each once until data, settings or what people said change."""

from dataclasses import replace
from pathlib import Path

from django.conf import settings

from xiaoer.actions.plan_data import PlanAsk, open_plan
from xiaoer.actions.plan_events import OwnEvent, events_of
from xiaoer.actions.plan_forecast import kept_with
from xiaoer.actions.plan_foretold import Foretold, modelled
from xiaoer.actions.plan_kept import kept_names
from xiaoer.actions.plan_overrides import Said, overrides_of
from xiaoer.actions.plan_scores import plan_scores
from xiaoer.actions.render.page import Page
from xiaoer.base.language import Language
from xiaoer.site.figures import is_known, once

Events = tuple[OwnEvent, ...]


def forecast_known(ask: PlanAsk) -> Foretold:
    """Return a shop's forecast with what people said of its days; a ReportableError says what is missing."""
    home: Path = settings.SITE.home
    events = _events(ask)
    told: Foretold = once(_modelled, ask, events)
    assert ask.shop is not None, "pages are of one shop"
    found: Foretold = once(_planned, ask, events, overrides_of(home, ask.shop, told.data.kind))
    return found


def forecast_is_known(ask: PlanAsk) -> bool:
    """Return whether the forecast is at hand; what people say of its days costs no time."""
    return is_known(_modelled, ask, _events(ask))


def scores_known(shop: str, kind: str, language: Language) -> Page:
    """Return how a shop's kept forecasts did, those that know most first."""
    page: Page = once(_scores, shop, kind, language, kept_names(settings.SITE.home))
    return page


def scores_are_known(shop: str, kind: str, language: Language) -> bool:
    """Return whether that is at hand."""
    return is_known(_scores, shop, kind, language, kept_names(settings.SITE.home))


def _scores(home: Path, shop: str, kind: str, language: Language, _kept: tuple[str, ...]) -> Page:
    page = plan_scores(home, shop, kind, language)
    return replace(page, rows=page.rows[::-1])


def _events(ask: PlanAsk) -> Events:
    assert ask.shop is not None, "pages are of one shop"
    return events_of(settings.SITE.home, ask.shop)


def _modelled(home: Path, ask: PlanAsk, _events: Events) -> Foretold:
    with open_plan(home, ask) as data:
        return modelled(data)


def _planned(home: Path, ask: PlanAsk, events: Events, said: Said) -> Foretold:
    return kept_with(home, once(_modelled, ask, events), said)
