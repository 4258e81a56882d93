"""The report on Spark from the door: facts are built by executors, and one that dies changes nothing."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer
from xiaoer.base.days import Period
from xiaoer.base.steps import Step
from xiaoer.facts import up_to_date
from xiaoer.facts.build_work import BuildWork, build_work
from xiaoer.facts.up_to_date import load_message_facts
from xiaoer.store.engine import Engine
from xiaoer.store.fact_files import NewBuild
from xiaoer.store.spark_engine import SparkEngine
from xiaoer.store.store import Store

pytestmark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.xdist_group("spark")]
SEPTEMBER = ("--from", "2024-09-01", "--to", "2024-09-30")
FEW = "received_buyers,average_response_seconds,p90_response_seconds,conversion_share_final,sales_yuan,max_concurrent"


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with a simulated month in it and no facts yet."""
    home = tmp_path_factory.mktemp("simulated") / "home"
    assert xiaoer(home, "demo", "--messages", "3000", "--json").code == 0
    shutil.rmtree(home / "facts")
    return home


@pytest.fixture
def home(simulated: Path, tmp_path: Path) -> Path:
    """Return a copy of the simulated month's home."""
    return shutil.copytree(simulated, tmp_path / "home")


@pytest.fixture
def small_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few hundred messages be a work, so that there are many."""
    monkeypatch.setattr(up_to_date, "WORK_ROWS", 300)


@pytest.mark.usefixtures("spark", "small_works")
def test_the_report_is_duckdb_s_and_finds_what_spark_has_built(home: Path) -> None:
    report = ("report", *SEPTEMBER, "--metrics", FEW, "--by", "agent,week", "--json")
    told = xiaoer(home, *report, "--engine", "spark", lang="en")
    assert told.code == 0, told.err
    built = sorted(home.glob("facts/contact-*.parquet"))
    assert len(built) > 2
    assert not list(home.glob("facts/spark-*"))
    assert xiaoer(home, *report, lang="en").data == told.data
    assert sorted(home.glob("facts/contact-*.parquet")) == built
    shutil.rmtree(home / "facts")
    assert xiaoer(home, *report, lang="en").data == told.data


def test_works_are_done_by_other_processes(spark: str, tmp_path: Path) -> None:
    def where(work: int) -> Iterator[tuple[int, int]]:
        yield work, os.getpid()

    with SparkEngine(spark, scratch=tmp_path) as engine:
        done = dict(engine.spread(where, list(range(100))))
    assert sorted(done) == list(range(100))
    assert os.getpid() not in done.values()
    assert len(set(done.values())) >= 2


@pytest.mark.usefixtures("small_works")
def test_an_executor_that_is_killed_changes_nothing(
    spark: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = contacts(home, Engine())
    shutil.rmtree(home / "facts")
    killed = tmp_path / "killed"
    monkeypatch.setattr(up_to_date, "build_work", killing_once(killed))
    found = contacts(home, SparkEngine(spark, scratch=home / "facts"))
    executor = int(killed.read_text(encoding="utf-8"))
    assert not Path(f"/proc/{executor}").exists()
    assert found == wanted
    assert len(wanted) > 100


def killing_once(told: Path) -> Callable[[BuildWork], Iterator[NewBuild]]:
    """Return what builds like `build_work`, but kills its executor in the middle of the first work that it is given."""

    def built(work: BuildWork) -> Iterator[NewBuild]:
        for made in build_work(work):
            try:
                with told.open("x", encoding="utf-8") as file:
                    daemon = Path(f"/proc/{os.getppid()}/stat").read_text(encoding="utf-8")
                    executor = int(daemon.rpartition(")")[2].split()[1])
                    file.write(str(executor))
                os.kill(executor, signal.SIGKILL)
            except FileExistsError:
                pass
            yield made

    return built


def contacts(home: Path, engine: Engine | SparkEngine) -> list[tuple[object, ...]]:
    """Return the contacts of September by one engine."""
    days = Period(date(2024, 9, 1), date(2024, 9, 30))
    with Store(home) as store, engine:
        snapshot = store.snapshot()
        load_message_facts(engine, store, snapshot, shops=snapshot.shops, days=days)
        rows = engine.query([Step("all", "SELECT shop, day, buyer, agent, start_at, agent_messages FROM contact")])
    return sorted(tuple(row.values()) for row in rows.to_pylist())


def test_another_engine_is_named_with_near_ones(home: Path) -> None:
    told = xiaoer(home, "report", *SEPTEMBER, "--engine", "sparc", lang="en")
    assert (told.code, told.out) == (1, "")
    assert "sparc" in told.err
    assert "spark" in told.err


def test_an_address_that_is_none_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIAOER_SPARK", "http://cluster")
    told = xiaoer(home, "report", *SEPTEMBER, "--engine", "spark", lang="en")
    assert told.code == 1
    assert "XIAOER_SPARK" in told.err


def test_without_pyspark_the_next_step_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIAOER_SPARK", "local[1]")
    monkeypatch.setitem(sys.modules, "pyspark", None)
    told = xiaoer(home, "report", *SEPTEMBER, "--engine", "spark", lang="en")
    assert told.code == 1
    assert "pip install" in told.err


def test_without_java_the_next_step_is_said(home: Path, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("xiaoer")
    command = [str(program), "--home", str(home), "report", *SEPTEMBER, "--engine", "spark"]
    (tmp_path / "bin").mkdir()
    for name in ("bash", "dirname", "env", "ps", "sed", "rm", "mkdir"):
        found = shutil.which(name)
        if found:
            (tmp_path / "bin" / name).symlink_to(found)
    without = {name: value for name, value in os.environ.items() if not name.startswith(("JAVA", "SPARK", "PYSPARK"))}
    environment = without | {"PATH": str(tmp_path / "bin"), "XIAOER_SPARK": "local[1]", "XIAOER_LANG": "en"}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stdout
    assert "Java" in ran.stderr
    assert "Traceback" not in ran.stderr
