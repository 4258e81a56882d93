"""The headers that any platform knows: how a header row is told from a title or a record."""

import re
import unicodedata
from collections.abc import Set
from functools import lru_cache

from xiaoer.base.catalog import Catalog
from xiaoer.base.tables import canonical_tables
from xiaoer.intake.platform import Layout, Platform, TableMap
from xiaoer.intake.report.words import header_key, words_known

_BRACKETS = re.compile(r"\([^()]*\)$")


def normal_header(cell: str) -> str:
    """Return the header as it is compared: no blanks, no ="…", full-width signs as half-width ones."""
    text = unicodedata.normalize("NFKC", cell).replace("\ufeff", "").strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return "".join(text.split())


@lru_cache(maxsize=8)
def platforms(catalog: Catalog) -> dict[str, Platform]:
    """Return the catalog's platforms by name; a ReportableError lists what is wrong in them."""
    return catalog.load("platforms", Platform)


@lru_cache(maxsize=8)
def known_headers(catalog: Catalog) -> frozenset[str]:
    """Return every header that some layout or canonical table names, in normal form."""
    names = {column.name for table in canonical_tables().values() for column in table.columns}
    for layout in _layouts(catalog):
        names |= set() if layout.report else headers_of(layout)
    return frozenset(normal_header(name) for name in names)


@lru_cache(maxsize=8)
def all_headers(catalog: Catalog) -> frozenset[str]:
    """Return the known headers and those of other tools' reports: what a header row is found by."""
    own = {name for layout in _layouts(catalog) if layout.report for name in headers_of(layout)}
    return known_headers(catalog) | words_known(catalog) | {header_key(name) for name in own}


def _layouts(catalog: Catalog) -> list[Layout]:
    return [layout for platform in platforms(catalog).values() for layout in platform.layouts]


def is_header(name: str, known: Set[str]) -> bool:
    """Tell whether a name is known: as it is, without a unit in brackets, or its end below a group's name."""
    normal = normal_header(name)
    if normal in known:
        return True
    parts = header_key(name).split("/")
    ends = ["/".join(parts[first:]) for first in range(len(parts))]
    return any(end in known or _BRACKETS.sub("", end) in known for end in ends)


def headers_of(layout: Layout) -> set[str]:
    """Return every header that the layout names."""
    names = {name for alternatives in layout.must for name in alternatives.split("|")} | set(layout.ignored)
    names |= set(layout.together)
    if layout.report is not None:
        names |= {*layout.report.person, *layout.report.columns, *layout.report.means, *layout.report.ignored}
    for table in layout.tables:
        names |= mapped_headers(table)
    return names


def mapped_headers(table: TableMap) -> set[str]:
    """Return every header that the table's columns and conditions read."""
    names = {header for condition in table.where for header in condition.headers}
    for column in table.columns.values():
        names |= set(column.headers)
        names |= {header for headers in column.inputs.values() for header in headers}
    return names
