"""The reference of metrics: search them, read one."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xiaoer.actions.metric_pages import list_metrics, show_metric
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.base.tables import canonical_tables
from xiaoer.site.metric_reference.example import example_shown
from xiaoer.site.pages.data_rows import data_rows

FACTS = ("unit", "direction", "maturity", "level")
LONGEST_QUESTION = 60


@dataclass(frozen=True)
class Entry:
    """One metric in the list."""

    name: str
    label: str
    formula: str


@dataclass(frozen=True)
class Group:
    """The metrics of a group that were found."""

    name: str
    label: str
    entries: tuple[Entry, ...]


def metrics(request: HttpRequest) -> HttpResponse:
    """Show the metrics that fit what is asked, by group; without a question one group, so that the page is quick."""
    question = request.GET.get("q", "")[:LONGEST_QUESTION]
    every = groups_of(data_rows(list_metrics(settings.SITE.home, request.reads), "metrics"), request.reads)
    chosen = request.GET.get("group", "")
    if question.strip():
        shown = found_in(every, question)
    else:
        shown = [one for one in every if one.name == chosen] or every[:1]
    here = shown[0].name if not question.strip() else ""
    template = "metric_reference/found.html" if request.headers.get("HX-Request") else "metric_reference/metrics.html"
    number = sum(len(one.entries) for one in every)
    return render(
        request, template, {"groups": every, "shown": shown, "here": here, "question": question, "number": number}
    )


def metric(request: HttpRequest, name: str) -> HttpResponse:
    """Show one metric: formula, why, rules, worked examples; near names are told when there is none of this name."""
    page = show_metric(settings.SITE.home, name, request.reads)
    made: Mapping[str, Any] = page.data
    tables = canonical_tables()
    facts = [(word(f"metric_{one}", request.reads), word(f"{one}_{made[one]}", request.reads)) for one in FACTS]
    shown = {
        "name": name, "label": made["label"][request.reads], "formula": made["formula"][request.reads],
        "why": made["why"][request.reads], "facts": facts, "rules": made["rules"],
        "needs": [tables[one].label.in_language(request.reads) for one in made["needs"]],
        "examples": [example_shown(one, request.reads) for one in made["examples"]],
        "group": made["group"], "group_label": word(f"group_{made['group']}", request.reads),
    }  # fmt: skip
    return render(request, "metric_reference/metric.html", shown)


def groups_of(made: list[Mapping[str, Any]], language: Language) -> list[Group]:
    """Return every metric under its group, both in the order of the catalog."""
    by_group: dict[str, list[Entry]] = {}
    for one in made:
        entry = Entry(one["name"], one["label"][language], one["formula"][language])
        by_group.setdefault(one["group"], []).append(entry)
    return [Group(name, word(f"group_{name}", language), tuple(entries)) for name, entries in by_group.items()]


def found_in(groups: list[Group], question: str) -> list[Group]:
    """Return the metrics whose name, label or formula has every word of the question; no empty group."""
    words = _folded(question).split()
    fitting = [
        Group(
            one.name, one.label,
            tuple(e for e in one.entries if all(w in _folded(f"{e.name} {e.label} {e.formula}") for w in words)),
        )
        for one in groups
    ]  # fmt: skip
    return [one for one in fitting if one.entries]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
