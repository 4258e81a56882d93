"""Real files that lie beside the project, not in it."""

from pathlib import Path

import pytest

REAL_FILES = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "data"


def real_file(*parts: str) -> Path:
    """Return the path of a real file; the test is skipped where it is absent."""
    path = REAL_FILES.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the real file {'/'.join(parts)} is not beside the project (../shared/data)")
    return path
