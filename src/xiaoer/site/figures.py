"""Pages of figures, each computed once for as long as no data, setting or correction changes."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from xiaoer.actions.appraise_close import Check, CloseAsk, failing
from xiaoer.actions.appraise_fairness import fairness
from xiaoer.actions.appraise_kept import Entry
from xiaoer.actions.appraise_kept_month import KeptPages, open_month
from xiaoer.actions.appraise_statement import statement
from xiaoer.actions.appraise_tree import PaidLine, lines_of
from xiaoer.actions.assists import AssistAsk, assisted_orders, assists
from xiaoer.actions.customer_voice import VoiceRow, customer_voice
from xiaoer.actions.data_span import data_reach
from xiaoer.actions.explain import explain
from xiaoer.actions.explain_ask import ExplainAsk
from xiaoer.actions.filtered import FilteredAsk, filtered
from xiaoer.actions.imports import list_imports
from xiaoer.actions.inspect_conversation import InspectedConversation, inspected_conversation
from xiaoer.actions.inspect_findings import FindingFilter, FindingPage, findings_of
from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.inspect_read import Inspected, reading_state
from xiaoer.actions.inspect_scorecard import item_labels
from xiaoer.actions.inspect_summary import Summary, inspection_summary
from xiaoer.actions.longest_waits import WaitsAsk, longest_waits
from xiaoer.actions.lost_buyers import LostAsk, lost_buyers
from xiaoer.actions.render.book import Book
from xiaoer.actions.render.page import Page
from xiaoer.actions.report import report
from xiaoer.actions.report_choices import ReportChoices, report_choices
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.actions.response_times import ResponseAsk, ResponseTimes, response_times
from xiaoer.actions.shops import AgentKnown, accounts_known, agents_in_use, clock_of, days_known, last_change
from xiaoer.actions.unmatched import UnmatchedAsk, unmatched
from xiaoer.base.days import Clock, Period
from xiaoer.base.language import Language

KEPT = 100
KEPT_EXPLANATIONS = 12  # each holds every row behind a figure


@dataclass
class _Kept:
    """Answers by question, the one least asked for lately goes first; one question is computed by one thread."""

    answers: OrderedDict[tuple[Any, ...], Any] = field(default_factory=OrderedDict)
    under_way: dict[tuple[Any, ...], Lock] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    most: int = KEPT


_KEPT = _Kept()
_EXPLAINED = _Kept(most=KEPT_EXPLANATIONS)


def report_page(ask: ReportAsk, language: Language) -> Page:
    """Return a report as the command line makes it; a ReportableError names what can not be used."""
    page: Page = _once(report, ask, language)
    return page


def filtered_page(ask: FilteredAsk, language: Language) -> Page:
    """Return the filtered contacts of some days."""
    page: Page = _once(filtered, ask, language)
    return page


def explained_page(ask: ExplainAsk, language: Language) -> Page:
    """Return what stands behind a figure; a ReportableError names what does not exist."""
    page: Page = _once(explain, ask, language, kept=_EXPLAINED)
    return page


def lost_page(ask: LostAsk, language: Language) -> Page:
    """Return a part of the lost buyers of some days."""
    page: Page = _once(lost_buyers, ask, language)
    return page


def response_times_known(ask: ResponseAsk, language: Language) -> ResponseTimes:
    """Return how responses of some days are spread."""
    found: ResponseTimes = _once(response_times, ask, language)
    return found


def longest_waits_page(ask: WaitsAsk, language: Language) -> Page:
    """Return a part of the waits of some days, the longest first."""
    page: Page = _once(longest_waits, ask, language)
    return page


def assists_page(ask: AssistAsk, language: Language) -> Page:
    """Return who helped whom in some days."""
    page: Page = _once(assists, ask, language)
    return page


def assisted_orders_page(ask: AssistAsk, language: Language) -> Page:
    """Return a part of the orders that somebody helped with."""
    page: Page = _once(assisted_orders, ask, language)
    return page


def accounts_shown(shop: str) -> dict[str, str]:
    """Return how each account of a shop is shown."""
    accounts: dict[str, str] = _once(accounts_known, shop)
    return accounts


def agents_known(shop: str) -> tuple[AgentKnown, ...]:
    """Return the accounts of a shop that are in use, with their groups."""
    agents: tuple[AgentKnown, ...] = _once(agents_in_use, shop)
    return agents


def choices_known(language: Language) -> ReportChoices:
    """Return what a report can be asked for."""
    choices: ReportChoices = _once(report_choices, language)
    return choices


def clock_known(shop: str) -> Clock:
    """Return a shop's clock."""
    clock: Clock = _once(clock_of, shop)
    return clock


def last_day_known(shop: str) -> date | None:
    """Return the last day of which a shop has data; None for a shop without any."""
    runs: list[Period] = _once(days_known, shop)
    return runs[-1].last if runs else None


def first_day_known(shop: str) -> date | None:
    """Return the first day of which a shop has data; None for a shop without any."""
    runs: list[Period] = _once(days_known, shop)
    return runs[0].first if runs else None


def reach_known(shop: str) -> dict[str, date]:
    """Return the last day of each table that a shop has data of."""
    reach: dict[str, date] = _once(data_reach, shop)
    return reach


def unmatched_page(ask: UnmatchedAsk, language: Language) -> Page:
    """Return the orders whose buyer nobody knows."""
    page: Page = _once(unmatched, ask, language)
    return page


