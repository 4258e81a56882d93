"""What planning computes, each once until data, settings, rosters or what people said change."""

from dataclasses import replace
from pathlib import Path

from django.conf import settings

from xiaoer.actions.plan_against import Against, against, against_page
from xiaoer.actions.plan_data import PlanAsk, open_plan
from xiaoer.actions.plan_duties import Duty
from xiaoer.actions.plan_events import OwnEvent, events_of
from xiaoer.actions.plan_forecast import kept_with
from xiaoer.actions.plan_foretold import Foretold, modelled
from xiaoer.actions.plan_intraday import plan_intraday
from xiaoer.actions.plan_kept import kept_names
from xiaoer.actions.plan_needed import NeedAsk
from xiaoer.actions.plan_overrides import Said, overrides_of
from xiaoer.actions.plan_roster_kept import Adherence, adherence_of
from xiaoer.actions.plan_scores import plan_scores
from xiaoer.actions.render.page import Page
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.site.kept import is_kept, kept, kept_large

Events = tuple[OwnEvent, ...]
Duties = tuple[Duty, ...]


def forecast_known(ask: PlanAsk) -> Foretold:
    """Return a shop's forecast with what people said of its days; a ReportableError says what is missing."""
    return kept(_planned, ask, _events(ask), _said(ask))


def forecast_is_known(ask: PlanAsk) -> bool:
    """Return whether the forecast is at hand; what people say of its days costs no time."""
    return is_kept(_modelled, ask, _events(ask))


def against_known(ask: PlanAsk, duties: Duties) -> Against:
    """Return people needed by the shop's goals against a roster; a ReportableError says what is missing."""
    return kept(_against, ask, duties, _events(ask), _said(ask))


def against_page_known(ask: PlanAsk, duties: Duties, language: Language) -> Page:
    """Return the same as a table of every interval of all days; of these, which are large, few are kept."""
    return kept_large(_against_page, ask, duties, language, _events(ask), _said(ask))


def scores_known(shop: str, kind: str, language: Language) -> Page:
    """Return how a shop's kept forecasts did, those that know most first."""
    return kept(_scores, shop, kind, language, kept_names(settings.SITE.home))


def scores_are_known(shop: str, kind: str, language: Language) -> bool:
    """Return whether that is at hand."""
    return is_kept(_scores, shop, kind, language, kept_names(settings.SITE.home))


def _events(ask: PlanAsk) -> Events:
    assert ask.shop is not None, "pages are of one shop"
    return events_of(settings.SITE.home, ask.shop)


def _said(ask: PlanAsk) -> Said:
    assert ask.shop is not None and ask.kind is not None, "pages are of one shop and kind"
    return overrides_of(settings.SITE.home, ask.shop, ask.kind)


# What was said stands among the questions: another word is another question.
def _modelled(home: Path, ask: PlanAsk, _events: Events) -> Foretold:
    with open_plan(home, ask) as data:
        return modelled(data)


def _planned(home: Path, ask: PlanAsk, events: Events, said: Said) -> Foretold:
    return kept_with(home, kept(_modelled, ask, events), said)


def _against(_home: Path, ask: PlanAsk, duties: Duties, _events: Events, _said: Said) -> Against:
    return against(forecast_known(ask), NeedAsk(), duties)


def _against_page(_home: Path, ask: PlanAsk, duties: Duties, language: Language, _events: Events, _said: Said) -> Page:
    return against_page(against_known(ask, duties), language, whose=str(ask.shop))


def _scores(home: Path, shop: str, kind: str, language: Language, _kept: tuple[str, ...]) -> Page:
    page = plan_scores(home, shop, kind, language)
    return replace(page, rows=page.rows[::-1])


def adherence_known(ask: PlanAsk, duties: Duties) -> Adherence:
    """Return how a roster was kept; a ReportableError says what is missing."""
    return kept(adherence_of, ask, duties, NeedAsk())


def adherence_is_known(ask: PlanAsk, duties: Duties) -> bool:
    """Return whether that is at hand."""
    return is_kept(adherence_of, ask, duties, NeedAsk())


def rest_known(ask: PlanAsk, duties: Duties, now: str, language: Language) -> Page:
    """Return the rest of a day, told again from what came until now; a ReportableError says what is missing."""
    found = kept(_rest, ask, duties, now, language)
    if isinstance(found, ReportableError):
        raise found
    return found


def _rest(home: Path, ask: PlanAsk, duties: Duties, now: str, language: Language) -> Page | ReportableError:
    try:
        return plan_intraday(home, ask, duties, NeedAsk(), now, language)
    except ReportableError as error:
        if all(issue.code.startswith("planning.") for issue in error.issues):
            return error  # walls ask again every minute: that there is nothing to go by is known as long as data stays
        raise
