"""What a roster is made from: its tables, changed row by row or sent as a workbook; the need from the forecast."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from xiaoer.actions.plan_roster_tables import (
    Head,
    heads_of,
    off_word,
    parts_of,
    rows_sent,
    rules_shown,
    rules_with,
    table_labels,
    tables_book,
)
from xiaoer.actions.render.page import Screen
from xiaoer.actions.render.xlsx import render_xlsx_book
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language, say
from xiaoer.site.downloads import file_of
from xiaoer.site.forms import PlainForm
from xiaoer.site.imports.upload import taken_upload
from xiaoer.site.jobs.start import start
from xiaoer.site.models import Roster, Shop
from xiaoer.site.planning.roster import must_be_open
from xiaoer.site.planning.roster_changes import change_tables, open_for_wishes
from xiaoer.site.planning.roster_forms import NeedForm, WishesOpenForm, row_form
from xiaoer.site.planning.roster_known import problem_known, roster_found, rows_of
from xiaoer.site.planning.roster_tabs import roster_tabs
from xiaoer.site.planning.roster_work import NEED, NEEDING, work_under_way

ROWS = 60
MOST_BYTES = 10_000_000  # of a workbook, which is read while its sender waits
RULES, WHOLE = "rules", "need"  # of the rules each has a value; the need is only taken or sent whole


@dataclass(frozen=True)
class TableShown:
    """One table: its name, what it is called, how many rows it has, whether it is the one in hand."""

    name: str
    label: str
    number: int
    here: bool


def roster_tables(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Show one table of a roster, with every fault of all of them."""
    found = roster_found(roster, shop)
    return _page(request, found, _table_asked(request.GET.get("table", "people")))


def roster_row(request: HttpRequest, shop: Shop, roster: int, table: str, row: int) -> HttpResponse:
    """Change one row of a table, or add one: row 0; an emptied row is removed."""
    found = roster_found(roster, shop)
    if _table_asked(table) == WHOLE:
        raise Http404
    rows = [dict(one) for one in found.tables.get(table, [])]
    if table == RULES:
        return _rule(request, found, row)
    if row > len(rows):
        raise Http404
    now = rows[row - 1] if row else {}
    form_of = row_form(table, _choices(found, table, request.reads), request.reads)
    if request.method != "POST":
        return _row_page(request, found, table, row, form_of(initial=now))
    must_be_open(found, Roster.State.DRAFT)
    form = form_of(request.POST)
    if not form.is_valid():
        return _row_page(request, found, table, row, form)
    cells = {} if "remove" in request.POST else {name: text for name, text in form.cleaned_data.items() if text}
    changed = (
        [*rows[: max(row - 1, 0)], *([cells] if cells else []), *rows[row:]]
        if row
        else [*rows, *([cells] if cells else [])]
    )
    change_tables(found, found.tables | {table: changed}, edition=found.edition, by=request.user)
    return _to_table(found, table)


