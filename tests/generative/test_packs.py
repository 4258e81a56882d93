"""Whatever is imported, undone, set and corrected: a home whose files are packed after each act says the same."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings

from tests.generative.made_acts import ACTS, Act
from tests.unit.store.test_packs import told
from xiaoer.store import store as store_room
from xiaoer.store.store import Store


@settings(max_examples=max(5, settings().max_examples // 5))
@given(acts=ACTS)
def test_packed_files_give_the_same_rows(acts: list[Act]) -> None:
    said: list[list[Any]] = []
    for packs in (False, True):
        with TemporaryDirectory() as folder, Store(Path(folder)) as store, pytest.MonkeyPatch.context() as patched:
            patched.setattr(store_room, "PACKED_STAYS", timedelta(seconds=-5))  # what was packed is gone at once
            for number, act in enumerate(acts):
                act(store, number)
                if packs and number:
                    store.pack()
            said.append(told(store))
    assert said[0] == said[1]
