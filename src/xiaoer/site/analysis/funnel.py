"""The funnel: from inquiry to order to payment to shipping, against the days before, and where buyers leave."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.render.cell_text import share_text
from xiaoer.actions.render.page import For
from xiaoer.actions.report_choices import report_choices
from xiaoer.site.analysis.figures import Beside, figures_beside
from xiaoer.site.analysis.tools import tools_of
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.performance.doors import figures_of
from xiaoer.site.performance.lines import lines_of
from xiaoer.site.performance.state import state_of

ROWS = 20
BYS = ("agent", "group", "day")
# Each stage with the figure that says how many were lost before it, and how that is called in an address.
STAGES = (
    ("received_buyers", "", gettext_lazy("Received")),
    ("inquiry_buyers", "", gettext_lazy("Inquired")),
    ("ordered_buyers", "lost_not_ordered_buyers", gettext_lazy("Ordered")),
    ("converted_buyers_final", "lost_unpaid_buyers", gettext_lazy("Paid in time")),
    ("inquiry_shipped_buyers", "", gettext_lazy("Shipped")),
)
SHARES = ("order_share", "conversion_share_final", "ordered_paid_share")
SHIPPED = STAGES[-1][0]
LOST = ("lost_not_ordered_buyers", "lost_unpaid_buyers")
WHOLE = (*(stage for stage, _lost, _label in STAGES), *LOST, *SHARES, "refunded_buyers")
TABLE = (
    "received_buyers", "inquiry_buyers", "lost_not_ordered_buyers", "ordered_buyers", "order_share",
    "lost_unpaid_buyers", "converted_buyers_final", "conversion_share_final", "inquiry_shipped_buyers",
    "refunded_buyers",
)  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One stage: how many came so far, how wide its bar is (0–100), its share of the inquiries, whom it lost."""

    label: str
    figure: Beside
    width: float
    share: str
    lost: Beside | None


def funnel(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the funnel of some days, and of each agent, group or day."""
    state = state_of(request.GET, shop)
    by = state.one("by") if state.one("by") in BYS else BYS[0]
    figures = figures_beside(shop, state, WHOLE, language=request.reads, viewer=request.viewer)
    own = {key: each for key, each in state.given.items() if key != "view"}
    table = replace(state, given=own | {"by": [by], "m": [*TABLE]})
    lines = lines_of(shop, table, request.reads, request.viewer)
    rows, total = figures_of(lines, shop, state.month)
    leaf = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "analysis/funnel.html", {
        "shop": shop, "state": state, "title": title_of(figures), "lead": lead_of(figures),
        "stages": stages_of(figures) if figures else (), "whose_door": door_of(shop, request), "page": lines.page,
        "rows": leaf.object_list, "total": total, "leaf": leaf, "columns": lines.page.shown_to(For.READING).columns,
        "kept": table.hidden("compare", "sort", "q"), "query": state.query(), "by": by,
        "in_table": table.query(),
        "rows_by": [one for one in kept(report_choices, request.reads).rows if one.name in BYS],
        "tools": tools_of(state, request.reads), "may_list": request.viewer.may("see_contacts", shop),
    })  # fmt: skip


def door_of(shop: Shop, request: HttpRequest) -> str:
    """Return what names whose the figures of the stages are: nothing for the shop, else the reader's one group."""
    groups = request.viewer.groups("see_team", shop)
    return "" if groups is None else "&" + urlencode({"in_group": min(groups)})


def title_of(figures: Mapping[str, Beside] | None) -> str:
    """Return the page's answer: how many inquired and how many of them paid."""
    if figures is None:
        return _("From inquiry to payment")
    inquiries, paid = figures["inquiry_buyers"], figures["converted_buyers_final"]
    if inquiries.value is None or paid.value is None:
        return _("Without orders nobody knows who bought")
    if not inquiries.value:
        return _("Nobody inquired in these days")
    share = figures["conversion_share_final"].text
    return _("%(inquiries)s inquired, %(paid)s paid (%(share)s)") % {
        "inquiries": inquiries.text, "paid": paid.text, "share": share
    }  # fmt: skip


def lead_of(figures: Mapping[str, Beside] | None) -> str:
    """Return where most buyers leave, and whether more do than in the days before; empty where nothing is known."""
    if figures is None or not figures["inquiry_buyers"].value:
        return ""
    known = [figures[name] for name in LOST if figures[name].value is not None]
    worst = max(known, key=lambda one: one.value or 0, default=None)
    if worst is None or not worst.value:
        return _("Nobody is lost so far.") if known else ""
    share = shared(worst, figures["inquiry_buyers"])
    if worst.name == LOST[0]:
        said = _("Most leave before ordering: %(number)s, %(share)s of those who inquired.")
    else:
        said = _("Most leave before paying: %(number)s, %(share)s of those who inquired.")
    return f"{said % {'number': worst.text, 'share': share}} {change_of(worst)}".strip()


def change_of(figure: Beside) -> str:
    """Return how a count moved against the days before, in words; empty where there is nothing to hold it against."""
    if figure.difference is None:
        return ""
    size = f"{abs(figure.difference):,.0f}"
    if figure.difference > 0:
        return _("%(number)s more than in as many days before.") % {"number": size}
    if figure.difference < 0:
        return _("%(number)s fewer than in as many days before.") % {"number": size}
    return _("As many as in as many days before.")


def stages_of(figures: Mapping[str, Beside]) -> tuple[Stage, ...]:
    """Return the stages, each as wide as its part of the widest."""
    widest = max((figures[name].value or 0 for name, _lost, _label in STAGES), default=0) or 1
    return tuple(
        Stage(
            str(label), figures[name], round((figures[name].value or 0) * 100 / widest, 1),
            shared(figures[name], figures["inquiry_buyers"]) if name != STAGES[0][0] else "",
            figures[lost] if lost else None,
        )
        for name, lost, label in STAGES
        if name != SHIPPED or figures[name].value  # a shop whose exports do not say when it ships has no such stage
    )  # fmt: skip


def shared(part: Beside, whole: Beside) -> str:
    """Return a count as its share of another; a dash without either."""
    known = part.value is not None and whole.value
    return share_text(part.value / whole.value) if known else "–"  # type: ignore[operator]  # both are known
