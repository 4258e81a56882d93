"""How the cost of a CSV → report grows with the number of messages: processor seconds, peak of memory, exponent."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path

from benchmarks.chain import OURS, Ran, once, ours_import, ours_waits, small_csv, write_csv
from xiaoer.metrics import rounded

MESSAGES_A_DAY = 274_000  # of 40 agents: a hundred million in a year


@dataclass(frozen=True)
class Grown:
    """One size: its days, and what both stages took, each in a process of its own."""

    messages: int
    days: int
    imported: Ran
    reported: Ran

    @property
    def processor_seconds(self) -> float:
        """Return what the whole way took of the processor."""
        return self.imported.processor_seconds + self.reported.processor_seconds


def growth_benchmark(folder: Path, sizes: list[int]) -> Iterator[Grown]:
    """Yield each size as it is measured; nothing of a size is left behind."""
    once("warm", OURS, ours_import, small_csv(folder), folder / "warm")  # compiled functions are kept from now on
    for messages in sizes:
        csv, home, days = folder / "messages.csv", folder / "home", max(1, round(messages / MESSAGES_A_DAY))
        write_csv(csv, messages=messages, days=days)
        imported, _ = once("import", OURS, ours_import, csv, home)
        csv.unlink()
        reported, _ = once("facts and report", OURS, ours_waits, home, days)
        shutil.rmtree(home)
        yield Grown(messages, days, imported, reported)


def exponent(smaller: Grown, larger: Grown) -> float:
    """Return k of cost ∝ messages^k between two sizes: log of the ratio of seconds ÷ log of the ratio of messages."""
    cost = log(larger.processor_seconds / smaller.processor_seconds)
    return float(rounded(cost / log(larger.messages / smaller.messages), 3))
