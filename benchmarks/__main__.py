"""`python -m benchmarks [messages]`: a table of medians and ratios, and the same as JSON."""

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.facts import facts_benchmark

MESSAGES = 2_000_000


def main() -> None:
    """Run and print."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    with tempfile.TemporaryDirectory() as folder:
        timed = facts_benchmark(Path(folder), messages=messages, days=30, runs=3)
    ours = timed[1].seconds
    print(f"{messages:,} messages, 30 days, medians of 3 runs")
    for one in timed:
        print(f"  {one.name:<46}{one.seconds:8.2f} s  {one.seconds / ours:6.1f} ×")
    print(json.dumps({"messages": messages, "timed": [asdict(one) for one in timed]}))


if __name__ == "__main__":
    main()
