"""The menu: the shop's pages that the reader may see, then those of the site."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiaoer.site.models import Shop
from xiaoer.site.viewer import Viewer

Page = tuple[str, str, str]  # the name of its address, what it needs, its label
SECTIONS: tuple[tuple[str, tuple[Page, ...]], ...] = (
    (_("Team and customers"), (
        ("overview", "see_team", _("Overview")),
        ("team", "see_team", _("Performance")),
        ("funnel", "see_team", _("Funnel")),
        ("waits", "see_team", _("Response times")),
        ("assists", "see_shop", _("Assists")),
        ("silent", "see_shop", _("Silent orders")),
        ("wall", "see_wall", _("Live wall")),
    )),
    (_("My own"), (
        ("own", "see_own", _("My figures")),
        ("own_shifts", "see_own_shifts", _("My shifts")),
        ("own_adherence", "see_own_shifts", _("My adherence")),
        ("own_inspection", "see_own_inspection", _("My inspection")),
        ("own_pay", "see_own_pay", _("My pay")),
    )),
    (_("Quality and pay"), (
        ("inspection", "see_inspection", _("Inspection")),
        ("appraisal", "see_pay", _("Appraisal")),
        ("schemes", "see_pay", _("Schemes")),
        ("pay_appeals", "see_pay", _("Pay appeals")),
        ("incidents", "note_incidents", _("Incidents")),
    )),
    (_("Planning"), (
        ("plan_forecast", "see_plan", _("Forecast")),
        ("plan_need", "see_plan", _("People needed")),
        ("rosters", "plan_rosters", _("Rosters")),
        ("plan_adherence", "see_plan", _("Adherence")),
        ("plan_whatif", "see_plan", _("What if")),
    )),
    (_("This shop"), (
        ("imports", "import_data", _("Imports")),
        ("filtered", "see_contacts", _("Filtered contacts")),
        ("corrections", "see_contacts", _("Corrections")),
        ("alerts", "make_alerts", _("Alerts")),
        ("shop_settings", "change_settings", _("Settings")),
    )),
)  # fmt: skip
SHOP_PAGES = tuple(page for _label, pages in SECTIONS for page in pages)
SITE = _("This site")
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
class Section:
    """Entries that belong together, under a heading."""

    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Menu:
    """The menu of one reader: sections that have entries, and the shops among which to change."""

    sections: tuple[Section, ...]
    shop: Shop | None
    shops: tuple[Entry, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return all lines in order."""
        return tuple(entry for section in self.sections for entry in section.entries)


def menu_of(request: HttpRequest, viewer: Viewer) -> Menu:
    """Return the menu as the reader may use it."""
    match = request.resolver_match
    shops = shops_of(viewer)
    here = match.url_name if match else ""
    asked = match.kwargs.get("shop") if match else None
    number = asked.pk if isinstance(asked, Shop) else asked
    shop = next((one for one in shops if one.pk == number), shops[0] if shops else None)
    sections = [(label, _of_shop(pages, viewer, shop, here)) for label, pages in SECTIONS] if shop else []
    of_site = tuple(
        Entry(str(label), reverse(name), name == here) for name, needs, label in SITE_PAGES if viewer.may(needs)
    )
    found = tuple(Section(str(label), entries) for label, entries in [*sections, (SITE, of_site)] if entries)
    others = tuple(Entry(one.name, address, one == shop) for one in shops if (address := first_page(viewer, one)))
    return Menu(found, shop, others)


def _of_shop(pages: Iterable[Page], viewer: Viewer, shop: Shop, here: str | None) -> tuple[Entry, ...]:
    return tuple(
        Entry(str(label), reverse(name, args=[shop.pk]), name == here, name)
        for name, needs, label in pages
        if viewer.may(needs, shop)
    )


def shops_of(viewer: Viewer) -> list[Shop]:
    """Return every shop of which the reader may see a page."""
    return sorted(viewer.shops(*{needs for _, needs, _label in SHOP_PAGES}), key=lambda shop: shop.name)


def first_page(viewer: Viewer, shop: Shop) -> str | None:
    """Return the address of the first page of a shop that the reader may see."""
    found = (reverse(name, args=[shop.pk]) for name, needs, _label in SHOP_PAGES if viewer.may(needs, shop))
    return next(found, None)
