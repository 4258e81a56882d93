"""What a rule can watch: kinds of rules, and the figures of this moment with their units."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LIVE, DAILY, FAILED, MISSING, DIGEST = "live", "daily", "import_failed", "data_missing", "digest"
KINDS: dict[str, Promise] = {
    LIVE: _("a figure of this moment"),
    DAILY: _("a figure of the last whole day"),
    FAILED: _("an import that failed"),
    MISSING: _("no new data for some hours"),
    DIGEST: _("a summary every morning"),
}
LASTING = frozenset({LIVE, MISSING})  # what begins and ends; the others are told once and that is all
EVERY_SECONDS = {LIVE: 0, DAILY: 600, FAILED: 30, MISSING: 60, DIGEST: 30}
WAYS: dict[str, Promise] = {"over": _("above"), "under": _("below")}
WHOM: dict[str, Promise] = {"shop": _("the whole shop"), "group": _("each group"), "agent": _("each agent")}


@dataclass(frozen=True)
class LiveMetric:
    """A figure of this moment: its label and unit (seconds, count or share)."""

    label: Promise
    unit: str


LIVE_METRICS = {
    "waiting_seconds": LiveMetric(_("Longest wait now"), "seconds"),
    "waiting_buyers": LiveMetric(_("Buyers waiting now"), "count"),
    "chats": LiveMetric(_("Chats at once"), "count"),
    "average_response_today": LiveMetric(_("Mean response today"), "seconds"),
    "three_minute_today": LiveMetric(_("Within 3 minutes today"), "share"),
}
