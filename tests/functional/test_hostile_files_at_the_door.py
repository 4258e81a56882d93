"""Every hostile file through the command line: plain words, the right exit code, and a store unchanged or whole."""

from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer
from tests.samples.hostile import HOSTILE, Hostile
from xiaoer.store.store import Store

EXIT_CODES = {"refused": {1}, "rejected": {2}, "said": {0, 2}}  # said: used, with a remark; some rows may be left out


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_it_ends_in_plain_words(hostile: Hostile, home: Path, tmp_path: Path) -> None:
    path = tmp_path / hostile.file_name
    path.write_bytes(hostile.content())
    with Store(home) as store:
        before = len(store.manifest.imports())

    told = xiaoer(home, "import", path, "--shop", "示例店")

    assert told.code in EXIT_CODES[hostile.ends]
    assert "Traceback" not in told.out + told.err
    assert "示例买家" not in told.out + told.err
    with Store(home) as store:
        imports = store.manifest.imports()
        assert len(imports) == before + (hostile.ends != "refused")
        snapshot = store.snapshot()
        for file in snapshot.files(snapshot.shops):
            assert (store.home.batches / file.table / f"{file.hash}.parquet").exists()
    if hostile.ends == "refused":
        assert path.name in told.err
    if hostile.ends == "rejected":
        (kept,) = [store.home.rejected / name for name in imports[-1].report["rejected_files"]]
        assert kept.read_text(encoding="utf-8-sig").count("\n") >= 2


def test_at_least_forty_of_them_are_not_taken() -> None:
    assert sum(hostile.ends != "said" for hostile in HOSTILE) >= 40
