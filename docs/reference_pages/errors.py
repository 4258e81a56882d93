"""The page of the messages: every code with its reason and next step."""

from itertools import groupby

from reference_pages.markdown import code, opening, page, table
from xiaoer.base.catalog import Words
from xiaoer.base.language import Message, messages

TITLE = Words(zh="提示与错误", en="Messages and errors")
LEAD = Words(
    zh="程序会说的每一句话：原因，和下一步怎么办。`{…}` 处是当时的文件、列、数字。退出码：0 完成；1 用法或数据有误；2 完成，但有行被退回。",
    en="Everything that the program can tell you: the reason, and what to do next. `{…}` stands for the file, column or number "
    "at hand. Exit codes: 0 done; 1 bad usage or bad data; 2 done, but rows were rejected.",
)
HEAD = {"zh": ("代码", "原因", "下一步"), "en": ("Code", "Reason", "What to do")}


def errors_page(language: str) -> str:
    """Return every message, by the room that says it."""
    lines = opening(TITLE, LEAD, language)
    for room, found in groupby(sorted(messages().items()), key=lambda item: item[0].partition(".")[0]):
        lines += [f"## {room}", "", *table(HEAD[language], [_row(name, said, language) for name, said in found])]
    return page(lines)


def _row(name: str, message: Message, language: str) -> tuple[str, str, str]:
    said = message.en if language == "en" else message.zh
    between = "" if language == "zh" else " "
    return code(name), said.reason, between.join(part for part in (said.near, said.next) if part)
