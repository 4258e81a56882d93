"""Nothing of anybody's machine or way of working is in the project: no paths of a machine, no download hosts."""

import re

from tests.house.project import ROOT, project_files

# Written in pieces, so that this file passes its own rule.
WORDS = (
    r"/wo" + r"rk/",
    r"/ro" + r"ot/",
    r"/ho" + r"me/\w+/",
    r"[A-Z]:\\Us" + r"ers\\",
    r"/Us" + r"ers/\w+/",
    r"\bpy" + r"pi\.org",
    r"pythonhos" + r"ted\.org",
    r"registry\.np" + r"mjs",
    r"--(extra-)?index" + r"-url",
    r"\bblue" + r"print\b",
    r"\bsub" + r"agent",
    r"\bChat" + r"GPT\b",
    r"\bClau" + r"de\b",
    r"\bissue" + r" [A-F0-9]\b(?! of)",
)
PRIVATE = re.compile("|".join(WORDS), re.IGNORECASE)
BINARY = (".parquet", ".xlsx", ".xls", ".zip", ".png", ".gz")


def private(text: str) -> list[str]:
    """Return each thing in a text that does not belong to the project."""
    return [found.group(0) for found in PRIVATE.finditer(text)]


def test_a_machine_s_path_is_found() -> None:
    assert private("data lie at ../shared/data; homework/ is a folder; an issue of severity error") == []
    assert len(private("see /wo" + "rk/main and the blue" + "print, iss" + "ue 2")) == 3


def test_the_project() -> None:
    found = {}
    for name in project_files():
        if not name.endswith(BINARY):
            found[name] = private((ROOT / name).read_bytes().decode("utf-8", errors="replace"))
    assert {name: words for name, words in found.items() if words} == {}
