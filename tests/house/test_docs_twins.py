"""Every page of the docs is there in Chinese and in English, with the same headings and the same code."""

import re

from tests.house.project import files_under, named, text_of

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
DRAWING = re.compile(r"```(text)?\n")
HEADING = re.compile(r"^(#+) ", re.MULTILINE)
COMMENT = re.compile(r"\s*#.*$", re.MULTILINE)


def shape(text: str) -> tuple[list[str], list[str]]:
    """Return the levels of the headings, and the code blocks of a language, without their comments."""
    blocks = [block for block in FENCE.findall(text) if not DRAWING.match(block)]
    return HEADING.findall(FENCE.sub("", text)), [COMMENT.sub("", block) for block in blocks]


def test_twins_may_differ_in_words_and_comments_only() -> None:
    chinese = "# 标题\n\n```bash\nmake demo  # 演示\n```\n"
    assert shape(chinese) == shape("# Title\n\nMore words.\n\n```bash\nmake demo  # a demo\n```\n")
    assert shape(chinese) != shape("# Title\n\n```bash\nmake test\n```\n")
    assert shape(chinese) != shape("# Title\n\n## Another\n\n```bash\nmake demo\n```\n")


def test_the_docs() -> None:
    pages = {named(path): text_of(path) for path in files_under("docs", ".md") if "docs/decisions/" not in named(path)}
    assert len(pages) > 20
    alone = [name for name in pages if name.replace(".zh.md", ".??.md").replace(".en.md", ".??.md") == name]
    assert alone == [], "a page is named name.zh.md or name.en.md"
    for name, text in pages.items():
        twin = name.replace(".zh.md", ".en.md") if name.endswith(".zh.md") else name.replace(".en.md", ".zh.md")
        assert twin in pages, f"{name} has no twin {twin}"
        assert shape(text) == shape(pages[twin]), f"{name} and {twin} differ in headings or code"


def test_every_decision_opens_with_a_chinese_line() -> None:
    decisions = files_under("docs/decisions", ".md")
    assert len(decisions) >= 9
    assert [named(path) for path in decisions if not re.search(r"^中文摘要：", text_of(path), re.MULTILINE)] == []
    assert [named(path) for path in decisions if not re.match(r"\d{4}-\d\d-\d\d-[a-z0-9-]+\.md", path.name)] == []
