"""The platforms whose files can be read, as people choose among them."""

from pathlib import Path

from xiaoer.actions.shop_data import catalog_of
from xiaoer.base.language import Language
from xiaoer.intake.vocabulary import platforms


def platform_labels(home: Path, language: Language) -> dict[str, str]:
    """Return how each platform is called, by name; a ReportableError lists what is wrong in the home's catalog."""
    return {name: one.label.in_language(language) for name, one in platforms(catalog_of(home)).items()}
