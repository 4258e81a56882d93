"""Every reader of the registry reads some made-up sample, and every platform has one."""

from pathlib import Path

from tests.house.project import CATALOG, ROOT, project_files
from xiaoer.intake import ReadOptions
from xiaoer.intake.readers import READERS
from xiaoer.intake.sources import sources_of

# Takes chats without times only to say why they can not be used; the tests of chats try it.
ONLY_REFUSES = {"untimed_chat"}


def readers_of(path: Path) -> set[str]:
    """Return the readers that take the content of a file, or of the members of an archive."""
    sources = sources_of(path, ReadOptions("示例店"))
    taken = [next((name for name, reader in READERS.items() if reader.recognises(source)), None) for source in sources]
    return {name for name in taken if name is not None}


def samples() -> list[Path]:
    """Return the sample files, what they should give left out."""
    found = [ROOT / name for name in project_files() if name.startswith("tests/samples/") and name.count("/") > 2]
    return [path for path in found if not path.name.endswith(".golden.json")]


def test_a_file_tells_its_reader(tmp_path: Path) -> None:
    table, nothing = tmp_path / "a.csv", tmp_path / "b.bin"
    table.write_text("order_id,buyer\n1,a\n", encoding="utf-8")
    nothing.write_bytes(bytes(range(256)) * 8)
    assert readers_of(table) == {"delimited"}
    assert readers_of(nothing) == set()


def test_every_reader_reads_a_sample() -> None:
    read = {name for path in samples() for name in readers_of(path)}
    assert sorted(set(READERS) - read) == sorted(ONLY_REFUSES)


def test_every_platform_has_a_sample() -> None:
    platforms = sorted(path.stem for path in (CATALOG / "platforms").rglob("*.yaml"))
    assert platforms
    assert sorted(set(platforms) - {path.parent.name for path in samples()}) == []
