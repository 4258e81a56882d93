"""Events posted to a real server that is killed while they come: nothing lost, nothing twice."""

from pathlib import Path

import pytest

from benchmarks.events import BATCH, Load, events_benchmark

LOAD = Load(minutes=0.2, per_minute=6_000, kills=2)


@pytest.mark.slow
def test_what_was_answered_is_in_the_figures_once(tmp_path: Path) -> None:
    told = events_benchmark(tmp_path / "home", LOAD, at_once=True)
    assert told["kills"] == LOAD.kills
    assert told["events"] == LOAD.batches * BATCH > 1_000
    assert told["sent_again"] > 0, "a kill that no post met shows nothing"
    assert told["accepted"] <= told["events"], "a batch kept without an answer is not accepted twice"
    assert (told["missing"], told["doubled"]) == (0, 0)
