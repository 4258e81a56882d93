"""What a run of made-up shops has tried: policies, filters at work and switched off, figures that were something."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from tests.generative.made_settings import SWITCHES
from tests.generative.shops import POLICIES
from tests.reference.filters import contacts_of
from tests.reference.messages import lines_of
from tests.reference.rounds import rounds_of
from tests.reference.shop import Row, Shop
from xiaoer.base.settings import THE_FIRST_DAY, DatedValue, ShopSettings

REASONS = dict(
    zip(
        SWITCHES,
        (
            "own_account", "listed_nick", "advertising", "bulk_message", "monologue", "empty_chat",
            "transferred_shell",
        ),
        strict=True,
    )
)  # fmt: skip


@dataclass
class Varied:
    """How often each was tried in the shops noted so far; `off` are contacts that a filter switched off let pass."""

    policies: Counter[str] = field(default_factory=Counter)
    on: Counter[str] = field(default_factory=Counter)
    off: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)

    def note(self, shop: Shop, *, policy: str, rows: Iterable[Row], metrics: Iterable[str]) -> None:
        """Take down one shop and the rows of its reports."""
        self.policies[policy] += 1
        for row in rows:
            self.known.update(name for name in metrics if row[name] is not None)
        reasons = _reasons(shop)
        for switch, reason in REASONS.items():
            self.on[switch] += sum(found == reason for found in reasons.values())
            if any((one.name, one.value) == (switch, "false") for one in shop.settings.dated):
                would_be = _reasons(replace(shop, settings=_switched_on(shop.settings, switch)))
                self.off[switch] += sum(would_be[key] == reason and reasons[key] != reason for key in reasons)

    def never(self, metrics: Iterable[str]) -> dict[str, list[str]]:
        """Return what no shop has tried; empty when there is nothing of it."""
        missing = {
            "policies": [name for name in POLICIES if not self.policies[name]],
            "filters at work": [name for name in SWITCHES if not self.on[name]],
            "filters switched off": [name for name in SWITCHES if not self.off[name]],
            "figures": [name for name in metrics if not self.known[name]],
        }
        return {what: names for what, names in missing.items() if names}


def _reasons(shop: Shop) -> dict[tuple[str, str, date], str | None]:
    lines = lines_of(shop)
    contacts = contacts_of(shop, lines, rounds_of(shop, lines))
    return {(one.buyer, one.account, one.day): one.reason for one in contacts}


def _switched_on(settings: ShopSettings, switch: str) -> ShopSettings:
    kept = tuple(one for one in settings.dated if one.name != switch)
    return ShopSettings((*kept, DatedValue(switch, THE_FIRST_DAY, len(settings.dated), "true")))
