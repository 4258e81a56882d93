"""`python -m benchmarks WHAT [messages [folder]]`: a table of medians and ratios, and as JSON.

WHAT is appraise, chain, cold [runs], facts, growth [sizes], import, buyers, report, pages, shops [how many], spark,
storage, inspect, inspect-accuracy, inspect-models [folder], planning, roster [seconds [FILE …]], roster shop [seconds],
or events [minutes [events a minute [kills]]].
"""

import json
import sys
import tempfile
from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path

from benchmarks.appraise import appraise_benchmark
from benchmarks.buyers import buyers_benchmark
from benchmarks.chain import CHAIN, chain_benchmark
from benchmarks.cold import cold_benchmark
from benchmarks.events import Load, events_benchmark
from benchmarks.facts import facts_benchmark
from benchmarks.growth import Grown, exponent, growth_benchmark
from benchmarks.import_memory import import_memory
from benchmarks.inspect import inspect_benchmark
from benchmarks.inspect_accuracy import SEEDS, inspect_accuracy, overall, overall_unseen, write_measured
from benchmarks.inspect_models import REAL_FILES, Measured, model_benchmark
from benchmarks.object_storage import print_storage
from benchmarks.pages import pages_benchmark
from benchmarks.planning import HALF_HOURS, REAL_CALLS, compare_chats, forecast_calls, solve_years
from benchmarks.report import report_benchmark
from benchmarks.roster import FOLDER, roster_benchmark
from benchmarks.roster_shop import shop_benchmark
from benchmarks.shops import MESSAGES_A_DAY, shops_benchmark
from benchmarks.spark import print_spark

MESSAGES = 2_000_000
ROSTER_SECONDS = 180.0  # each
SHOP_SECONDS = 300.0  # a hundred agents, four weeks, half hours: found within this
YEAR_MESSAGES = 20_000_000  # of 100 agents: about 64 contacts per agent and day
GROWN = (1_000_000, 10_000_000, 100_000_000)  # messages; the last needs 25 GB of disk
DAYS = 30
LOOKS = 20
SCANNED_MESSAGES = 1_000_000
SHOPS = ((6_000, 2), (20_000, 4), (60_000, 8), (220_000, 22))  # messages of a month, agents


def main() -> None:
    """Run what was asked for (facts by default) and print it."""
    what = sys.argv[1] if len(sys.argv) > 1 else "facts"
    if what in ALONE:
        ALONE[what]()
        return
    with tempfile.TemporaryDirectory() as folder:
        if what == "events":
            _print_events(Path(folder))
            return
        if what == "growth":
            _print_growth(Path(folder), [int(one) for one in sys.argv[2:]] or list(GROWN))
            return
        if what in COUNTED:
            count, show = COUNTED[what]
            show(Path(folder), int(sys.argv[2]) if len(sys.argv) > 2 else count)
            return
        messages = int(sys.argv[2]) if len(sys.argv) > 2 else YEAR_MESSAGES if what in YEARLY else MESSAGES
        if what == "chain":
            _print_chain(Path(folder), messages)
        elif what == "import":
            _print_import(Path(folder), messages)
        elif what == "spark":
            print_spark(Path(sys.argv[3] if len(sys.argv) > 3 else folder), messages, DAYS)
        elif what == "storage":
            print_storage(Path(folder), messages, DAYS)
        elif what in YEARLY:
            YEARLY[what](Path(sys.argv[3] if len(sys.argv) > 3 else folder), messages)
        else:
            _print_facts(Path(folder), messages)


def _print_planning() -> None:
    solved, compared = solve_years(), compare_chats(contacts=60_000, runs=8)
    print(f"{HALF_HOURS:,} half hours, the fewest people for 80/20")
    for one in solved:
        times = f"{one.seconds:8.2f} s {one.processor_seconds:8.2f} s of the processor"
        print(f"  {one.name:<12}{times}, up to {one.most_people} people")
    print("chats: abandonment and answered in time, by the chain and played (± standard error)")
    for two in compared:
        played = "  ".join(f"{one.mean:.4f} ± {one.error:.4f}" for one in two.played)
        print(
            f"  {two.contacts_per_hour:>4}/h, {two.agents:>2} people  {two.chain[0]:.4f}  {two.chain[1]:.4f}   {played}"
        )
    trials = forecast_calls(REAL_CALLS, minutes=5) if REAL_CALLS.exists() else {}
    for lead, trial in trials.items():
        print(f"calls by five minutes, {lead} days ahead: {json.dumps(trial)}")
    print(json.dumps({"solved": [asdict(one) for one in solved], "chats": [asdict(one) for one in compared],
                      "forecast": trials}))  # fmt: skip


