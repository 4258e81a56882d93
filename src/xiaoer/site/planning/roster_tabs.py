"""The pages of one roster beside one another."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiaoer.site.inspection.tabs import Tab
from xiaoer.site.models import Roster

PAGES = (
    ("roster", _("By person")),
    ("roster_day", _("By day")),
    ("roster_activities", _("By activity")),
    ("roster_fairness", _("What each carries")),
    ("roster_tables", _("What it is made from")),
    ("roster_mend", _("Somebody falls out")),
    ("roster_log", _("Changes")),
)


def roster_tabs(request: HttpRequest, found: Roster) -> list[Tab]:
    """Return the pages of a roster."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    return [Tab(str(label), reverse(name, args=[found.shop_id, found.pk]), name == here) for name, label in PAGES]
