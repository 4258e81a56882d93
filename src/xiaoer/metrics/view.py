"""Views: the tables that shops read by name, their columns, rows and charts, as catalog/reports says."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from xiaoer.base.catalog import Catalog, Declared, Words
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.near_names import near_names
from xiaoer.base.tables import canonical_tables
from xiaoer.base.yaml_lines import with_line
from xiaoer.metrics.metric import Metric
from xiaoer.metrics.request import Dimension

FOLDER = "reports"


class ChartKind(StrEnum):
    """How a chart is drawn. Bars, lines and columns take the view's rows; a funnel takes its total."""

    BAR = "bar"
    LINE = "line"
    COLUMN = "column"
    FUNNEL = "funnel"


class ViewChart(Declared):
    """One chart of a view: columns of the same table, so that no number stands in a chart only."""

    kind: ChartKind
    metrics: tuple[str, ...]

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if self.kind is ChartKind.FUNNEL and len(self.metrics) < 2:
            raise ValueError("a funnel takes two metrics or more")
        if self.kind is not ChartKind.FUNNEL and len(self.metrics) != 1:
            raise ValueError("this chart takes one metric")
        return self


class View(Declared):
    """One view. Where none of the tables it `needs` was imported it says nothing; `place` is its place in lists."""

    name: str = ""
    place: int = 1000
    label: Words
    why: Words | None = None
    by: tuple[str, ...] = (Dimension.AGENT.value,)
    needs: tuple[str, ...] = ()
    columns: tuple[str, ...] = Field(min_length=1)
    charts: tuple[ViewChart, ...] = ()

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Return what its rows stand for."""
        return tuple(Dimension(name) for name in self.by)

    def known_columns(self, metrics: Mapping[str, Metric], tables: Collection[str]) -> list[str]:
        """Return the columns that these imported tables can fill; none where the view as a whole says nothing."""
        if self.needs and not set(self.needs) & set(tables):
            return []
        return [name for name in self.columns if set(metrics[name].needs) <= set(tables)]


def load_views(catalog: Catalog, metrics: Mapping[str, Metric]) -> dict[str, View]:
    """Return every view by name, in the order of lists; a ReportableError lists every issue of every file."""
    loaded = catalog.load(FOLDER, View)
    files = catalog.files(FOLDER)
    issues = [issue for name, view in loaded.items() for issue in view_issues(view, metrics, file=str(files[name]))]
    if issues:
        raise ReportableError([with_line(issue) for issue in issues])
    named = [view.model_copy(update={"name": name}) for name, view in loaded.items()]
    return {view.name: view for view in sorted(named, key=lambda view: (view.place, view.name))}


def view_named(name: str, views: Mapping[str, View]) -> View:
    """Return the view of a name, or of a label in either language; a ReportableError with near names for none."""
    if name in views:
        return views[name]
    labelled = [view for view in views.values() if name in (view.label.zh, view.label.en)]
    if len(labelled) == 1:
        return labelled[0]
    known = [*views, *(label for view in views.values() for label in (view.label.zh, view.label.en))]
    near = ", ".join(dict.fromkeys(near_names(name, known))) or "–"
    raise ReportableError.of("view.unknown", values={"name": name[:40], "near": near})


def view_issues(view: View, metrics: Mapping[str, Metric], *, file: str) -> Iterator[Issue]:
    """Yield what is wrong with a view beyond its shape: names that are none, charts of what is no column."""
    columns = Place(file, column="columns")
    yield from _unknown(view.columns, metrics, "metrics.unknown_metric", columns)
    rows = [dimension.value for dimension in Dimension]
    yield from _unknown(view.by, rows, "metrics.unknown_dimension", Place(file, column="by"))
    yield from _unknown(view.needs, canonical_tables(), "metrics.unknown_table", Place(file, column="needs"))
    for number, chart in enumerate(view.charts):
        for name in chart.metrics:
            if name not in view.columns:
                near = ", ".join(near_names(name, view.columns)) or "–"
                place = Place(file, column=f"charts.{number}.metrics")
                yield Issue("view.chart_of_no_column", Severity.ERROR, place, {"name": name[:60], "near": near})


def _unknown(names: Collection[str], known: Collection[str], code: str, place: Place) -> Iterator[Issue]:
    for number, name in enumerate(names):
        if name not in known:
            near = ", ".join(near_names(name, known)) or "–"
            at = Place(place.file, column=f"{place.column}.{number}")
            yield Issue(code, Severity.ERROR, at, {"name": name[:60], "near": near})