def imports_known(shop: str) -> list[dict[str, Any]]:
    """Return every import of a shop, the latest first."""
    made: list[dict[str, Any]] = _once(_imports_of, shop)
    return made


def reading_known(ask: InspectAsk) -> Inspected:
    """Return how many days have messages and how many of them are still to be read; asked anew until none is."""
    state: Inspected = _once(reading_state, ask)
    if state.read:
        with _KEPT.lock:
            _KEPT.answers.pop(_key(reading_state, ask), None)
    return state


def summary_known(ask: InspectAsk, language: Language) -> Summary:
    """Return what inspection found in some days."""
    summary: Summary = _once(inspection_summary, ask, language)
    return summary


def summary_is_known(ask: InspectAsk, language: Language) -> bool:
    """Return whether what inspection found is at hand, so that showing it costs no time."""
    with _KEPT.lock:
        return _key(inspection_summary, ask, language) in _KEPT.answers


def findings_page(ask: InspectAsk, which: FindingFilter, language: Language, start: int, most: int) -> FindingPage:
    """Return a part of the findings of some days."""
    page: FindingPage = _once(_findings, ask, which, language, start, most)
    return page


def talk_known(shop: str, written: str, language: Language) -> InspectedConversation:
    """Return a conversation, named DAY/ACCOUNT/BUYER, with what machines found in it."""
    found: InspectedConversation = _once(_talk, shop, written, language, kept=_EXPLAINED)
    return found


def voice_known(ask: InspectAsk, language: Language) -> list[VoiceRow]:
    """Return what customers said in some days."""
    rows: list[VoiceRow] = _once(customer_voice, ask, language)
    return rows


def voice_is_known(ask: InspectAsk, language: Language) -> bool:
    """Return whether what customers said is at hand, so that showing it costs no time."""
    with _KEPT.lock:
        return _key(customer_voice, ask, language) in _KEPT.answers


def items_known(language: Language) -> dict[str, str]:
    """Return how each item of inspection is called."""
    labels: dict[str, str] = _once(item_labels, language)
    return labels


def month_opened(shop: str, month: str, language: Language, entry: Entry) -> KeptPages:
    """Return a kept month as of a line of the log."""
    found: KeptPages = _once(_opened, shop, month, language, entry)
    return found


def checks_known(ask: CloseAsk, language: Language, entry: Entry) -> tuple[Check, ...]:
    """Return the checks that a kept month does not pass, as of a line of the log."""
    found: tuple[Check, ...] = _once(_checks, ask, language, entry)
    return found


def statement_known(shop: str, agent: str, language: Language, entry: Entry) -> tuple[Page, list[PaidLine]]:
    """Return one person's statement of a kept month, and its lines as trees."""
    found: tuple[Page, list[PaidLine]] = _once(_statement, shop, agent, language, entry)
    return found


def fairness_known(shop: str, language: Language, entry: Entry) -> Book:
    """Return how fair a kept month is."""
    found: Book = _once(_fairness, shop, language, entry)
    return found


def _opened(home: Path, shop: str, month: str, language: Language, _entry: Entry) -> KeptPages:
    return open_month(home, month, shop, language)


def _checks(home: Path, ask: CloseAsk, language: Language, _entry: Entry) -> tuple[Check, ...]:
    return failing(home, ask, language)


def _statement(home: Path, shop: str, agent: str, language: Language, entry: Entry) -> tuple[Page, list[PaidLine]]:
    month = open_month(home, entry.month, shop, language)
    return statement(month, agent), lines_of(month, agent)


def _fairness(home: Path, shop: str, language: Language, entry: Entry) -> Book:
    return fairness(home, entry.month, shop, language)


def report_is_known(ask: ReportAsk, language: Language) -> bool:
    """Return whether a report is at hand, so that showing it costs no time."""
    with _KEPT.lock:
        return _key(report, ask, language) in _KEPT.answers


def _imports_of(home: Path, shop: str) -> list[dict[str, Any]]:
    return list_imports(home, shop=shop)


def _findings(
    home: Path, ask: InspectAsk, which: FindingFilter, language: Language, start: int, most: int
) -> FindingPage:
    return findings_of(home, ask, which, language, start=start, most=most)


def _talk(home: Path, shop: str, written: str, language: Language) -> InspectedConversation:
    return inspected_conversation(home, written, language, shop=shop)


def _key(compute: Any, *question: Any) -> tuple[Any, ...]:  # noqa: ANN401 -- any question has any answer
    home: Path = settings.SITE.home
    return (compute.__name__, home, last_change(home), _own_catalog(home), *question)


def _once(compute: Any, *question: Any, kept: _Kept = _KEPT) -> Any:  # noqa: ANN401 -- any question has any answer
    home: Path = settings.SITE.home
    key = _key(compute, *question)
    with kept.lock:
        if key in kept.answers:
            kept.answers.move_to_end(key)
            return kept.answers[key]
        turn = kept.under_way.setdefault(key, Lock())
    with turn:
        with kept.lock:
            if key in kept.answers:
                return kept.answers[key]
        answer = compute(home, *question)
        with kept.lock:
            kept.answers[key] = answer
            kept.under_way.pop(key, None)
            if len(kept.answers) > kept.most:
                kept.answers.popitem(last=False)
    return answer


def _own_catalog(home: Path) -> float:
    """Return when the shop's own catalog was last changed."""
    return max((file.stat().st_mtime for file in (home / "catalog").rglob("*.yaml")), default=0.0)
