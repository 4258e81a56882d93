"""The page of the canonical tables."""

from reference_pages.markdown import code, opening, page, table
from xiaoer.base.catalog import Words
from xiaoer.base.tables import Column, Kind, canonical_tables

TITLE = Words(zh="标准表", en="Canonical tables")
LEAD = Words(
    zh="不管来自哪个平台，导入后都是这些表。您自己的数据只要文件名和列名照此，就能直接导入（CSV 或 Parquet）。列的顺序随意，空格子表示不知道。",
    en="Whatever the platform, an import gives these tables. Files of your own that are named and headed like this, CSV or "
    "Parquet, are taken as they are. Columns come in any order; an empty cell is unknown.",
)
HEAD = {
    "zh": ("列", "含义", "类型", "必填", "主键", "可填", "默认"),
    "en": ("Column", "Meaning", "Kind", "Required", "Key", "Values", "Default"),
}
YES = Words(zh="是", en="yes")
KINDS = {
    Kind.TEXT: Words(zh="文字", en="text"),
    Kind.CHOICE: Words(zh="选项", en="choice"),
    Kind.INSTANT: Words(zh="时间（ISO 8601，不带时区按店铺时区）", en="time (ISO 8601; the shop's zone unless given)"),
    Kind.DAY: Words(zh="日期", en="day"),
    Kind.MONEY: Words(zh="金额（元，最多四位小数）", en="money (yuan, at most four places)"),
    Kind.COUNT: Words(zh="整数", en="whole number"),
    Kind.SECONDS: Words(zh="秒", en="seconds"),
    Kind.SCORE: Words(zh="分数（1–5）", en="score (1–5)"),
    Kind.NUMBER: Words(zh="数", en="number"),
    Kind.DECIMAL: Words(
        zh="精确的数（最多八位小数，可以为负）", en="exact number (at most eight places, may be below zero)"
    ),
    Kind.WHOLE: Words(zh="整数（可以为负）", en="whole number (may be below zero)"),
    Kind.FLAG: Words(zh="是或否", en="yes or no"),
}


def tables_page(language: str) -> str:
    """Return every canonical table with its columns."""
    lines = opening(TITLE, LEAD, language)
    for name, declared in canonical_tables().items():
        lines += [f"## `{name}` {declared.label.in_language(language)}", ""]
        lines += table(HEAD[language], [_row(column, language) for column in declared.columns])
    return page(lines)


def _row(column: Column, language: str) -> tuple[str, ...]:
    yes = YES.in_language(language)
    return (
        code(column.name),
        column.label.in_language(language),
        KINDS[column.kind].in_language(language),
        yes if column.required else "",
        yes if column.key else "",
        " ".join(code(choice) for choice in column.choices),
        code(column.default or ""),
    )
