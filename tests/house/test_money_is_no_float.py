"""Money is decimal from the file to the report: no float() of an amount, no floating cast of one in SQL."""

import ast
import re

from tests.house.project import files_under, named, text_of

MONEY = re.compile(r"amount|yuan|sales|price|postage|refunded|money", re.IGNORECASE)
FLOATING_CAST = re.compile(
    r"CAST\s*\(([^()]*)\s+AS\s+(?:DOUBLE|FLOAT|REAL)|(\w+)::(?:DOUBLE|FLOAT|REAL)", re.IGNORECASE
)


def floating_money(source: str) -> list[str]:
    """Return each place of a source where something named like money becomes a float."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("float", "np.float64", "pa.float64") and node.args:
            said = ast.unparse(node.args[0])
            found += [f"float({said})"] if MONEY.search(said) else []
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += [cast.group(0) for cast in FLOATING_CAST.finditer(node.value) if MONEY.search(cast.group(0))]
    return found


def test_seconds_may_be_floats_and_yuan_may_not() -> None:
    assert floating_money('float(wait_seconds); q = "SELECT CAST(wait_micros AS DOUBLE)"') == []
    assert floating_money("float(row.amount_paid)") == ["float(row.amount_paid)"]
    assert len(floating_money('q = "SELECT CAST(amount_paid AS DOUBLE), sales_yuan::double FROM x"')) == 2


def test_the_project() -> None:
    found = {named(path): floating_money(text_of(path)) for path in files_under("src", ".py")}
    assert {name: places for name, places in found.items() if places} == {}
