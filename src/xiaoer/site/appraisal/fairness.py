"""Is it fair: totals by kinds of people, and figures beside those at the team's load."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xiaoer.actions.appraise_fairness import fairness as fairness_of
from xiaoer.actions.appraise_kept import Entry
from xiaoer.actions.render.book import Book
from xiaoer.base.language import Language
from xiaoer.site.appraisal.known import opened
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.pages.table import table_of

MOST_LOAD_ROWS = 120


def fairness(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show how the results of a month lie among the people; the figures are the engine's."""
    found = opened(shop, request.GET.get("month"), request.reads)
    parts = []
    if found.pages is not None:
        book = kept(_fairness, shop.name, request.reads, found.pages.entry)
        for page in book.pages:
            table = table_of(page)
            parts.append({"page": page, "table": table, "rows": table.rows[:MOST_LOAD_ROWS], "all": len(table.rows)})
    return render(request, "appraisal/fairness.html", {
        "shop": shop, "found": found, "month": found.month, "parts": parts,
    })  # fmt: skip


def _fairness(home: Path, shop: str, language: Language, entry: Entry) -> Book:
    return fairness_of(home, entry.month, shop, language)
