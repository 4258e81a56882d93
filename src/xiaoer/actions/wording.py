"""Words of commands and pages in the reader's language, from catalog/commands.yaml and catalog/words.yaml."""

from functools import cache
from pathlib import Path

from xiaoer.base.text_yaml import read_yaml

CATALOG = Path(__file__).resolve().parent.parent / "catalog"


@cache
def _pairs(file: str) -> dict[str, dict[str, str]]:
    # Not through base.catalog: its models cost a third of the time that `xiaoer --help` may take.
    content, issues = read_yaml(CATALOG / file)
    assert isinstance(content, dict) and not issues, issues
    return content  # type: ignore[return-value]  # pairs of zh and en, as a test of the house holds


def word(name: str, language: str, **values: object) -> str:
    """Return a page's word or sentence with its blanks filled."""
    return _pairs("words.yaml")[name]["en" if language == "en" else "zh"].format_map(values)


def help_of(name: str, language: str) -> str:
    """Return the help of a command (`report`) or of an option (`--from`)."""
    return _pairs("commands.yaml")[name]["en" if language == "en" else "zh"]
