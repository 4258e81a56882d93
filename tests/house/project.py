"""The project's files as git knows them: what every house rule reads."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CATALOG = ROOT / "src/xiaoer/catalog"


@cache
def project_files() -> tuple[str, ...]:
    """Return the path of every file that is or could be committed, from the root, ascending."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return tuple(sorted(name for name in set(listed.stdout.split("\0")) if name and (ROOT / name).is_file()))


def files_under(folder: str, suffix: str = "") -> list[Path]:
    """Return the files below a folder of the project whose names end in the suffix."""
    return [ROOT / name for name in project_files() if name.startswith(f"{folder}/") and name.endswith(suffix)]


def text_of(path: Path) -> str:
    """Return a file's text."""
    return path.read_text(encoding="utf-8")


def named(path: Path) -> str:
    """Return a file's path from the root, as an offence shows it."""
    return path.relative_to(ROOT).as_posix()
