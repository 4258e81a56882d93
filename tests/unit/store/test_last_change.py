"""The number of the last change, read from the manifest that a thread keeps open."""

import shutil
from datetime import date
from pathlib import Path

from tests.unit.store.rows import SHOP, order, put
from xiaoer.actions.shops import last_change
from xiaoer.store.last_change import last_change_of
from xiaoer.store.store import Store


def test_it_follows_what_others_write(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert last_change(home) == 0
    with Store(home) as store:
        assert last_change_of(home) == 0
        put(store, "one", orders=[order("1", "甲", "2024-09-01 10:00")])
        assert last_change_of(home) == store.manifest.latest_seq() == 1
        store.set_value(SHOP, "credit_days", "3", from_date=date(2024, 9, 1))
        assert last_change_of(home) == store.manifest.latest_seq() == 2


def test_another_folder_in_its_place_is_another(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    for folder, times in ((home, 2), (other, 1)):
        with Store(folder) as store:
            for number in range(times):
                put(store, str(number), orders=[order(str(number), "甲", "2024-09-01 10:00")])
    assert last_change_of(home) == 2
    shutil.rmtree(home)
    other.rename(home)
    assert last_change_of(home) == 1
