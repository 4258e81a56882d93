"""Response times: how they are spread, when they are long, who is slow; each figure leads to the rows behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.longest_waits import WaitsAsk, longest_waits
from xiaoer.actions.response_times import (
    MEAN,
    METRIC_OF_QUANTILE,
    NUMBER,
    Dimension,
    ResponseAsk,
    ResponseTimes,
    Waited,
    response_times,
)
from xiaoer.site.analysis.heat import SHOWN, heat_of
from xiaoer.site.analysis.tools import tools_of
from xiaoer.site.analysis.whose import Whose, whose_of
from xiaoer.site.charts import Chart, Drawn, Point, Series
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.pages.data_rows import data_rows
from xiaoer.site.pages.filtered import masked
from xiaoer.site.pages.table import Shown, table_of
from xiaoer.site.performance.chat import customer_digest
from xiaoer.site.performance.state import State, state_of

ROWS = 20
ROWS_OF_LIST = 40
KINDS = {Waited.EACH: gettext_lazy("each response"), Waited.FIRST: gettext_lazy("first responses")}
GRADES = {
    "good": gettext_lazy("good"), "normal": gettext_lazy("normal"), "slow": gettext_lazy("slow"),
    "poor": gettext_lazy("poor"),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One account or group: its cells, each with the question of its door; empty for none."""

    cells: tuple[tuple[Shown, str], ...]


