"""One person's statement as whoever leads the team sees it, and as files to print and to pay by."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xiaoer.actions.appraise_page import month_page
from xiaoer.actions.appraise_pdf import pdf_of
from xiaoer.actions.appraise_statement import statement as statement_page
from xiaoer.actions.appraise_statement import statements
from xiaoer.actions.render.deliver import rendered
from xiaoer.actions.render.page import Screen
from xiaoer.base.errors import ReportableError
from xiaoer.site.appraisal.known import Opened, opened
from xiaoer.site.appraisal.sheet import doors_of, sheet_of
from xiaoer.site.audit import note
from xiaoer.site.downloads import file_of
from xiaoer.site.models import Shop

LONGEST = 200


def statement(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show one person's statement."""
    found = opened(shop, request.GET.get("month"), request.reads)
    agent = request.GET.get("agent", "")[:LONGEST]
    if found.pages is None or not agent:
        return _none(request, shop, found)
    sheet = sheet_of(shop, found, agent, request.reads)
    return render(request, "appraisal/statement.html", {
        "shop": shop, "found": found, "month": found.month, "sheet": sheet, "lead": True,
        "doors": doors_of(shop, found.name, sheet.accounts, to="explain"),
    })  # fmt: skip


def statement_pdf(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return one person's statement as PDF, or everybody's; to be printed."""
    found = _must_be_there(request, shop)
    assert found.pages is not None
    agent = request.GET.get("agent", "")[:LONGEST]
    people = [found.pages.result_of(agent)["agent"]] if agent else [row["agent"] for row in found.pages.results]
    return pdf_answer(request, shop, found, people)


def pdf_answer(request: HttpRequest, shop: Shop, found: Opened, people: list[str]) -> HttpResponse:
    """Return these people's statements as PDF; the log keeps that they were taken."""
    from datetime import datetime

    assert found.pages is not None
    pages = [statement_page(found.pages, agent, needs=False) for agent in people]
    content = pdf_of(pages, made_at=datetime.fromisoformat(found.pages.entry.at))
    return _file(request, shop, found, content, ("statements", "pdf", len(people)))


def statement_xlsx(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return everybody's statements as a workbook, a sheet a person."""
    found = _must_be_there(request, shop)
    assert found.pages is not None
    content = rendered(statements(found.pages), "xlsx", Screen())
    return _file(request, shop, found, content, ("statements", "xlsx", len(found.pages.results)))


def payroll_xlsx(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return the month for payroll as a workbook, with the columns chosen."""
    return _payroll(request, shop, "xlsx")


def payroll_csv(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return the month for payroll as CSV, with the columns chosen."""
    return _payroll(request, shop, "csv")


def payroll(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show which columns the payroll table can have, for choosing."""
    found = opened(shop, request.GET.get("month"), request.reads)
    if found.pages is None:
        return _none(request, shop, found)
    return render(request, "appraisal/payroll.html", {
        "shop": shop, "found": found, "month": found.month, "columns": month_page(found.pages).columns,
    })  # fmt: skip


def _payroll(request: HttpRequest, shop: Shop, kind: str) -> HttpResponse:
    found = _must_be_there(request, shop)
    assert found.pages is not None
    chosen = tuple(one[:LONGEST] for one in request.GET.getlist("c"))
    page = month_page(found.pages, columns=chosen)
    return _file(request, shop, found, rendered(page, kind, Screen()), ("payroll", kind, len(page.rows)))


def _must_be_there(request: HttpRequest, shop: Shop) -> Opened:
    found = opened(shop, request.GET.get("month"), request.reads)
    if found.pages is None:
        known = ", ".join(sorted(found.months.entries))
        raise ReportableError.of("appraisal.no_month", values={"month": found.name, "known": known or "–"})
    return found


def _file(
    request: HttpRequest, shop: Shop, found: Opened, content: bytes, what: tuple[str, str, int]
) -> HttpResponse:  # fmt: skip
    table, kind, rows = what
    note("exported", person=request.user, shop=shop,
         details={"table": table, "month": found.name, "format": kind, "rows": rows})  # fmt: skip
    return file_of(content, f"xiaoer-{table}-{found.name}.{kind}")


def _none(request: HttpRequest, shop: Shop, found: Opened) -> HttpResponse:
    return render(request, "appraisal/no_statement.html", {"shop": shop, "found": found, "month": found.month})
