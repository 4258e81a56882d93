"""What the table's tools offer, and what of it is chosen."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from xiaoer.actions.report_choices import Choosable, ReportChoices
from xiaoer.site.performance.state import State


@dataclass(frozen=True)
class Choice:
    """One thing to choose: what the address says, what the reader sees, whether it is chosen, what it means."""

    value: str
    label: str
    chosen: bool
    help: str = ""


@dataclass(frozen=True)
class Choices:
    """Everything that the tools offer; `own_view` is the saved view that is shown: it can be removed."""

    views: list[Choice]
    rows: list[list[Choice]]
    policies: list[Choice]
    comparisons: list[Choice]
    groups: list[tuple[str, list[Choice]]]
    own_view: str


def choices_of(state: State, shown: set[str], known: ReportChoices) -> Choices:
    """Return the tools of a table that shows these metrics."""
    view, by = state.one("view"), [*state.every("by"), "", ""]
    usual = _("Chosen columns") if state.every("m") else _("The usual table")
    rows = [_("As the view has it"), _("nothing else")]
    return Choices(
        views=_with_none(usual, known.views, {view}),
        rows=[_with_none(none, known.rows, {by[at]}) for at, none in enumerate(rows)],
        policies=_with_none(_("As the shop has it"), known.policies, {state.one("policy")}),
        comparisons=_chosen(known.comparisons, set(state.every("compare"))),
        groups=[(label, _chosen(each, shown)) for label, each in known.groups],
        own_view=next((one.name for one in known.views if one.own and one.name == view), ""),
    )


def _with_none(label: str, known: tuple[Choosable, ...], chosen: set[str]) -> list[Choice]:
    return [Choice("", label, "" in chosen), *_chosen(known, chosen)]


def _chosen(known: tuple[Choosable, ...], chosen: set[str]) -> list[Choice]:
    return [Choice(one.name, one.label, one.name in chosen, one.help) for one in known]
