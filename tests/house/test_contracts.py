"""The import contracts of pyproject.toml hold, and a planted violation breaks them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.project import ROOT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the import linter over the copy of src/ in a folder."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(folder / "src")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a folder with a copy of src/."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    return tmp_path


def test_the_project(copy: Path) -> None:
    run = lint(copy)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("metrics/planted.py", "import duckdb", "Only store/ speaks to a database engine"),
        ("facts/planted.py", "import xiaoer.metrics", "Data flows one way"),
        ("intake/planted.py", "import xiaoer.store", "Data flows one way"),
        ("drawer/__init__.py", "", "Data flows one way"),
        ("facts/planted.py", "import django", "The engine knows no Django"),
        ("actions/planted.py", "import django", "Only site/ knows Django"),
        ("site/planted.py", "import xiaoer.metrics", "Doors call actions, not the engine"),
    ],
)
def test_a_planted_violation_is_named(copy: Path, file: str, line: str, contract: str) -> None:
    planted = copy / "src/xiaoer" / file
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f'"""Planted."""\n\n{line}\n', encoding="utf-8")
    run = lint(copy)
    assert run.returncode != 0
    assert f"{contract} BROKEN" in run.stdout or "exhaustive" in run.stdout.lower(), run.stdout + run.stderr