def roster_sent(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Take the tables of a workbook; every fault of it is said at once, and then nothing is taken."""
    found = roster_found(roster, shop)
    try:
        sent = taken_upload(request)
    except ReportableError as error:
        return _page(request, found, "people", problems=[say(issue, request.reads) for issue in error.issues])
    try:
        must_be_open(found, Roster.State.DRAFT)
        if sent.files[0].size > MOST_BYTES:
            raise ReportableError.of("roster.too_big", values={"megabytes": MOST_BYTES // 1_000_000})
        file = sent.files[0].path.rename(sent.files[0].path.with_suffix(_suffix(sent.files[0].name)))
        tables = rows_sent(file, found.tables, request.reads)
        change_tables(found, _without_own_wishes(found, tables, request.reads), edition=found.edition, by=request.user)
    except ReportableError as error:
        return _page(request, found, "people", problems=[say(issue, request.reads) for issue in error.issues])
    finally:
        sent.drop()
    return _to_table(found, "people")


def roster_tables_xlsx(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Return the tables as a workbook that can be changed and sent back, or given to the command line."""
    found = roster_found(roster, shop)
    content = render_xlsx_book(tables_book(rows_of(found, request.reads), request.reads), Screen())
    return file_of(content, f"roster-{found.first}.xlsx")


def roster_need(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Begin to take the need from the forecast."""
    found = roster_found(roster, shop)
    form = NeedForm(_skills(found), request.POST)
    if not form.is_valid():
        return _page(request, found, WHOLE, need=form)
    must_be_open(found, Roster.State.DRAFT)
    asked = form.asked() | {"roster": found.pk, "edition": found.edition}
    return redirect(NEEDING.address(start(NEED, by=request.user, shop=shop, asked=asked)))


def roster_wishes(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Say until when agents can wish for days of a draft."""
    found = roster_found(roster, shop)
    form = WishesOpenForm(request.POST)
    if not form.is_valid():
        return _page(request, found, "wishes", wishes=form)
    must_be_open(found, Roster.State.DRAFT)
    open_for_wishes(found, form.cleaned_data["until"], by=request.user)
    return _to_table(found, "wishes")


def _rule(request: HttpRequest, found: Roster, row: int) -> HttpResponse:
    rules = rules_shown(found.tables, request.reads)
    if not 1 <= row <= len(rules):
        raise Http404
    name, label, value, _said = rules[row - 1]
    form_of = row_form(RULES, {"name": [label]}, request.reads)
    form = form_of(*([request.POST] if request.method == "POST" else []), initial={"name": label, "value": value})
    if request.method != "POST" or not form.is_valid():
        return _row_page(request, found, RULES, row, form)
    must_be_open(found, Roster.State.DRAFT)
    tables = found.tables | {RULES: rules_with(found.tables, name, form.cleaned_data["value"])}
    change_tables(found, tables, edition=found.edition, by=request.user)
    return _to_table(found, RULES)


def _page(
    request: HttpRequest, found: Roster, table: str, *, problems: Sequence[str] = (), need: NeedForm | None = None,
    wishes: WishesOpenForm | None = None,
) -> HttpResponse:  # fmt: skip
    rows = rows_of(found, request.reads)
    labels = table_labels(request.reads)
    heads = heads_of(table, request.reads)
    rows_shown = _cells(rows, table, heads, request.reads)
    leaf = Paginator(rows_shown, ROWS).get_page(request.GET.get("page"))
    own = len(rows_shown) if table == RULES else len(found.tables.get(table, []))
    faults: list[str] = []
    try:
        problem_known(found, request.reads)
    except ReportableError as error:
        faults = [say(issue, request.reads) for issue in error.issues]
    wrong = any(form is not None and form.errors for form in (need, wishes)) or bool(problems)
    return render(request, "planning/roster_tables.html", {
        "shop": found.shop, "roster": found, "tabs": roster_tabs(request, found), "table": table,
        "tables": [TableShown(name, label, len(rows.get(name, [])), name == table) for name, label in labels.items()],
        "label": labels[table], "heads": heads, "leaf": leaf, "rows": leaf.object_list, "own": own,
        "faults": faults, "problems": problems, "is_rules": table == RULES,
        "need_form": need or NeedForm(_skills(found)),
        "wishes_form": wishes or WishesOpenForm(initial={"until": found.wishes_until}),
        "draft": found.state == Roster.State.DRAFT, "whole": table == WHOLE, "work": work_under_way(found),
        "nameless": [name for row in rows.get("people", []) if (name := row.get("name", "")) not in found.accounts],
    }, status=422 if wrong else 200)  # fmt: skip


def _cells(
    rows: Mapping[str, Sequence[Mapping[str, str]]], table: str, heads: Sequence[Head], language: Language
) -> list[dict[str, Any]]:
    """Return the rows with their numbers; of the rules all, those that nobody said too."""
    if table == RULES:
        return [
            {"number": number, "cells": [label, value], "usual": not said}
            for number, (_name, label, value, said) in enumerate(rules_shown(rows, language), start=1)
        ]
    return [
        {"number": number, "cells": [row.get(head.name, "") for head in heads], "usual": False}
        for number, row in enumerate(rows.get(table, []), start=1)
    ]


def _row_page(request: HttpRequest, found: Roster, table: str, row: int, form: PlainForm) -> HttpResponse:
    return render(request, "planning/roster_row.html", {
        "shop": found.shop, "roster": found, "table": table, "label": table_labels(request.reads)[table], "number": row,
        "form": form, "is_rules": table == RULES, "back": _address(found, table),
    }, status=422 if form.errors else 200)  # fmt: skip


def _choices(found: Roster, table: str, language: Language) -> dict[str, list[str]]:
    """Return what may stand in the columns of a table that name people or shifts of other tables."""
    if table in ("people", "shifts"):
        return {}
    if table == "activities":
        return {"name": sorted({row["skill"] for row in found.tables.get("need", []) if row.get("skill")})}
    people = [row.get("name", "") for row in found.tables.get("people", [])]
    shifts = [off_word(language), *(row.get("name", "") for row in found.tables.get("shifts", []))]
    return {"name": people, "shift": shifts}


def _skills(found: Roster) -> list[str]:
    """Return the skills that people have."""
    return sorted({skill for row in found.tables.get("people", []) for skill in parts_of(row.get("skills", ""))})


def _without_own_wishes(found: Roster, tables: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Return tables without the wishes that agents said themselves: those stand beside them and went out with them."""
    own = rows_of(found, language)["wishes"][len(found.tables.get("wishes", [])) :]
    return dict(tables) | {"wishes": [row for row in tables.get("wishes", []) if row not in own]}


def _table_asked(name: str) -> str:
    if name not in table_labels("zh"):
        raise Http404
    return name


def _suffix(name: str) -> str:
    """Return how a file's name ends, by which its kind is told; a workbook where it does not say."""
    _, dot, end = name.rpartition(".")
    return f".{end.lower()}" if dot and end.isalnum() else ".xlsx"


def _address(found: Roster, table: str) -> str:
    return f"{reverse('roster_tables', args=[found.shop_id, found.pk])}?table={table}"


def _to_table(found: Roster, table: str) -> HttpResponse:
    return redirect(_address(found, table))
