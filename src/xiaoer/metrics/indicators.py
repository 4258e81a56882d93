"""What others call an indicator, and the metrics that measure it."""

from xiaoer.base.catalog import Catalog, Declared, Words


class Indicator(Declared):
    """One indicator in its source's words; no metrics where chats and orders can not tell it, and the note says why."""

    name: Words
    metrics: tuple[str, ...]
    note: Words | None = None


class Section(Declared):
    """Indicators of one source or kind."""

    label: Words
    indicators: tuple[Indicator, ...]


class Indicators(Declared):
    """Every indicator, by section."""

    sections: tuple[Section, ...]


def load_indicators(catalog: Catalog) -> tuple[Section, ...]:
    """Return every section of indicators; a ReportableError says what is wrong in the file."""
    return catalog.load_one("indicators.yaml", Indicators).sections
