"""The report on Spark from the door: facts are built by executors, and one that dies changes nothing."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer
from tests.functional.test_killed_imports import SHOP, write_messages
from xiaoer.facts import up_to_date
from xiaoer.facts.build_work import BuildWork, build_work
from xiaoer.store.fact_files import NewBuild
from xiaoer.store.spark_engine import SparkEngine

pytestmark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.xdist_group("spark")]
SEPTEMBER = ("--from", "2024-09-01", "--to", "2024-09-30")
FEW = "received_buyers,average_response_seconds,p90_response_seconds,conversion_share_final,sales_yuan,max_concurrent"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with six days of chats, orders that some of them led to, and no facts yet."""
    folder = tmp_path_factory.mktemp("imported")
    (folder / "files").mkdir()
    write_messages(folder / "files" / "messages.csv", messages=3_000)
    days = [f"2024-09-0{number % 6 + 1}" for number in range(300)]
    orders = [
        f"{SHOP},{179 * 10**16 + number},买家{number},{day} 12:00:00,{day} 12:05:00,{number}.50,1"
        for number, day in enumerate(days)
    ]
    text = "\n".join(["shop,order_id,buyer,created_at,paid_at,amount_paid,item_count", *orders])
    (folder / "files" / "orders.csv").write_text(text + "\n", encoding="utf-8")
    assert xiaoer(folder / "home", "import", folder / "files", "--shop", SHOP).code == 0
    return folder / "home"


@pytest.fixture
def home(imported: Path, tmp_path: Path) -> Path:
    """Return a copy of the home."""
    return shutil.copytree(imported, tmp_path / "home")


@pytest.fixture
def small_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few hundred messages be a work, so that there are many."""
    monkeypatch.setattr(up_to_date, "WORK_ROWS", 300)


@pytest.mark.usefixtures("spark", "small_works")
def test_the_report_is_duckdb_s_though_an_executor_was_killed_and_what_was_built_is_found(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = tmp_path / "killed"
    report = ("report", *SEPTEMBER, "--metrics", FEW, "--by", "agent,week", "--json")
    with monkeypatch.context() as patched:
        patched.setattr(up_to_date, "build_work", killing_once(killed))
        told = xiaoer(home, *report, "--engine", "spark", lang="en")
    assert told.code == 0, told.err
    assert not Path(f"/proc/{killed.read_text(encoding='utf-8')}").exists()
    built = sorted(home.glob("facts/contact-*.parquet"))
    assert len(built) > 2
    assert not list(home.glob("facts/spark-*"))
    assert xiaoer(home, *report, lang="en").data == told.data
    assert sorted(home.glob("facts/contact-*.parquet")) == built
    shutil.rmtree(home / "facts")
    assert xiaoer(home, *report, lang="en").data == told.data
    assert len(told.data["rows"]) > 8


def test_works_are_done_by_other_processes(spark: str, tmp_path: Path) -> None:
    def where(work: int) -> Iterator[tuple[int, int]]:
        time.sleep(0.2)  # for the other executor to have its turn
        yield work, os.getpid()

    with SparkEngine(spark, scratch=tmp_path) as engine:
        done = dict(engine.spread(where, list(range(20))))
    assert sorted(done) == list(range(20))
    assert os.getpid() not in done.values()
    assert len(set(done.values())) >= 2


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
