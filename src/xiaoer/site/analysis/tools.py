"""What the tools above a page of figures offer: the days, whose orders are whose, and one more choice of the page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from xiaoer.actions.report_choices import report_choices
from xiaoer.base.language import Language
from xiaoer.site.kept import kept
from xiaoer.site.performance.choices import Choice
from xiaoer.site.performance.state import State


@dataclass(frozen=True)
class Tools:
    """The choices of a page beside its days; `kept` is what its form carries along."""

    policies: tuple[Choice, ...]
    kept: tuple[tuple[str, str], ...]


def tools_of(state: State, language: Language, *but: str) -> Tools:
    """Return the tools; `but` are the keys of the page's own choices."""
    policy = state.one("policy")
    known = kept(report_choices, language).policies
    return Tools(
        (
            Choice("", _("As the shop has it"), not policy),
            *(Choice(one.name, one.label, one.name == policy) for one in known),
        ),
        tuple(state.hidden("period", "from", "to", "policy", "by", *but)),
    )
