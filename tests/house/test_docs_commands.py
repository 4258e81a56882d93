"""Every command line shown in README and docs is one that the program knows, down to its options."""

import re
import shlex

from reference_pages.cli import Command, command_tree
from tests.house.project import ROOT, files_under, named, text_of

LINE = re.compile(r"^(?:\$ )?xiaoer (.+?)(?:\s{2,}#.*)?$", re.MULTILINE)
FENCE = re.compile(r"^```(?:bash|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def unknown_words(line: str, tree: Command) -> list[str]:
    """Return the commands and options of one command line (without the word xiaoer) that the tree does not have."""
    command, found = tree, []
    for word in shlex.split(line, comments=True):
        if word.startswith("-"):
            option = word.split("=")[0]
            found += [] if option in command.options else [option]
        elif word in command.commands:
            command = command.commands[word]
    return found if command is not tree else [*found, line]


def test_an_option_that_does_not_exist_is_named() -> None:
    report = Command(options=("--shop", "--from"), commands={})
    tree = Command(options=("--home",), commands={"report": report})
    assert unknown_words("--home data report --shop a --from 2024-09-01  # text", tree) == []
    assert unknown_words("report --ship a", tree) == ["--ship"]
    assert unknown_words("raport", tree) == ["raport"]


def test_the_docs() -> None:
    tree = command_tree("en")
    pages = [
        *files_under("docs", ".md"),
        *(ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md")),
    ]
    lines = [
        (named(page), line) for page in pages for block in FENCE.findall(text_of(page)) for line in LINE.findall(block)
    ]
    assert len(lines) > 10
    assert [(page, line) for page, line in lines if unknown_words(line, tree)] == []
