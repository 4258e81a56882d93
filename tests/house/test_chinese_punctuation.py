"""Chinese text uses full-width punctuation: no , . ; : ? ! or ( ) between or after Chinese characters."""

import re

from tests.house.project import CATALOG, ROOT, files_under, named, text_of
from xiaoer.base.text_yaml import Text, read_yaml

HAN = r"[\u4e00-\u9fff]"
BEFORE, AFTER = r"[\u4e00-\u9fff）”》]", r"[\u4e00-\u9fff（“《]"  # marks around words are Chinese too
HALF_WIDTH = re.compile(rf"{BEFORE}[,;:?!](?=\s|$|{AFTER})|{BEFORE}\.(?=\s|$)|{HAN} ?\((?={HAN})|！")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`|\]\([^)]*\)", re.MULTILINE | re.DOTALL)


def half_width(text: str) -> list[str]:
    """Return each place in a Chinese text with half-width punctuation (or an exclamation mark), code left out."""
    plain = CODE.sub("`…`", text)
    return [plain[max(0, found.start() - 8) : found.end() + 8] for found in HALF_WIDTH.finditer(plain)]


def chinese_of(content: Text | None) -> list[str]:
    """Return every text under a `zh` key."""
    if isinstance(content, list):
        return [text for part in content for text in chinese_of(part)]
    if not isinstance(content, dict):
        return []
    below = [text for key, part in content.items() if key != "zh" for text in chinese_of(part)]
    return below + (leaves(content["zh"]) if "zh" in content else [])


def leaves(content: Text) -> list[str]:
    """Return every text at or below a node."""
    if isinstance(content, str):
        return [content]
    parts = content if isinstance(content, list) else list(content.values())
    return [text for part in parts for text in leaves(part)]


def test_full_width_passes_and_half_width_does_not() -> None:
    assert half_width("买家（“张三”）问：多久发货？看 `a,b`；10:30 之后，1,234.5 元。") == []
    assert len(half_width("买家,卖家")) == 1
    assert len(half_width("账号（全名）;它们不算客服。")) == 1
    assert len(half_width("“张三”,《说明》.")) == 2
    assert len(half_width("不算客服;机器人")) == 1
    assert len(half_width("说明:如下 (见表)。完成！")) == 3
    assert len(half_width("两种(见表)都行.")) == 2


def test_the_catalog() -> None:
    found = {
        named(path): [bad for text in chinese_of(read_yaml(path)[0]) for bad in half_width(text)]
        for path in sorted(CATALOG.rglob("*.yaml"))
    }
    assert {name: places for name, places in found.items() if places} == {}


def test_the_pages() -> None:
    pages = [*files_under("docs", ".zh.md"), ROOT / "README.zh-CN.md", ROOT / "CONTRIBUTING.zh-CN.md"]
    found = {named(path): half_width(text_of(path)) for path in pages}
    assert {name: places for name, places in found.items() if places} == {}
