"""Databases lent again hold nothing of who had them before; one in which something went wrong is not lent again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest

from xiaoer.base.steps import Step
from xiaoer.store import databases
from xiaoer.store.databases import MOST_IDLE, MOST_LOANS, Kind, give_back, lend
from xiaoer.store.engine import Engine, StepError

ONE = Step("one", "SELECT number FROM given")


@pytest.fixture(autouse=True)
def none_idle(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(databases, "_idle", [])
    yield
    databases._close_all()


def _given(number: int) -> pa.Table:
    return pa.table({"number": [number]})


def test_the_same_database_is_lent_again_and_is_empty() -> None:
    with Engine() as engine:
        engine.add_table("given", _given(1))
        engine.add_step(Step("seen", "SELECT number FROM given"), keep=False)
        first = engine._database
    with Engine() as engine:
        with pytest.raises(StepError, match="given"):
            engine.query([ONE])
        assert engine._database is first
        engine.add_table("given", _given(2))
        assert engine.query([ONE])["number"].to_pylist() == [2]


def test_two_at_once_know_nothing_of_each_other() -> None:
    with Engine() as one, Engine() as other:
        one.add_table("given", _given(1))
        other.add_table("given", _given(2))
        assert one._database is not other._database
        assert [each.query([ONE])["number"].to_pylist() for each in (one, other)] == [[1], [2]]


def test_another_limit_or_folder_is_another_database(tmp_path: Path) -> None:
    seen = set()
    for limit, folder in (("1GB", None), ("2GB", None), ("1GB", tmp_path)):
        with Engine(memory_limit=limit, spill_folder=folder) as engine:
            assert engine.execute("SELECT current_setting('memory_limit')")[0][0] in ("953.6 MiB", "1.8 GiB")
            seen.add(id(engine._database))
            if folder:
                assert engine.execute("SELECT current_setting('temp_directory')") == [(str(folder),)]
    assert len(seen) == len(databases._idle) == 3


def test_one_in_which_something_went_wrong_is_closed() -> None:
    with pytest.raises(StepError), Engine() as engine:
        engine.query([ONE])
    assert databases._idle == []


def test_footers_are_remembered_by_whom_asked_for_it_alone() -> None:
    with Engine() as engine:
        engine.remember_footers()
        assert engine.execute("SELECT current_setting('parquet_metadata_cache')") == [(True,)]
    with Engine() as engine:
        assert engine.execute("SELECT current_setting('parquet_metadata_cache')") == [(False,)]


def test_a_closed_session_answers_nobody() -> None:
    with Engine() as engine:
        pass
    with Engine(), pytest.raises(ValueError, match="over"):
        engine.execute("SELECT 1")


def test_not_more_are_kept_than_are_used_again_and_none_for_ever() -> None:
    kind = Kind("1GB", None)
    for database in [lend(kind) for _ in range(MOST_IDLE + 3)]:
        give_back(database)
    assert len(databases._idle) == MOST_IDLE
    database = lend(kind)
    database.loans = MOST_LOANS
    give_back(database)
    assert database not in databases._idle


def test_a_database_of_another_process_is_left_alone() -> None:
    other = lend(Kind("1GB", None, process=-1))
    give_back(other)
    with Engine() as engine:
        engine.add_table("given", _given(1))
        assert engine._database is not other
    databases._idle.remove(other)
    other.connection.close()


def test_many_threads_get_databases_of_their_own() -> None:
    def asked(number: int) -> int:
        with Engine() as engine:
            engine.add_table("given", _given(number))
            return int(engine.query([ONE])["number"][0].as_py())

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(asked, range(60))) == list(range(60))
