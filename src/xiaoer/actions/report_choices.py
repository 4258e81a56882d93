"""What a report can be asked for, in the reader's words: views, columns by group, rows, credit, comparisons."""

from dataclasses import dataclass
from pathlib import Path

from xiaoer.actions.saved_views import own_views
from xiaoer.actions.shop_data import catalog_of, metrics_of
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.metrics import Comparison, Dimension, Group, Metric, load_views

ROWS = (
    Dimension.AGENT, Dimension.GROUP, Dimension.ROLE, Dimension.MONTH, Dimension.WEEK, Dimension.DAY,
    Dimension.WEEKDAY, Dimension.HOUR,
)  # fmt: skip
POLICIES = ("order_first", "order", "payment")


@dataclass(frozen=True)
class Choosable:
    """One thing that can be asked for: its name, its label, what it means; whether the shop made it itself."""

    name: str
    label: str
    help: str = ""
    own: bool = False


@dataclass(frozen=True)
class ReportChoices:
    """Everything that a report can be asked for; `groups` are the metrics under the label of each group."""

    views: tuple[Choosable, ...]
    rows: tuple[Choosable, ...]
    policies: tuple[Choosable, ...]
    comparisons: tuple[Choosable, ...]
    groups: tuple[tuple[str, tuple[Choosable, ...]], ...]


def report_choices(home: Path, language: Language) -> ReportChoices:
    """Return what can be asked for; a ReportableError lists what is wrong in the home's own catalog."""
    catalog = catalog_of(home)
    metrics, own = metrics_of(catalog), own_views(home)
    views = load_views(catalog, metrics)
    return ReportChoices(
        views=tuple(
            Choosable(one.name, one.label.in_language(language), own=one.name in own) for one in views.values()
        ),
        rows=tuple(Choosable(one.value, word(f"by_{one.value}", language)) for one in ROWS),
        policies=tuple(Choosable(one, word(f"policy_{one}", language)) for one in POLICIES),
        comparisons=tuple(
            Choosable(one.value, word(f"difference_{one.value}", language), word(f"compared_{one.value}", language))
            for one in Comparison
        ),
        groups=_groups(metrics, language),
    )  # fmt: skip


def _groups(metrics: dict[str, Metric], language: Language) -> tuple[tuple[str, tuple[Choosable, ...]], ...]:
    found: dict[str, list[Choosable]] = {group.value: [] for group in Group}
    for metric in metrics.values():
        said = Choosable(metric.name, metric.label.in_language(language), metric.why.in_language(language))
        found[metric.group.value].append(said)
    return tuple((word(f"group_{name}", language), tuple(each)) for name, each in found.items() if each)
