"""constraints.txt pins every dependency by name and exact version, and holds no address and no path."""

import re
import tomllib

from tests.house.project import ROOT, text_of

PIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*==[0-9][\w.+]*")


def not_pins(text: str) -> list[str]:
    """Return the lines that are neither a comment nor an exact pin."""
    return [line for line in text.splitlines() if not line.startswith("#") and not PIN.fullmatch(line)]


def test_a_pin_passes_and_addresses_do_not() -> None:
    assert not_pins("# made by make\nduckdb==2.0.0\npydantic-core==2.50.4\n") == []
    bad = ["-e .", "duckdb>=2", "xiaoer @ file:///tmp/x", "--find-links=wheels", "https://example.com/a.whl"]
    assert not_pins("\n".join(bad)) == bad


def test_the_project() -> None:
    text = text_of(ROOT / "constraints.txt")
    assert not_pins(text) == []
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    wanted = [
        *project["dependencies"],
        *(line for lines in project["optional-dependencies"].values() for line in lines),
    ]
    names = {re.split(r"[<>=\[ ]", line)[0].lower().replace("_", "-").replace(".", "-") for line in wanted} - {"xiaoer"}
    pinned = {line.partition("==")[0] for line in text.splitlines()}
    assert sorted(names - pinned) == [], "run `make constraints`"


def test_every_runtime_dependency_has_its_reason() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    names = [re.split(r"[<>=\[ ]", line)[0] for line in project["dependencies"]]
    for language in ("zh", "en"):
        page = text_of(ROOT / f"docs/develop/dependencies.{language}.md")
        assert [name for name in names if f"`{name}`" not in page] == []
