"""Whose figures a page shows: everybody's, a group's or an account's; who leads some groups chooses among them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from xiaoer.actions.report import report
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.actions.shops import accounts_known
from xiaoer.base.language import Language
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.pages.data_rows import data_rows
from xiaoer.site.performance.choices import Choice
from xiaoer.site.performance.state import State
from xiaoer.site.viewer import Viewer

OF_ACCOUNT, OF_GROUP = "a:", "g:"


@dataclass(frozen=True)
class Whose:
    """An account, a group, or neither for everybody; what else could be chosen; the only groups allowed, or None."""

    agent: str | None
    group: str | None
    choices: tuple[Choice, ...]
    only: frozenset[str] | None

    @property
    def door(self) -> str:
        """Return what names them in the question of a door."""
        if self.agent is not None:
            return "&" + urlencode({"agent": self.agent})
        return "" if self.group is None else "&" + urlencode({"in_group": self.group})


def whose_of(shop: Shop, state: State, language: Language, viewer: Viewer) -> Whose:
    """Return whose figures an address asks for; refused where they are not the reader's to see."""
    only = viewer.groups("see_team", shop)
    of_group = _members(shop, state, language)
    groups = sorted({group for group in of_group.values() if group and (only is None or group in only)})
    shown = kept(accounts_known, shop.name)
    accounts = [one for one in shown if only is None or of_group.get(one) in only]
    asked = state.one("account")
    if not asked and only is not None:
        asked = OF_GROUP + (groups[0] if groups else sorted(only)[0])
    agent = asked.removeprefix(OF_ACCOUNT) if asked.startswith(OF_ACCOUNT) else None
    group = asked.removeprefix(OF_GROUP) if asked.startswith(OF_GROUP) else None
    if only is not None and group not in only and (agent is None or agent not in accounts):
        raise PermissionDenied
    everybody = [] if only is not None else [Choice("", _("everybody"), not asked)]
    choices = (
        *everybody,
        *(Choice(OF_GROUP + one, _("group %(name)s") % {"name": one}, one == group) for one in groups),
        *(Choice(OF_ACCOUNT + one, shown[one], one == agent) for one in accounts),
    )
    return Whose(agent, group, choices, only)


def _members(shop: Shop, state: State, language: Language) -> dict[str, str | None]:
    """Return the group of each account that received anybody in these days."""
    days = state.days.period
    ask = ReportAsk(str(days.first), str(days.last), shop.name, by=("group", "agent"), metrics=("received_buyers",))
    return {str(row["agent"]): row["group"] for row in data_rows(kept(report, ask, language), "rows")}
