"""Appraisal reckons with decimals and fractions only: no float is written, made or annotated in its room."""

import ast

from tests.house.project import files_under, named, text_of


def floats(source: str) -> list[str]:
    """Return every float literal and every use of the name float."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            found.append(str(node.value))
        if isinstance(node, ast.Name) and node.id == "float":
            found.append("float")
    return found


def test_decimals_pass_and_floats_do_not() -> None:
    assert floats('Decimal("0.1") + 1') == []
    assert sorted(floats("x: float = 0.5")) == ["0.5", "float"]


def test_the_room() -> None:
    found = {named(path): floats(text_of(path)) for path in files_under("src/xiaoer/appraisal", ".py")}
    assert found
    assert {name: places for name, places in found.items() if places} == {}
