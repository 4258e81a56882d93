"""One import as its page shows it; of an import with rows of other shops too, only an owner may do more than look."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404

from xiaoer.actions.import_pages import recognised_text, rows_text
from xiaoer.actions.imports import show_import
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.site.imports.outcome import Said, issues_shown
from xiaoer.site.models import Shop
from xiaoer.site.viewer import Viewer


@dataclass(frozen=True)
class ImportShown:
    """What the page of an import says; `whole`: the reader answers for every row of it."""

    number: int
    file: str
    at: datetime
    platform: str
    recognised: str
    exported_at: datetime | None
    rows: str
    repeated: str
    days: tuple[str, ...]
    totals: tuple[tuple[str, str], ...]
    rejected: int
    rejected_files: tuple[str, ...]
    issues: tuple[Said, ...]
    undone: bool
    whole: bool


def import_shown(shop: Shop, number: int, viewer: Viewer, language: Language) -> ImportShown:
    """Return an import of the shop; one of other shops only is not there."""
    made = one_of(shop, number)
    shops = set(made.get("shops", [made["shop"]]))
    exported = made["exported_at"]
    sums = [pair for table in made.get("totals", {}).values() for pair in table.items()]
    return ImportShown(
        number=number,
        file=made["file_name"],
        at=datetime.fromisoformat(made["at"]),
        platform=made["platform"],
        recognised=recognised_text(made, language),
        exported_at=datetime.fromisoformat(exported) if exported else None,
        rows=rows_text(made.get("rows", {}), language),
        repeated=rows_text(made["repeated"], language) if made.get("repeated") else "",
        days=tuple(dict.fromkeys(made.get("message_days", []))),
        totals=tuple(sums),
        rejected=made.get("rejected", 0),
        rejected_files=tuple(made["rejected_files"]),
        issues=issues_shown(made.get("issues", []), language),
        undone=made["undone"],
        whole=viewer.is_owner or shops <= {shop.name},
    )


def one_of(shop: Shop, number: int) -> Mapping[str, Any]:
    """Return what is known of an import that holds rows of the shop, or was made for it."""
    try:
        made = show_import(settings.SITE.home, number)
    except ReportableError as error:
        if error.issues[0].code != "store.no_such_import":
            raise
        raise Http404 from error
    if shop.name not in made.get("shops", [made["shop"]]):
        raise Http404
    return made
