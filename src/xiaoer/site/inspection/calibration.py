"""How far people agree who judged the same conversations without seeing one another: alpha by item, and where not."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoer.actions.inspect_agreement import alpha
from xiaoer.actions.inspect_scorecard import item_labels
from xiaoer.actions.shops import accounts_known
from xiaoer.base.mask import masked_name
from xiaoer.site.inspection.decisions import latest
from xiaoer.site.inspection.tabs import tabs_of
from xiaoer.site.inspection.talk import asked_of
from xiaoer.site.kept import kept
from xiaoer.site.models import FindingDecision, Review, Shop

GOOD, TENTATIVE = (
    Fraction(8, 10),
    Fraction(667, 1000),
)  # Krippendorff 2004: rely on it; conclude tentatively; below: do not
FEWEST = 5  # conversations, before anything is said of an item
LISTED = 100
Talk = tuple[int, object, str, str]  # plan, day, account, customer


@dataclass(frozen=True)
class Judged:
    """A conversation that all to whom it was given have judged: by item what each of them decided."""

    talk: Talk
    by_item: dict[str, dict[str, bool]]


@dataclass(frozen=True)
class Agreement:
    """One item: how many conversations two or more judged, in how many they agree, alpha where it can be told."""

    item: str
    label: str
    judged: int
    agreed: int
    alpha: Fraction | None

    @property
    def said(self) -> str:
        """Return alpha as it is read."""
        return "–" if self.alpha is None else f"{float(self.alpha):.2f}".replace("-", "−")

    @property
    def meaning(self) -> str:
        """Return what the alpha means."""
        if self.alpha is None or self.judged < FEWEST:
            return _("all judged alike, or too few: nothing to tell")
        if self.alpha >= GOOD:
            return _("can be relied on")
        return _("with caution") if self.alpha >= TENTATIVE else _("talk about this item")

    @property
    def weak(self) -> bool:
        """Return whether people should talk about the item."""
        return self.alpha is not None and self.judged >= FEWEST and self.alpha < TENTATIVE


def calibration(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the agreement by item, and each difference."""
    judged = judged_by_several(shop)
    labels = kept(item_labels, request.reads)
    items = agreement_of(judged, labels)
    together = alpha([values for one in judged for values in _values(one)])
    title = _("People agree at alpha %(alpha)s on %(number)s conversations") % {
        "alpha": f"{float(together):.2f}".replace("-", "−"), "number": len(judged)
    } if together is not None else _("No agreement can be told yet")  # fmt: skip
    return render(request, "inspection/calibration.html", {
        "shop": shop, "tabs": tabs_of(request, shop), "title": title, "items": items, "judged": judged,
        "differences": _differences(request, shop, judged, labels)[:LISTED],
        "may_plan": request.viewer.may("plan_inspection", shop),
    })  # fmt: skip


def judged_by_several(shop: Shop) -> list[Judged]:
    """Return the conversations of plans of two or more readers that all of their readers have done."""
    reviews = Review.objects.filter(shop=shop, plan__readers__gt=1).select_related("inspector").order_by("id")
    given: defaultdict[Talk, list[Review]] = defaultdict(list)
    for one in reviews:
        given[one.plan_id, one.day, one.agent, one.buyer].append(one)
    whole = {talk: each for talk, each in given.items() if len(each) > 1 and all(one.done_at for one in each)}
    ids = [one.pk for each in whole.values() for one in each]
    rows: defaultdict[int, list[FindingDecision]] = defaultdict(list)
    for row in FindingDecision.objects.filter(review__in=ids).order_by("id"):
        rows[row.review_id].append(row)
    made = []
    for talk, each in whole.items():
        by_item: defaultdict[str, dict[str, bool]] = defaultdict(dict)
        for one in each:
            for item, row in latest(rows[one.pk]).items():
                by_item[item][f"{one.inspector.name}#{one.inspector_id}"] = row.verdict != "refused"
        made.append(Judged(talk, dict(by_item)))
    return made


def agreement_of(judged: list[Judged], labels: dict[str, str]) -> list[Agreement]:
    """Return the agreement of each item that several people judged, the weakest first."""
    units: defaultdict[str, list[list[bool]]] = defaultdict(list)
    for one in judged:
        for item, values in one.by_item.items():
            if len(values) > 1:
                units[item].append(list(values.values()))
    made = [
        Agreement(item, labels.get(item, item), len(each), sum(len(set(values)) == 1 for values in each), alpha(each))
        for item, each in units.items()
    ]
    return sorted(made, key=lambda one: (one.alpha is None, one.alpha or 0, one.item))


def _values(one: Judged) -> list[list[bool]]:
    return [list(values.values()) for values in one.by_item.values()]


def _differences(
    request: HttpRequest, shop: Shop, judged: list[Judged], labels: dict[str, str]
) -> list[dict[str, Any]]:
    shown, may_read = kept(accounts_known, shop.name), request.viewer.may("read_chats", shop)
    found = []
    for one in judged:
        _plan, day, agent, buyer = one.talk
        address = f"{reverse('inspection_talk', args=[shop.pk])}?{urlencode(asked_of(shop, str(day), agent, buyer))}"
        for item, values in one.by_item.items():
            if len(set(values.values())) > 1:
                said = [(name.rpartition("#")[0], stands) for name, stands in values.items()]
                found.append({
                    "day": day, "agent": shown.get(agent, agent), "buyer": masked_name(buyer), "said": said,
                    "item": labels.get(item, item), "address": address if may_read else "",
                })  # fmt: skip
    return found
