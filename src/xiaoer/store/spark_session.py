"""The way to a Spark: PySpark and Java found, the JVM started quietly, one session for the whole process."""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

import xiaoer
from xiaoer.base.errors import ReportableError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HERE = "local"  # masters of this computer start so
NOBODY_CHOSE = "python3"  # what PySpark runs where PYSPARK_PYTHON names none
# What makes Spark's answers the same everywhere, and its work with Python fast.
ALWAYS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.adaptive.enabled": "true",
}


def spark_session(master: str) -> "SparkSession":
    """Return a session of its own relations at this master; one JVM and one set of executors serve all.

    A ReportableError says when PySpark or Java is missing, or the master does not answer.
    """
    with without_pandas_warning():
        try:
            from pyspark import SparkContext
            from pyspark.sql import SparkSession
        except ImportError:
            raise ReportableError.of("spark.not_installed") from None
        running = SparkContext._active_spark_context is not None
        started = SparkSession.builder.getOrCreate() if running else _started(master)
        session = started.newSession()
        for name, value in ALWAYS.items():
            session.conf.set(name, value)
        return session


@contextmanager
def without_pandas_warning() -> Iterator[None]:
    """Leave out what PySpark says of pandas: nothing here is a pandas frame."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
        yield


def _started(master: str) -> "SparkSession":
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    conf = SparkConf().setMaster(master).setAppName("xiaoer")
    for name, value in (ALWAYS | (_of_this_computer() if master.startswith(HERE) else {})).items():
        conf.setIfMissing(name, value)
    # The JVM tells much on its own: what matters comes back as an error.
    with TemporaryFile() as told:
        try:
            context = SparkContext(conf=conf, gateway=launch_gateway(conf, {"stderr": told}))
        except PySparkRuntimeError:
            raise ReportableError.of("spark.no_java") from None
        except Exception as error:
            raise _no_master(master, error) from error
    context.setLogLevel("OFF")
    if master.startswith(HERE) and context.pythonExec == NOBODY_CHOSE:
        context.pythonExec = sys.executable
    return SparkSession(context)


def _no_master(master: str, error: Exception) -> ReportableError:
    lines: Any = str(error).strip().splitlines() or [type(error).__name__]
    return ReportableError.of("spark.no_master", values={"master": master[:80], "problem": lines[0][:200]})


def _of_this_computer() -> dict[str, str]:
    """Return what a Spark on this computer needs: our code for its Python, and no open door."""
    return {
        "spark.executorEnv.PYTHONPATH": str(Path(xiaoer.__file__).parents[1]),
        "spark.driver.host": "localhost",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "4",
    }
