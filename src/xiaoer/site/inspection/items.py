"""How sure each item is as people judge it, and how that went month by month; noisy ones are marked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiaoer.actions.inspect_pages import items_page
from xiaoer.site.inspection.precision import FEWEST, NOISY, precision_by_month, precision_of
from xiaoer.site.inspection.tabs import tabs_of
from xiaoer.site.models import Shop
from xiaoer.site.pages.data_rows import data_rows

MONTHS = 6


def inspection_items(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the items that people judged, the least sure first."""
    items = {one["name"]: one for one in data_rows(items_page(settings.SITE.home, request.reads), "items")}
    whole = precision_of(shop, first=date.min, last=date.max)
    monthly = precision_by_month(shop, first=date.min, last=date.max)
    months = sorted({month for _item, month in monthly})[-MONTHS:]
    rows: list[dict[str, Any]] = [
        {"name": name, "label": items[name]["label"][request.reads], "reason": items[name]["reason"][request.reads],
         "known": known, "months": [monthly.get((name, month)) for month in months]}
        for name, known in whole.items()
        if name in items and items[name]["by"] != "human"
    ]  # fmt: skip
    rows.sort(key=lambda row: (not row["known"].noisy, row["known"].share, row["name"]))
    return render(request, "inspection/items.html", {
        "shop": shop, "tabs": tabs_of(request, shop), "title": _title(rows), "rows": rows, "months": months,
        "fewest": FEWEST, "noisy_below": f"{NOISY:.0%}", "may_export": request.viewer.may("see_customers", shop),
    })  # fmt: skip


def _title(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return how many items are noisy; nothing of the kind where people judged none."""
    if not rows:
        return _("How sure items are")
    noisy = sum(row["known"].noisy for row in rows)
    if not noisy:
        return _("No item is known to be noisy")
    said = ngettext(
        "%(number)s item is noisy and should be mended", "%(number)s items are noisy and should be mended", noisy
    )
    return said % {"number": noisy}
