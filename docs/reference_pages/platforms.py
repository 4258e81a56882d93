"""The page of the platforms: which files are taken, and by what they are known."""

from reference_pages.markdown import code, opening, page, table
from xiaoer.base.catalog import Catalog, Words
from xiaoer.base.tables import canonical_tables
from xiaoer.intake.platform import TABULAR, Layout, Platform

TITLE = Words(zh="平台与文件", en="Platforms and files")
LEAD = Words(
    zh="导入时 `--platform auto`（默认）按文件自身认出平台：表头里要有下列各列。`甲|乙` 表示有其一即可。",
    en="With `--platform auto`, the default, a file is known by itself: its header must have these columns. `a|b` is met by either.",
)
HEAD = {"zh": ("格式", "必有的列", "得到的表"), "en": ("Form", "Columns that must be there", "Tables it gives")}
BY_ITS_TEXT = Words(zh="凭内容认出，不看表头", en="known by its text, not by a header")
NAMED_LIKE_TABLES = Words(zh="见“标准表”一页", en="see the page of the canonical tables")


def platforms_page(language: str) -> str:
    """Return every platform with its forms."""
    lines = opening(TITLE, LEAD, language)
    for name, platform in Catalog().load("platforms", Platform).items():
        lines += [f"## `{name}` {platform.label.in_language(language)}", "", platform.why.in_language(language), ""]
        rows = [_row(layout, language) for layout in platform.layouts]
        if platform.canonical:
            rows = [("CSV, Parquet", NAMED_LIKE_TABLES.in_language(language), " ".join(map(code, canonical_tables())))]
        lines += table(HEAD[language], rows)
    return page(lines)


def _row(layout: Layout, language: str) -> tuple[str, str, str]:
    must = ("、" if language == "zh" else ", ").join(code(header) for header in layout.must)
    if layout.readers != (TABULAR,):
        must = BY_ITS_TEXT.in_language(language)
    return layout.name, must, " ".join(map(code, layout.gives))
