"""What-if of schemes over a year of a thousand people: every amount of every month, and all that is said of it."""

import random
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from time import perf_counter, process_time

from xiaoer.appraisal.gaming import doubts_of, gamed_metrics
from xiaoer.appraisal.law import law_of
from xiaoer.appraisal.load import load_schemes
from xiaoer.appraisal.member import Person
from xiaoer.appraisal.month import MonthInputs
from xiaoer.appraisal.what_if import totals_of, what_if
from xiaoer.base.catalog import Catalog
from xiaoer.metrics import Metric, Unit, load_metrics

SCHEMES = ("pre_sale_bands", "pay_score_table", "six_indicators")
TEAM = 20
SEED = 7


@dataclass(frozen=True)
class Ran:
    """One measurement: what was computed, how long it took by the clock and by the processor, the amounts made."""

    name: str
    seconds: float
    processor_seconds: float
    amounts: int


def appraise_benchmark(*, agents: int, months: int) -> list[Ran]:
    """Return how long totals of three schemes take, and a whole what-if with what moves it and what to mind."""
    metrics, catalog = load_metrics(Catalog()), Catalog()
    schemes = load_schemes(catalog, metrics)
    chosen = [schemes[name] for name in SCHEMES]
    law, gamed = law_of(catalog, "cn"), gamed_metrics(catalog)
    needed = sorted({name for scheme in chosen for name in scheme.versions[-1].metrics})
    inputs = year(agents, months, {name: metrics[name] for name in needed})
    found = []

    def timed(name: str, amounts: int, run: object) -> None:
        clock, processor = perf_counter(), process_time()
        assert callable(run)
        run()
        found.append(Ran(name, perf_counter() - clock, process_time() - processor, amounts))

    timed("totals of three schemes", 3 * agents * months, lambda: [totals_of(inputs, [one], law) for one in chosen])
    timed(
        "what-if of two, with what moves it", 2 * agents * months,
        lambda: what_if(inputs, [chosen[0]], [chosen[1]], law=law, metrics=metrics),
    )  # fmt: skip
    timed("what to mind", agents, lambda: doubts_of(inputs[-1], [chosen[1]], law=law, gamed=gamed, few={}))
    return found


def year(agents: int, months: int, metrics: dict[str, Metric]) -> list[MonthInputs]:
    """Return months of made-up people."""
    chance = random.Random(SEED)
    names = [f"云上大店:客服{number:04d}" for number in range(agents)]
    people = {name: Person("pre_sale", f"第{place // TEAM}组", Decimal(30)) for place, name in enumerate(names)}
    given = {name: {"conduct": Decimal(80), "sales_target_yuan": Decimal(50_000), "late_times": Decimal(1)}
             for name in names}  # fmt: skip
    return [
        MonthInputs(
            f"2024-{month:02}",
            people,
            {name: {agent: _figure(metric, chance) for agent in names} for name, metric in metrics.items()},
            given,
            minimum_wage=Decimal(2690),
        )
        for month in range(1, months + 1)
    ]


def _figure(metric: Metric, chance: random.Random) -> Fraction:
    if metric.unit is Unit.SHARE:
        cases = chance.randint(30, 400)
        return Fraction(chance.randint(0, cases), cases)
    if metric.unit is Unit.SECONDS:
        return Fraction(chance.randint(8_000, 120_000), 1000)
    return Fraction(chance.randint(1, 20_000_000), 100)
