"""What people said about pay as the engine takes it: values, scores of inspection, incidents, decisions on appeals."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from django.conf import settings

from xiaoer.actions.appraise_given import (
    OF_A_LINE,
    Given,
    Incident,
    Manual,
    inspection_scores,
    may_be_put_right,
)
from xiaoer.actions.appraise_kept import months_of
from xiaoer.actions.inspect_decisions import Decision, FindingId
from xiaoer.site.appraisal.accounts import joined_accounts, period_of
from xiaoer.site.corrections.written import author_of
from xiaoer.site.inspection.decisions import decisions_of, open_appeals
from xiaoer.site.models import FindingDecision, PayAppeal, PayIncident, Shop

FEN = Decimal("0.01")
DATA, VALUE, INCIDENT, AMOUNT = "data", "value", "incident", "amount"  # how an appeal is put right


@dataclass
class _Said:
    """What is given for one month, being put together."""

    values: dict[str, dict[str, Decimal]] = field(default_factory=lambda: defaultdict(dict))
    incidents: list[Incident] = field(default_factory=list)
    manual: list[Manual] = field(default_factory=list)

    def given(self) -> Given:
        return Given({agent: dict(each) for agent, each in self.values.items()}, tuple(self.incidents),
                     tuple(self.manual))  # fmt: skip


def given_of(shop: Shop, month: str) -> dict[str, Given]:
    """Return what is given for a month, and what puts closed months before it right, by month."""
    found: dict[str, _Said] = defaultdict(_Said)
    months = [*may_be_put_right(settings.SITE.home, shop.name, month), month]
    _scores(found[month], shop, month, None)
    for one in months:
        if one != month and (agents := _judged_since(shop, one)):
            _scores(found[one], shop, one, agents)
        found[one].incidents += incidents_in(shop, one)
    for appeal in PayAppeal.objects.filter(shop=shop, month__in=months, state=PayAppeal.State.UPHELD).order_by("id"):
        _put_right(found[appeal.month], appeal)
    return {name: said.given() for name, said in found.items() if name == month or said.incidents or said.values
            or said.manual}  # fmt: skip


def _scores(said: _Said, shop: Shop, month: str, agents: set[str] | None) -> None:
    """Add scores of inspection as they are now; of some accounts and whoever they are joined with, or of everybody."""
    joined = joined_accounts(shop, month)
    scores = inspection_scores(settings.SITE.home, month, shop.name, _decided(shop, month), joined=joined)
    for agent, each in scores.items():
        if agents is None or agents & {agent, *joined.get(agent, ())}:
            said.values[agent].update(each)


def _judged_since(shop: Shop, month: str) -> set[str]:
    """Return the accounts about whose conversations of a closed month something was decided since it was closed."""
    entry, days = months_of(settings.SITE.home, shop.name).entries[month], period_of(month)
    made = FindingDecision.objects.filter(shop=shop, day__range=(days.first, days.last))
    return set(made.filter(at__gt=datetime.fromisoformat(entry.at)).values_list("agent", flat=True))


def incidents_in(shop: Shop, month: str) -> list[Incident]:
    """Return the incidents of a month that a second person confirmed; one revoked later is there without that word."""
    days = period_of(month)
    states = (PayIncident.State.CONFIRMED, PayIncident.State.REVOKED)
    made = PayIncident.objects.filter(shop=shop, day__range=(days.first, days.last), state__in=states)
    return [incident_of(one, part.agent, part.share) for one in made.prefetch_related("parts").order_by("id")
            for part in one.parts.all()]  # fmt: skip


def incident_of(one: PayIncident, agent: str, share: Decimal) -> Incident:
    """Return one person's part of an incident."""
    counts = one.state == PayIncident.State.CONFIRMED and one.decided_by is not None
    by = author_of(one.decided_by) if counts and one.decided_by is not None else ""
    return Incident(str(one.pk), agent, one.kind, str(one.day), one.cost, share, one.evidence, by, one.note)


def waiting_appeals(shop: Shop, month: str) -> int:
    """Return how many appeals of a month nobody has decided: those of pay lines and those of inspection."""
    days = period_of(month)
    own = PayAppeal.objects.filter(shop=shop, month=month, state=PayAppeal.State.OPEN).count()
    return own + open_appeals(shop, days.first, days.last)


def _decided(shop: Shop, month: str) -> Mapping[FindingId, Decision]:
    days = period_of(month)
    return decisions_of(shop, day__range=(days.first, days.last))


def _put_right(said: _Said, appeal: PayAppeal) -> None:
    by = "" if appeal.decided_by is None else author_of(appeal.decided_by)
    if appeal.remedy == VALUE and appeal.value is not None:
        said.values[appeal.agent][appeal.about] = appeal.value
    elif appeal.remedy == AMOUNT and appeal.value is not None:
        reason = f"{appeal.pk}: {appeal.answer}"
        said.manual.append(Manual(f"{OF_A_LINE}{appeal.line}", appeal.agent, appeal.value.quantize(FEN), reason, by))
    elif appeal.remedy == INCIDENT:
        said.incidents = list(_without(said.incidents, appeal))


def _without(incidents: Iterable[Incident], appeal: PayAppeal) -> Iterable[Incident]:
    """Yield the incidents; the one that an appeal did away with counts no more for who appealed."""
    for one in incidents:
        gone = (one.number, one.agent) == (appeal.about, appeal.agent)
        yield replace(one, confirmed_by="") if gone else one
