"""The site's texts: `make messages` takes new ones into django.po, `make setup` compiles them (--compile)."""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "src/xiaoer/site"
PO = SITE / "locale/zh_Hans/LC_MESSAGES/django.po"
# Lines of the header that say nothing, or change at every run.
NOT_KEPT = tuple(
    f'"{name}:'
    for name in ("Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date",
                 "Last-Translator", "Language-Team", "Generated-By")
)  # fmt: skip
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def texts() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Yield where each text of the templates and the code stands, and the text itself."""
    if not settings.configured:
        settings.configure(USE_I18N=True)  # the reader of templates asks for it
    for path in sorted([*SITE.rglob("*.html"), *SITE.rglob("*.py")]):
        source = path.read_text(encoding="utf-8")
        source = templatize(source) if path.suffix == ".html" else source
        for _line, text, _comments, _context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
            yield path.relative_to(ROOT).as_posix(), text


def translated() -> Catalog:
    """Return the Chinese texts as they are written down."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans", domain="django", abort_invalid=True)


def update() -> None:
    """Take in new texts, drop those that nobody says."""
    found = Catalog(domain="django")
    for place, text in texts():
        found.add(text, locations=[(place, None)])
    kept = translated() if PO.exists() else Catalog(locale="zh_Hans", domain="django", fuzzy=False)
    kept.update(found, no_fuzzy_matching=True)
    kept.obsolete.clear()
    kept.header_comment = "# The site's texts in Chinese; `make messages` takes in new ones."
    written = BytesIO()
    write_po(written, kept, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    PO.write_text("".join(line for line in lines if not line.startswith(NOT_KEPT)), encoding="utf-8")


def compile_texts() -> None:
    """Write django.mo beside django.po."""
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, translated())


if __name__ == "__main__":
    if "--compile" not in sys.argv:
        update()
    compile_texts()