def _print_inspect() -> None:
    messages = int(sys.argv[2]) if len(sys.argv) > 2 else SCANNED_MESSAGES
    scanned = inspect_benchmark(messages=messages, runs=3)
    ours = scanned[0].seconds
    print(f"{messages:,} messages, 1,000 phrases, one core, medians of 3 runs, processor time")
    for one in scanned:
        print(f"  {one.name:<50}{one.seconds:9.2f} s {one.messages_a_second:12,.0f} /s {one.seconds / ours:8.1f} ×")
    print(json.dumps({"messages": messages, "scanned": [asdict(one) for one in scanned]}))


def _print_inspect_accuracy() -> None:
    rows = inspect_accuracy()
    write_measured(rows)
    recall, precision = overall(rows)
    print(f"planted findings of seeds {', '.join(map(str, SEEDS))}: recall {recall:.4f}, precision {precision:.4f}")
    recall, precision = overall_unseen(rows)
    print(f"in words that no item was mended with: recall {recall:.4f}, precision {precision:.4f}")
    for one in rows:
        print(f"  {one.item:<30}{one.planted:7} planted {one.found:7} found {one.both:7} both, unseen {one.unseen}")


def _print_report(home: Path, messages: int) -> None:
    ran = report_benchmark(home, messages=messages, runs=3)
    by_hand = ran[-1]
    print(f"{messages:,} messages, 12 months, 100 agents, 60 metrics by agent and day, medians of 3 runs")
    print(f"  {'':<40}{'wall s':>8}{'cpu s':>8}{'peak MB':>9}{'to hand':>9}")
    for one in ran:
        ratio = one.processor_seconds / by_hand.processor_seconds
        print(f"  {one.name:<40}{one.seconds:8.2f}{one.processor_seconds:8.2f}{one.peak_megabytes:9.0f}{ratio:8.2f} ×")
    print(json.dumps({"messages": messages, "ran": [asdict(one) for one in ran]}))


def _print_pages(home: Path, messages: int) -> None:
    looked = pages_benchmark(home, messages=messages, looks=LOOKS)
    print(f"{messages:,} messages, 12 months, 100 agents, {LOOKS} looks after the first; milliseconds, kB of HTML")
    print(f"  {'page':<24}{'role':<11}{'first':>9}{'p50':>8}{'p95':>8}{'cpu':>8}{'kB':>7}")
    for one in sorted(looked, key=lambda each: (-each.p95, each.page, each.role)):
        mark = " over" if one.over else "" if one.status == HTTPStatus.OK else f" {one.status}"
        numbers = f"{one.first:9.0f}{one.p50:8.1f}{one.p95:8.1f}{one.p95_processor:8.1f}{one.kilobytes:7.1f}"
        print(f"  {one.page:<24}{one.role:<11}{numbers}{mark}")
    over = sorted({one.page for one in looked if one.over})
    print(f"over 100 ms or 60 kB: {', '.join(over) or 'none'}")
    print(json.dumps({"messages": messages, "looked": [asdict(one) for one in looked]}))


def _print_events(home: Path) -> None:
    minutes, per_minute, kills = (float(one) for one in (sys.argv[2:5] + ["10", "10000", "3"][len(sys.argv) - 2 :]))
    told = events_benchmark(home, Load(minutes, int(per_minute), int(kills)))
    print(f"{per_minute:,.0f} events a minute for {minutes:g} minutes, the server killed {told['kills']} times")
    for name, number in told.items():
        print(f"  {name.replace('_', ' '):<28}{number:>12,}")
    print(json.dumps(told))


def _print_facts(folder: Path, messages: int) -> None:
    compared = facts_benchmark(folder, messages=messages, days=DAYS, runs=3, without=sys.argv[4:])
    ours = compared.timed[0].processor_seconds
    print(f"{messages:,} messages, {DAYS} days, medians of the runs, each contestant in a process of its own")
    print(f"  {'':<40}{'runs':>5}{'wall s':>9}{'cpu s':>9}{'peak MB':>9}{'to ours':>9}")
    for one in compared.timed:
        taken = f"{one.seconds:9.2f}{one.processor_seconds:9.2f}{one.peak_megabytes:9.0f}"
        print(f"  {one.name:<40}{one.runs:5}{taken}{one.processor_seconds / ours:8.2f} ×")
    for name, why in compared.left_out.items():
        print(f"  {name:<40} left out: {why}")
    print(json.dumps({"messages": messages, **asdict(compared)}))


