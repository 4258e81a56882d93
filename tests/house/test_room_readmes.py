"""Every room has a hand-written README of at most 25 lines that says what comes in, what goes out, where to add."""

import re

from tests.house.project import ROOT, named, text_of

LONGEST = 25
SAID = {
    "what comes in": re.compile(r"^\W*(what )?(comes )?in\b.*?:|→", re.IGNORECASE | re.MULTILINE),
    "what goes out": re.compile(r"\b(what )?(goes )?out\b.*?:|→", re.IGNORECASE),
    "where to add": re.compile(r"\b(add|new)\b", re.IGNORECASE),
}
ROOMS_OF_TESTS = ("unit", "spec", "generative", "functional", "house", "samples")


def faults(text: str | None) -> list[str]:
    """Return what is wrong with a room's README; None is a missing one."""
    if text is None:
        return ["missing"]
    found = [f"does not say {part}" for part, said in SAID.items() if not said.search(text)]
    return found + (["too long"] if len(text.splitlines()) > LONGEST else [])


def test_a_short_one_passes_and_others_do_not() -> None:
    good = "# room\n\n**Comes in**: a.\n**Goes out**: b.\n**Where to add**: c.\n"
    assert faults(good) == []
    assert faults(None) == ["missing"]
    assert faults(good + "line\n" * 25) == ["too long"]
    assert faults("# room\nIn: a.\nA new thing: b.") == ["does not say what goes out"]


def test_the_project() -> None:
    rooms = [path.parent for path in sorted((ROOT / "src/xiaoer").glob("*/__init__.py"))]
    rooms += [ROOT / "src/xiaoer/catalog", *(ROOT / "tests" / kind for kind in ROOMS_OF_TESTS), ROOT / "benchmarks"]
    readmes = {room: room / "README.md" for room in rooms}
    found = {named(room): faults(text_of(readme) if readme.exists() else None) for room, readme in readmes.items()}
    assert {room: wrong for room, wrong in found.items() if wrong} == {}
