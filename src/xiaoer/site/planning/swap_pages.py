"""The page of swaps for who leads: those that wait for an answer, and what became of the others."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from xiaoer.base.errors import ReportableError
from xiaoer.base.language import say
from xiaoer.site.models import ShiftSwap, Shop
from xiaoer.site.planning.swap_words import shown_swap
from xiaoer.site.planning.swaps import decide_swap

ROWS = 40


def swaps(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the swaps of a shop, those to decide first."""
    return _page(request, shop)


def swap_decide(request: HttpRequest, shop: Shop, swap: int) -> HttpResponse:
    """Approve a swap or refuse it; the rules are checked once more."""
    found = get_object_or_404(ShiftSwap.objects.select_related("roster__shop"), pk=swap, roster__shop=shop)
    answer = request.POST.get("answer", "").strip()[:200]
    try:
        decide_swap(found, answer, request.reads, approved="approve" in request.POST, by=request.user)
    except ReportableError as error:
        return _page(request, shop, problems=[say(issue, request.reads) for issue in error.issues])
    return redirect("swaps", shop.pk)


def _page(request: HttpRequest, shop: Shop, problems: list[str] | None = None) -> HttpResponse:
    made = ShiftSwap.objects.filter(roster__shop=shop).select_related("roster__shop", "decided_by")
    waiting = [shown for one in made.filter(state=ShiftSwap.State.AGREED) if (shown := shown_swap(one)).to_decide]
    others = made.exclude(pk__in=[one.swap.pk for one in waiting])
    leaf = Paginator(others, ROWS).get_page(request.GET.get("page"))
    return render(request, "planning/swaps.html", {
        "shop": shop, "waiting": waiting, "leaf": leaf, "rows": [shown_swap(one) for one in leaf.object_list],
        "problems": problems or [],
    }, status=422 if problems else 200)  # fmt: skip
