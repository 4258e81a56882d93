"""All facts of messages by Spark SQL: the same windows as by DuckDB, each table cached, for others are made from it."""

import os
from pathlib import Path
from typing import Any

from benchmarks.facts_by_sql import WINDOWS, Sums, made, told

SPARK = {
    "table": "CACHE TABLE", "row": "struct", "list": "array",
    "asked_in_time": f"size(filter(asked, each -> answered_at - each <= {WINDOWS['in_time']}))",
}  # fmt: skip
CONFIG = {
    "spark.driver.memory": "6g",  # of the driver, which is the executor too: what does not fit is kept on the disk
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.session.timeZone": "UTC",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "localhost",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
USER, SYSTEM = 13, 14  # places in /proc/PID/stat


def peak_megabytes(process: str = "self") -> float:
    """Return the most memory that a process has had at once since its program began."""
    told = Path(f"/proc/{process}/status").read_text().partition("VmHWM:")[2]
    return int(told.split()[0]) / 1024


class SparkHere:
    """A Spark on both cores of this machine, started before any time is taken; processor seconds are those of Java."""

    def __init__(self) -> None:
        from pyspark.sql import SparkSession

        builder: Any = SparkSession.builder
        self.session: Any = builder.master("local[2]").config(map=CONFIG).getOrCreate()
        self._java = str(self.session.sparkContext._gateway.proc.pid)

    def processor_seconds(self) -> float:
        """Return what the Java process has used since it began."""
        fields = Path(f"/proc/{self._java}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[USER - 2]) + int(fields[SYSTEM - 2])) / os.sysconf("SC_CLK_TCK")

    def peak_megabytes(self) -> float:
        """Return the most memory that the Java process has had at once."""
        return peak_megabytes(self._java)

    def facts(self, parquet: Path) -> Sums:
        """Return what all facts of a file of messages come to, made by window functions."""
        lines = (
            "SELECT local_date AS day, buyer, agent, unix_micros(CAST(sent_at AS TIMESTAMP)) AS moment, sender, auto, "
            f"characters, bulk, source_row AS place FROM parquet.`{parquet}`"
        )
        steps = made(lines, SPARK)
        try:
            for sql in steps.values():
                self.session.sql(sql)
            (row,) = self.session.sql(told(SPARK)).collect()
        finally:
            for name in steps:
                self.session.catalog.dropTempView(name)
            self.session.catalog.clearCache()
        return [tuple(list(part) for part in row)]
