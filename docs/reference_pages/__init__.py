"""The reference pages: each a function from a language to the page's text, made of the catalog and the commands."""

from collections.abc import Callable

from reference_pages.cli import cli_page
from reference_pages.contents import contents_page
from reference_pages.errors import errors_page
from reference_pages.glossary import glossary_page
from reference_pages.indicators import indicators_page
from reference_pages.inspection import inspection_page
from reference_pages.metrics import metrics_page
from reference_pages.platforms import platforms_page
from reference_pages.schemes import schemes_page
from reference_pages.settings import settings_page
from reference_pages.tables import tables_page

PAGES: dict[str, Callable[[str], str]] = {
    "cli": cli_page,
    "errors": errors_page,
    "glossary": glossary_page,
    "indicators": indicators_page,
    "inspection": inspection_page,
    "metrics": metrics_page,
    "platforms": platforms_page,
    "schemes": schemes_page,
    "settings": settings_page,
    "tables": tables_page,
    "contents": contents_page,  # last: it lists the others
}
