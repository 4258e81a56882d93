"""One file reads the environment; everything else is told."""

import ast

from tests.house.project import files_under, named, text_of

THE_ONE = "src/xiaoer/base/environment.py"
READERS = ("os.environ", "os.getenv", "os.environb", "environ", "getenv", "os.putenv")


def reads_environment(source: str) -> bool:
    """Return whether a source touches the environment."""
    return any(
        (isinstance(node, ast.Attribute) and ast.unparse(node) in READERS)
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and any(name.name in READERS for name in node.names)
        )
        for node in ast.walk(ast.parse(source))
    )


def test_a_reader_is_seen() -> None:
    assert not reads_environment("from xiaoer.base.environment import read_environment\nread_environment().home")
    assert reads_environment("import os\nhome = os.environ['XIAOER_HOME']")
    assert reads_environment("from os import getenv\nhome = getenv('XIAOER_HOME')")


def test_the_project() -> None:
    readers = [named(path) for path in files_under("src", ".py") if reads_environment(text_of(path))]
    assert readers == [THE_ONE]