def _print_chain(folder: Path, messages: int) -> None:
    ran = chain_benchmark(folder, messages=messages, days=DAYS, runs=3)
    print(f"{messages:,} messages, {DAYS} days, medians of 3 runs, each in a process of its own")
    print(f"  {'':<46}{'wall s':>8}{'cpu s':>8}{'peak MB':>9}{'to ours':>9}")
    for one in sorted(ran, key=lambda each: (each.stage == CHAIN, each.stage != "import", each.to_ours)):
        name = f"{one.stage}: {one.name}"
        print(
            f"  {name:<46}{one.seconds:8.2f}{one.processor_seconds:8.2f}{one.peak_megabytes:9.0f}{one.to_ours:8.2f} ×"
        )
    print(json.dumps({"messages": messages, "ran": [asdict(one) for one in ran]}))


def _print_growth(folder: Path, sizes: list[int]) -> None:
    grown: list[Grown] = []
    print("processor seconds, and the exponent of their growth since the first size")
    print(f"  {'messages':>12}{'days':>6}{'import':>10}{'report':>10}{'peak MB':>9}{'exponent':>10}")
    for one in growth_benchmark(folder, sizes):
        grown.append(one)
        parts = f"{one.imported.processor_seconds:10.2f}{one.reported.processor_seconds:10.2f}"
        peak = max(one.imported.peak_megabytes, one.reported.peak_megabytes)
        grew = exponent(grown[0], one) if grown[1:] else "–"
        print(f"  {one.messages:12,}{one.days:6}{parts}{peak:9.0f}{grew:>10}", flush=True)
    print(json.dumps([asdict(one) for one in grown]))


def _print_import(folder: Path, messages: int) -> None:
    one = import_memory(folder, messages=messages, days=DAYS)
    print(f"{one.rows:,} messages, {one.file_gigabytes:.2f} GB of CSV")
    print(f"  {one.seconds:8.1f} s   {one.peak_megabytes:8.0f} MB at the peak")
    print(json.dumps(asdict(one)))


def _print_cold(folder: Path, runs: int) -> None:
    waited = cold_benchmark(folder, runs=runs)
    for one in waited:
        print(f"  {one.command:<40}{one.seconds:8.2f} s{one.processor_seconds:8.2f} s of the processor")
    print(json.dumps([asdict(one) for one in waited]))


def _print_shops(folder: Path, shops: int) -> None:
    took = shops_benchmark(folder / "home", folder, shops=shops)
    print(f"{shops} shops, a year of {MESSAGES_A_DAY} messages a day each")
    print(f"  {'':<44}{'wall s':>8}{'cpu s':>8}{'batches':>9}{'facts':>7}")
    for one in took:
        files = f"{one.batch_files:9,}{one.fact_files:7,}"
        print(f"  {one.what:<44}{one.seconds:8.2f}{one.processor_seconds:8.2f}{files}")
    print(json.dumps({"shops": shops, "took": [asdict(one) for one in took]}))


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


def _print_models() -> None:
    """Print each model's accuracy and macro F1 on conversations held out."""
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else REAL_FILES
    made = []
    for one in model_benchmark(folder):
        shown = asdict(one) if isinstance(one, Measured) else one
        made.append(shown)
        print(json.dumps(shown), flush=True)
    if not made:
        print(f"no labelled dialogues or comments in {folder}")


def _print_rosters() -> None:
    """Print how instances are rostered: `roster [seconds [FILE …]]`; or a made-up shop: `roster shop [seconds]`."""
    if sys.argv[2:3] == ["shop"]:
        found = shop_benchmark(float(sys.argv[3]) if len(sys.argv) > 3 else SHOP_SECONDS)
        print(json.dumps(asdict(found) | {"gap": found.gap}), flush=True)
        return
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else ROSTER_SECONDS
    files = [Path(name) for name in sys.argv[3:]] or sorted(FOLDER.glob("Instance*.txt"))
    for file in files:
        for one in roster_benchmark([file], seconds=seconds):
            print(json.dumps(asdict(one)), flush=True)


COUNTED = {"cold": (5, _print_cold), "shops": (500, _print_shops)}
YEARLY = {"report": _print_report, "pages": _print_pages}
ALONE = {
    "appraise": _print_appraise, "buyers": _print_buyers, "inspect": _print_inspect,
    "inspect-accuracy": _print_inspect_accuracy, "inspect-models": _print_models, "planning": _print_planning,
    "roster": _print_rosters,
}  # fmt: skip

if __name__ == "__main__":
    main()
