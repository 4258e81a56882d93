"""The views: all of them in the order of lists, or one with its columns and charts."""

from pathlib import Path

from xiaoer.actions.render.page import Cell, Column, Page
from xiaoer.actions.saved_views import own_views
from xiaoer.actions.shop_data import catalog_of, metrics_of
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.metrics import Metric, View, load_views, view_named


def list_views(home: Path, language: Language) -> Page:
    """Return every view; a ReportableError lists what is wrong in the home's own catalog."""
    catalog = catalog_of(home)
    views, own = load_views(catalog, metrics_of(catalog)), own_views(home)
    names = ("name", "label", "by", "columns", "whose")
    return Page(
        name="views",
        title=word("views_title", language, number=len(views)),
        columns=tuple(Column(name, word(f"view_{name}", language), fixed=name == "name") for name in names),
        rows=tuple(_row(view, own=view.name in own, language=language) for view in views.values()),
        language=language,
        data={"views": [_data(view, own=view.name in own) for view in views.values()]},
        notes=(word("views_note", language),),
    )


def show_view(home: Path, name: str, language: Language) -> Page:
    """Return one view with its columns; a ReportableError with near names when there is none of this name."""
    catalog = catalog_of(home)
    metrics = metrics_of(catalog)
    view, own = view_named(name, load_views(catalog, metrics)), own_views(home)
    lead = [view.why.in_language(language)] if view.why else []
    lead.append(word("view_rows", language, by=_by(view, language)))
    lead += [word("view_file", language, file=own[view.name])] if view.name in own else []
    columns = ("name", "label", "formula")
    return Page(
        name="views",
        title=f"{view.label.in_language(language)} · {view.name}",
        columns=tuple(Column(name, word(f"metric_{name}", language), fixed=name == "name") for name in columns),
        rows=tuple(_metric_row(metrics[column], language) for column in view.columns),
        language=language,
        data=_data(view, own=view.name in own),
        lead=tuple(lead),
    )


def _row(view: View, *, own: bool, language: Language) -> tuple[Cell, ...]:
    whose = word("view_own" if own else "view_ours", language)
    texts = (view.name, view.label.in_language(language), _by(view, language), str(len(view.columns)), whose)
    return tuple(Cell(text, text) for text in texts)


def _metric_row(metric: Metric, language: Language) -> tuple[Cell, ...]:
    texts = (metric.name, metric.label.in_language(language), metric.formula.in_language(language))
    return tuple(Cell(text, text) for text in texts)


def _by(view: View, language: Language) -> str:
    mark = "、" if language != "en" else ", "
    return mark.join(word(f"by_{name}", language) for name in view.by) or word("whole_shop", language)


def _data(view: View, *, own: bool) -> dict[str, object]:
    return {
        "name": view.name,
        "label": {"zh": view.label.zh, "en": view.label.en},
        "by": list(view.by),
        "columns": list(view.columns),
        "charts": [{"kind": chart.kind.value, "metrics": list(chart.metrics)} for chart in view.charts],
        "own": own,
    }
