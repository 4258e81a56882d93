"""The menu: the shop's pages that the reader may see, then those of the site."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiaoer.site.models import Shop
from xiaoer.site.viewer import Viewer

SHOP_PAGES = (
    ("overview", "see_team", _("Overview")),
    ("team", "see_team", _("Performance")),
    ("funnel", "see_team", _("Funnel")),
    ("waits", "see_team", _("Response times")),
    ("assists", "see_shop", _("Assists")),
    ("silent", "see_shop", _("Silent orders")),
    ("inspection", "see_inspection", _("Inspection")),
    ("own", "see_own", _("My figures")),
    ("own_inspection", "see_own_inspection", _("My inspection")),
    ("wall", "see_wall", _("Live wall")),
    ("filtered", "see_contacts", _("Filtered contacts")),
    ("corrections", "see_contacts", _("Corrections")),
    ("imports", "import_data", _("Imports")),
    ("alerts", "make_alerts", _("Alerts")),
    ("shop_settings", "change_settings", _("Settings")),
)
SITE_PAGES = (
    ("shops", "manage_shops", _("Shops")),
    ("people", "manage_people", _("People")),
    ("tokens", "manage_api", _("API")),
    ("log", "see_audit", _("Log")),
)


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    label: str
    address: str
    here: bool
    name: str = ""


@dataclass(frozen=True)
class Menu:
    """The menu of one reader: entries, and the shops among which to change."""

    entries: tuple[Entry, ...]
    shop: Shop | None
    shops: tuple[Entry, ...]


def menu_of(request: HttpRequest, viewer: Viewer) -> Menu:
    """Return the menu as the reader may use it."""
    match = request.resolver_match
    shops = shops_of(viewer)
    here = match.url_name if match else ""
    asked = match.kwargs.get("shop") if match else None
    number = asked.pk if isinstance(asked, Shop) else asked
    shop = next((one for one in shops if one.pk == number), shops[0] if shops else None)
    entries = [
        Entry(str(label), reverse(name, args=[shop.pk]), name == here, name)
        for name, needs, label in SHOP_PAGES
        if shop is not None and viewer.may(needs, shop)
    ]
    entries += [
        Entry(str(label), reverse(name), name == here) for name, needs, label in SITE_PAGES if viewer.may(needs)
    ]
    others = tuple(Entry(one.name, address, one == shop) for one in shops if (address := first_page(viewer, one)))
    return Menu(tuple(entries), shop, others)


def shops_of(viewer: Viewer) -> list[Shop]:
    """Return every shop of which the reader may see a page."""
    return sorted(viewer.shops(*{needs for _, needs, _label in SHOP_PAGES}), key=lambda shop: shop.name)


def first_page(viewer: Viewer, shop: Shop) -> str | None:
    """Return the address of the first page of a shop that the reader may see."""
    found = (reverse(name, args=[shop.pk]) for name, needs, _label in SHOP_PAGES if viewer.may(needs, shop))
    return next(found, None)
