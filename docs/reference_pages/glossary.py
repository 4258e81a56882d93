"""The page of the words."""

from reference_pages.markdown import opening, page, table
from xiaoer.base.catalog import Catalog, Declared, Words

TITLE = Words(zh="术语", en="Glossary")
LEAD = Words(
    zh="一个意思只用一个词，程序、网页、文档里都一样。",
    en="One word per idea, the same in the program, the reports and these pages.",
)
HEAD = {"zh": ("术语", "英文", "意思"), "en": ("Term", "Chinese", "Meaning")}


class Term(Declared):
    """One word of the field in both languages, and what it means."""

    term: Words
    meaning: Words


class _Glossary(Declared):
    terms: tuple[Term, ...]


def glossary_page(language: str) -> str:
    """Return every term with the other language's word and its meaning, in the catalog's order."""
    other = "zh" if language == "en" else "en"
    rows = [
        (term.term.in_language(language), term.term.in_language(other), term.meaning.in_language(language))
        for term in Catalog().load_one("glossary.yaml", _Glossary).terms
    ]
    return page([*opening(TITLE, LEAD, language), *table(HEAD[language], rows)])
