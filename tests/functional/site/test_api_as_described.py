"""Whatever the API's description allows or forbids is answered as it says, and never by a fault of ours."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from xiaoer.site.api.api import OPERATIONS

ROOT = Path(__file__).resolve().parents[3]
LEAST_CHECKS = 5_000


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_the_api_keeps_to_its_description(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> None:
    command = [sys.executable, "-m", "tests.functional.site.asked_as_described", str(tmp_path)]
    if kind == "postgresql":
        command.append(request.getfixturevalue("empty_postgresql_database"))
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-4000:]
    asked = json.loads(run.stdout.splitlines()[-1])
    assert asked["faults"] == {}
    assert asked["checks"] >= LEAST_CHECKS
    useless = []
    for method, address, _function, _scope, answers in OPERATIONS:
        label = f"{method} /api/v1{address.replace('{int:', '{').replace('{str:', '{')}"
        good = str(next(status for status in answers if status < 300))
        if asked["answers"][label].get(good, 0) == 0:
            useless.append(label)
    assert useless == [], "nothing that was asked of these could be answered"
