"""The contacts that count for nobody; customers' names are masked, whole ones need a reason and are logged."""

from dataclasses import replace

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from xiaoer.actions.filtered import FilteredAsk
from xiaoer.actions.filtered import filtered as filtered_of
from xiaoer.actions.render.page import Cell, Page
from xiaoer.base.mask import masked_name, masked_words
from xiaoer.site.audit import LOOKS, note
from xiaoer.site.corrections.contact_key import contact_key
from xiaoer.site.forms import PlainForm
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.pages.data_rows import data_rows
from xiaoer.site.pages.months import month_of
from xiaoer.site.pages.table import table_of

ROWS = 50
CUSTOMER_COLUMNS = frozenset({"buyer"})
WRITTEN_COLUMNS = frozenset({"correction", "close_reason"})  # in words of people


class ReasonForm(PlainForm):
    """Why somebody needs to see who the customers are."""

    reason = forms.ChoiceField(label=gettext_lazy("Why you need the whole names"), choices=list(LOOKS.items()))


def filtered(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show a month's filtered contacts, customers masked."""
    return _shown(request, shop, whole=False)


def filtered_whole(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show one page of them with whole names, once, after a reason; the look is in the log before it is answered."""
    return _shown(request, shop, whole=True)


def _shown(request: HttpRequest, shop: Shop, *, whole: bool) -> HttpResponse:
    month = month_of(request.GET.get("month"), shop)
    form = ReasonForm(request.POST if whole else None)
    reads = request.reads
    page = kept(filtered_of, FilteredAsk(str(month.period.first), str(month.period.last), shop.name), reads)
    leaf = Paginator(page.rows, ROWS).get_page(request.GET.get("page"))
    first = (leaf.number - 1) * ROWS
    keys = [contact_key(row) for row in data_rows(page, "rows")[first : first + len(leaf.object_list)]]
    page = replace(page, rows=tuple(leaf.object_list))
    seen = whole and form.is_valid()
    if seen:
        details: dict[str, str | int | None] = {
            "list": "filtered", "month": f"{month.first:%Y-%m}", "page": leaf.number, "rows": len(page.rows)
        }  # fmt: skip
        note("customers_seen", person=request.user, shop=shop, reason=form.cleaned_data["reason"], details=details)
    else:
        page = masked(page)
    shown = {
        "shop": shop, "month": month, "page": page, "table": table_of(page),
        "rows": list(zip(table_of(page).rows, keys, strict=True)), "put_back": request.GET.get("put") == "back",
        "may_correct": request.viewer.may("correct_data", shop),
        "leaf": leaf, "form": form, "seen": seen,
        "may_see": request.viewer.may("see_customers", shop),
    }  # fmt: skip
    return render(request, "pages/filtered.html", shown, status=422 if form.errors else 200)


def masked(page: Page) -> Page:
    """Return the page with customers' names masked, and what may tell who somebody is in what people wrote."""
    names = [column.name for column in page.columns]
    places = [place for place, name in enumerate(names) if name in CUSTOMER_COLUMNS]
    return replace(
        page,
        data={},
        rows=tuple(
            tuple(
                _masked(cell, [row[one].text for one in places], written=name in WRITTEN_COLUMNS)
                for name, cell in zip(names, row, strict=True)
            )
            for row in page.rows
        ),
    )


def _masked(cell: Cell, customers: list[str], *, written: bool) -> Cell:
    """Return a cell without the row's customers, whose names what is said of a correction repeats."""
    text = masked_words(cell.text) if written else cell.text
    for name in customers:
        text = text.replace(name, masked_name(name)) if name else text
    return cell if text == cell.text else replace(cell, value=text, text=text)
