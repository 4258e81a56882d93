"""The schemes that can be chosen, as a table."""

from pathlib import Path

from xiaoer.actions.render.page import Cell, Column, Page
from xiaoer.actions.role_said import role_said
from xiaoer.actions.shop_data import catalog_of, metrics_of
from xiaoer.actions.wording import word
from xiaoer.appraisal.load import load_schemes
from xiaoer.base.language import Language

COLUMNS = ("name", "label", "for", "from", "why")


def list_schemes(home: Path, language: Language) -> Page:
    """Return every scheme with for whom it is; a ReportableError lists what is wrong with any of them."""
    catalog = catalog_of(home)
    schemes = load_schemes(catalog, metrics_of(catalog))
    rows = []
    for scheme in schemes.values():
        whom = scheme.versions[-1].spec.for_
        roles = [role_said(role, language) for role in whom.roles]
        said = word("scheme_between", language).join([*roles, *whom.groups]) or word("scheme_everybody", language)
        since = str(scheme.versions[-1].spec.from_)
        rows.append((scheme.name, scheme.said.label.in_language(language), said, since,
                     scheme.said.why.in_language(language)))  # fmt: skip
    return Page(
        name="schemes",
        title=word("schemes_title", language, number=len(rows)),
        columns=tuple(Column(name, word(f"scheme_{name}", language), fixed=name == "name") for name in COLUMNS),
        rows=tuple(tuple(Cell(text, text) for text in row) for row in rows),
        language=language,
        data={"schemes": [dict(zip(COLUMNS, row, strict=True)) for row in rows]},
    )
