"""What is measured, printed as a table and as JSON.

`python -m benchmarks appraise|facts|import|buyers|report [messages [folder]]`, `… inspect-models [folder]`.
"""

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.appraise import appraise_benchmark
from benchmarks.buyers import buyers_benchmark
from benchmarks.facts import facts_benchmark
from benchmarks.import_memory import import_memory
from benchmarks.inspect_models import REAL_FILES, Measured, model_benchmark
from benchmarks.report import report_benchmark

MESSAGES = 2_000_000
YEAR_MESSAGES = 20_000_000  # of 100 agents: about 64 contacts per agent and day
DAYS = 30
SHOPS = ((6_000, 2), (20_000, 4), (60_000, 8), (220_000, 22))  # messages of a month, agents


def main() -> None:
    """Run what was asked for (facts by default) and print it."""
    what = sys.argv[1] if len(sys.argv) > 1 else "facts"
    if what == "inspect-models":
        _print_models(Path(sys.argv[2]) if len(sys.argv) > 2 else REAL_FILES)
        return
    messages = int(sys.argv[2]) if len(sys.argv) > 2 else YEAR_MESSAGES if what == "report" else MESSAGES
    if what == "appraise":
        _print_appraise()
        return
    if what == "buyers":
        _print_buyers()
        return
    with tempfile.TemporaryDirectory() as folder:
        if what == "import":
            _print_import(Path(folder), messages)
        elif what == "report":
            _print_report(Path(sys.argv[3] if len(sys.argv) > 3 else folder), messages)
        else:
            _print_facts(Path(folder), messages)


def _print_report(home: Path, messages: int) -> None:
    ran = report_benchmark(home, messages=messages, runs=3)
    by_hand = ran[-1]
    print(f"{messages:,} messages, 12 months, 100 agents, 60 metrics by agent and day, medians of 3 runs")
    print(f"  {'':<40}{'wall s':>8}{'cpu s':>8}{'peak MB':>9}{'to hand':>9}")
    for one in ran:
        ratio = one.processor_seconds / by_hand.processor_seconds
        print(f"  {one.name:<40}{one.seconds:8.2f}{one.processor_seconds:8.2f}{one.peak_megabytes:9.0f}{ratio:8.2f} ×")
    print(json.dumps({"messages": messages, "ran": [asdict(one) for one in ran]}))


def _print_facts(folder: Path, messages: int) -> None:
    timed = facts_benchmark(folder, messages=messages, days=DAYS, runs=3)
    ours = timed[1].seconds
    print(f"{messages:,} messages, {DAYS} days, medians of 3 runs")
    for one in timed:
        print(f"  {one.name:<46}{one.seconds:8.2f} s  {one.seconds / ours:6.1f} ×")
    print(json.dumps({"messages": messages, "timed": [asdict(one) for one in timed]}))


def _print_import(folder: Path, messages: int) -> None:
    one = import_memory(folder, messages=messages, days=DAYS)
    print(f"{one.rows:,} messages, {one.file_gigabytes:.2f} GB of CSV")
    print(f"  {one.seconds:8.1f} s   {one.peak_megabytes:8.0f} MB at the peak")
    print(json.dumps(asdict(one)))


def _print_appraise() -> None:
    ran = appraise_benchmark(agents=1_000, months=12)
    print("1,000 people, 12 months")
    for one in ran:
        print(f"  {one.name:<40}{one.seconds:8.2f} s{one.processor_seconds:8.2f} s cpu{one.amounts:>9,} amounts")
    print(json.dumps([asdict(one) for one in ran]))


def _print_buyers() -> None:
    for messages, agents in SHOPS:
        for one in buyers_benchmark(messages=messages, agents=agents, days=DAYS):
            print(json.dumps(asdict(one)), flush=True)


def _print_models(folder: Path) -> None:
    """Print each model's accuracy and macro F1 on conversations held out."""
    made = []
    for one in model_benchmark(folder):
        shown = asdict(one) if isinstance(one, Measured) else one
        made.append(shown)
        print(json.dumps(shown), flush=True)
    if not made:
        print(f"no labelled dialogues or comments in {folder}")


if __name__ == "__main__":
    main()