def waits(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show how responses are spread, by weekday and hour, and by account or group."""
    state = state_of(request.GET, shop)
    whose, waited = whose_of(shop, state, request.reads, request.viewer), waited_of(state)
    by = Dimension.GROUP if state.one("by") == "group" else Dimension.AGENT
    found = kept(response_times, _ask(shop, state, whose, waited, by), request.reads)
    leaf = Paginator(rows_of(found, whose, waited, by), ROWS).get_page(request.GET.get("page"))
    figure = state.one("m") if state.one("m") in SHOWN else SHOWN[0]
    return render(request, "analysis/waits.html", {
        "shop": shop, "state": state, "found": found, "title": title_of(found), "page": found.rows, "leaf": leaf,
        "rows": leaf.object_list, "bands": list(enumerate(found.bands)), "grades": GRADES, "waited": waited.value,
        "kinds": [(kind.value, label) for kind, label in KINDS.items()], "chart": chart_of(found),
        "quantiles": [
            (f"{float(q) * 100:g}", text, quantile_door(waited, q, whose)) for q, _value, text in found.quantiles
        ],
        "mean_door": f"figure={MEAN[waited]}{whose.door}", "whose": whose, "by": by.value,
        "heat": heat_of(shop, state, whose, figure, request.reads), "figure": figure,
        "may_list": request.viewer.may("see_contacts", shop), "query": state.query(),
        "kept": state.hidden("m", "by", "shown", "account"),
        "tools": tools_of(state, request.reads, "account", "shown", "m"),
    })  # fmt: skip


def waits_list(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the waits of a band, or all, the longest first, customers masked."""
    state = state_of(request.GET, shop)
    whose, waited, days = whose_of(shop, state, request.reads, request.viewer), waited_of(state), state.days.period
    said, wanted = request.GET.get("band", ""), request.GET.get("page", "1")
    band = int(said) if said.isdecimal() and len(said) < len("100") else None
    first = max(0, int(wanted) - 1) * ROWS_OF_LIST if wanted.isdecimal() and len(wanted) < len("1000000") else 0
    ask = WaitsAsk(
        str(days.first), str(days.last), shop.name, waited, whose.agent, whose.group,
        band=band, first_row=first, rows=ROWS_OF_LIST,
    )  # fmt: skip
    page = kept(longest_waits, ask, request.reads)
    number = int(page.data["number"])  # type: ignore[call-overload]  # the list says so
    leaf = Paginator(range(number), ROWS_OF_LIST).get_page(first // ROWS_OF_LIST + 1)
    if first and first >= number:
        page = kept(longest_waits, replace(ask, first_row=(leaf.number - 1) * ROWS_OF_LIST), request.reads)
    shown = masked(page)
    bands = kept(response_times, _ask(shop, state, whose, waited, Dimension.AGENT), request.reads).bands
    return render(request, "analysis/waits_list.html", {
        "shop": shop, "state": state, "page": shown, "columns": shown.columns, "leaf": leaf, "number": number,
        "title": _("%(number)s waits, the longest first") % {"number": f"{number:,}"}, "band": band,
        "bands": list(enumerate(bands)),
        "lines": list(zip(table_of(shown).rows, _chats(request, shop, state, data_rows(page, "rows")), strict=True)),
        "may_read": request.viewer.may("read_chats", shop), "query": state.query(), "whose": whose,
        "tools": tools_of(state, request.reads, "account", "shown"), "waited": waited.value,
        "kinds": [(kind.value, label) for kind, label in KINDS.items()],
    })  # fmt: skip


def waited_of(state: State) -> Waited:
    """Return which waits are asked for."""
    return Waited.FIRST if state.one("shown") == Waited.FIRST else Waited.EACH


def _ask(shop: Shop, state: State, whose: Whose, waited: Waited, by: Dimension) -> ResponseAsk:
    days = state.days.period
    only = next(iter(whose.only)) if whose.only is not None and len(whose.only) == 1 else None
    group = whose.group if whose.agent is None else only
    return ResponseAsk(str(days.first), str(days.last), shop.name, waited, whose.agent, group, by)


def title_of(found: ResponseTimes) -> str:
    """Return the page's answer: within how long half and nine in ten were answered."""
    if not found.number:
        return _("Nobody was answered in these days")
    texts = {f"{float(q) * 100:g}": text for q, _value, text in found.quantiles}
    poor = sum(one.number for one in found.bands if one.band.grade == "poor") / found.number
    return _("Half are answered within %(half)s, nine in ten within %(most)s; %(poor)s wait too long") % {
        "half": texts["50"], "most": texts["90"], "poor": f"{poor:.1%}"
    }  # fmt: skip


def chart_of(found: ResponseTimes) -> Chart:
    """Return the bands as columns."""
    points = tuple(Point(one.number, f"{one.number_text} · {one.share_text}") for one in found.bands)
    said = _("How many waits fell into each band")
    return Chart("bands", Drawn.COLUMNS, said, tuple(one.label for one in found.bands), (Series(_("Waits"), points),))


def quantile_door(waited: Waited, q: Any, whose: Whose) -> str:  # noqa: ANN401 -- a Decimal of the action
    """Return the question behind a quantile; empty for one that is no metric."""
    metric = METRIC_OF_QUANTILE.get((waited, q))
    return "" if metric is None else f"figure={metric}{whose.door}"


def rows_of(found: ResponseTimes, whose: Whose, waited: Waited, by: Dimension) -> list[Row]:
    """Return the rows that the reader may see, with the doors of number, mean and quantiles."""
    keys = [row[by.value] for row in data_rows(found.rows, "rows")]
    metrics = ("", NUMBER[waited], MEAN[waited], *(METRIC_OF_QUANTILE.get((waited, q), "") for q in _QUANTILES))
    rows = []
    for key, cells in zip(keys, table_of(found.rows).rows, strict=True):
        if whose.only is None or by is Dimension.AGENT or key in whose.only:
            named = urlencode({"agent" if by is Dimension.AGENT else "in_group": key})
            doors = [f"figure={one}&{named}" if one and key else "" for one in metrics]
            rows.append(Row(tuple(zip(cells, doors + [""] * (len(cells) - len(doors)), strict=True))))
    return rows


_QUANTILES = tuple(q for _waited, q in sorted(METRIC_OF_QUANTILE, key=lambda one: one[1]))


def _chats(request: HttpRequest, shop: Shop, state: State, rows: Sequence[Any]) -> list[str]:
    if not request.viewer.may("read_chats", shop):
        return [""] * len(rows)
    address, query = reverse("chat", args=[shop.pk]), state.query()
    asked = (
        {"list": "waits_list", "who": row["agent"], "on": row["day"], "with": customer_digest(shop, row["buyer"])}
        for row in rows
    )
    return [f"{address}?{query}&{urlencode(one)}" for one in asked]
