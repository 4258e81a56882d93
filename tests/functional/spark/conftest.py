"""One Spark of two executor processes for all tests; they run in one worker, one after the other."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from xiaoer.store.spark_session import spark_session

MASTER = "local-cluster[2,1,1024]"
# Tests ask little of many statements: compiling what runs once costs more than running it.
QUICK = """spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark.executor.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark.sql.codegen.wholeStage false
spark.sql.shuffle.partitions 1
spark.sql.optimizer.maxIterations 100
"""


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a running Spark; without PySpark or Java the test is skipped, but fails in CI."""
    missing = [name for name, found in (("PySpark", find_spec("pyspark")), ("Java", shutil.which("java"))) if not found]
    if missing:
        message = f"{' and '.join(missing)} not installed (pip install -e '.[spark]'; Debian: openjdk-17-jre-headless)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    own = tmp_path_factory.mktemp("spark")
    (own / "spark-defaults.conf").write_text(QUICK, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XIAOER_SPARK", MASTER)
        patched.setenv("SPARK_CONF_DIR", str(own))
        patched.setenv("SPARK_WORKER_DIR", str(own / "work"))
        patched.setenv("SPARK_LOCAL_DIRS", str(own / "local"))
        context = spark_session(MASTER).sparkContext
        yield MASTER
        context.stop()


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """Return a folder for what a session lays down."""
    return tmp_path / "scratch"
