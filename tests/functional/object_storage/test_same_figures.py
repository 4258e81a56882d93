"""A data folder in a bucket gives the very figures of one on the disk, on every computer."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.functional.cli.door import Told, xiaoer
from tests.functional.object_storage.computer import Computer
from tests.functional.object_storage.service import Service

pytestmark = pytest.mark.xdist_group("object_storage")
Door = Callable[..., Told]
SEPTEMBER = ("--from", "2024-09-01", "--to", "2024-09-30")
MONTH = ("--month", "2024-09")
CLOSING = (*MONTH, "--despite", "coverage,nobody", "--reason", "只有这几天营业", "--author", "林主管")
CORRECTION = ("order", "1790000000000000001", "--agent", "小林", "--reason", "同事代接", "--author", "林主管")
OVERLAPPING = """shop,order_id,buyer,created_at,paid_at,amount_paid,item_count
晨光店,1790000000000000002,小白,2024-09-02 15:10:00,2024-09-03 01:00:00,99.00,1
晨光店,1790000000000000009,小白,2024-09-02 15:10:00,2024-09-03 01:00:00,many,1
"""
ASKED: tuple[tuple[str, ...], ...] = (
    ("report", *SEPTEMBER, "--by", "agent,day"),
    ("explain", "sales_yuan", *SEPTEMBER, "--agent", "小艾"),
    ("imports", "list"),
    ("settings", "show"),
    ("corrections", "list"),
    ("appraise", "show", *MONTH),
)
WHEN_AND_WHERE = ("at", "rejected_files")


def changed(door: Door, files: Path) -> list[int]:
    """Change a data folder in each way that there is, and return the exit codes."""
    more = files.with_name("more.csv")
    more.write_text(OVERLAPPING, encoding="utf-8")
    changes: list[tuple[str | Path, ...]] = [
        ("import", files, "--shop", "晨光店"),
        ("import", more, "--shop", "晨光店"),
        ("import", files, "--shop", "晨光店"),
        ("imports", "undo", "4"),
        ("import", more, "--shop", "晨光店"),
        ("settings", "set", "target.reply_share", "0.9"),
        ("settings", "set", "appraisal_schemes", "commission_per_order"),
        ("correct", *CORRECTION),
        ("appraise", "run", *MONTH),
        ("appraise", "close", *CLOSING),
    ]
    return [door(*change).code for change in changes]


def answers(door: Door) -> list[object]:
    """Return what is told of each question, but for when changes were made and where files lie."""
    return [_plain(door(*asked, "--json").data) for asked in ASKED]


def _plain(found: Any) -> Any:  # noqa: ANN401 -- JSON
    if isinstance(found, dict):
        return {name: _plain(value) for name, value in found.items() if name not in WHEN_AND_WHERE}
    return [_plain(one) for one in found] if isinstance(found, list) else found


def test_every_answer_is_that_of_a_folder_on_the_disk(
    here: Computer, there: Computer, files: Path, tmp_path: Path
) -> None:
    def on_disk(*arguments: str | Path) -> Told:
        return xiaoer(tmp_path / "disk", *arguments, lang="en")

    assert changed(on_disk, files) == changed(here.xiaoer, files) == [0, 2, 0, 0, 2, 0, 0, 0, 0, 0]
    packed = [door("imports", "pack", "--json").data for door in (on_disk, here.xiaoer)]
    assert packed == [{"files": 2, "packs": 1}] * 2
    wanted = answers(on_disk)
    assert "1790000000000000001" in str(wanted)
    assert answers(there.xiaoer) == wanted
    assert _plain(here.xiaoer(*ASKED[0], "--json").data) == wanted[0]
    (rejected,) = there.xiaoer("imports", "show", "5", "--json").data["rejected_files"]
    assert "many" in Path(rejected).read_text(encoding="utf-8-sig")


def test_what_is_here_is_not_fetched_again_and_may_be_deleted_at_any_time(
    here: Computer, files: Path, service: Service
) -> None:
    assert here.xiaoer("import", files, "--shop", "晨光店").code == 0
    wanted = here.report()
    service.asked.clear()
    assert here.report() == wanted
    assert len(service.asked) == 1  # whether anything changed
    shutil.rmtree(here.folder / "batches")
    shutil.rmtree(here.folder / "facts")
    (here.folder / "head.json").unlink()
    assert here.report() == wanted
    shutil.rmtree(here.folder)
    assert here.files_imported() == ["agents.csv", "messages.csv", "orders.csv"]


def test_services_that_spell_the_condition_their_own_way(service: Service, files: Path, tmp_path: Path) -> None:
    here = Computer(tmp_path / "here", service.bucket("oss-kefu"))
    assert here.xiaoer("import", files, "--shop", "晨光店").code == 0
    assert Computer(tmp_path / "there", here.url).files_imported() == here.files_imported()
