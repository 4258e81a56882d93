"""What a closed month's lines would be today: the difference is owed in the next open month; the closed one stays."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from xiaoer.appraisal.appraise import Appraised
from xiaoer.appraisal.exact import NOTHING
from xiaoer.appraisal.month import MonthInputs, decided_of
from xiaoer.appraisal.pay import Adjustment

ADJUSTMENT = "adjustment"


def adjustments_of(
    month: str,
    closed: Sequence[Mapping[str, Any]],
    today: Sequence[Appraised],
    *,
    already: Mapping[tuple[str, str], Decimal],
    because: Mapping[str, str],
    decided: Mapping[tuple[str, str], Decimal] | None = None,
) -> dict[str, list[Adjustment]]:
    """Return by agent what each line of a closed month is owed or owes by now.

    `already` is what closed months paid of it, by agent and "month/line"; `because` says by agent what changed;
    `decided` is what decisions on appeals add, by agent and line.
    """
    now = {one.agent: one for one in today}
    found: dict[str, list[Adjustment]] = {}
    for row in closed:
        agent = row["agent"]
        fresh = now.get(agent)
        if fresh is None or fresh.unknown:
            continue  # what can not be known today gives no reason to take anything back
        lines = {line.name: line.amount for line in fresh.lines if line.kind != ADJUSTMENT}
        for line in row["lines"]:
            if line["kind"] == ADJUSTMENT:
                continue
            name = line["name"]
            today_yuan = lines[name] + (decided or {}).get((agent, name), NOTHING)
            owed = today_yuan - Decimal(line["amount"]) - already.get((agent, f"{month}/{name}"), NOTHING)
            if owed:
                found.setdefault(agent, []).append(Adjustment(month, name, owed, because.get(agent, "")))
    return found


def decided_lines(inputs: MonthInputs) -> dict[str, list[Adjustment]]:
    """Return by agent what decisions on appeals add to lines of an open month, as lines of that very month."""
    found: dict[str, list[Adjustment]] = {}
    for (agent, line), yuan in sorted(decided_of(inputs).items()):
        if yuan:
            found.setdefault(agent, []).append(Adjustment(inputs.month, line, yuan, "appeal"))
    return found


def paid_already(later: Sequence[Sequence[Mapping[str, Any]]]) -> dict[tuple[str, str], Decimal]:
    """Return what later closed months paid of earlier lines, by agent and "month/line"."""
    paid: dict[tuple[str, str], Decimal] = {}
    for results in later:
        for row in results:
            for line in row["lines"]:
                if line["kind"] == ADJUSTMENT:
                    key = (row["agent"], line["of"])
                    paid[key] = paid.get(key, Decimal(0)) + Decimal(line["amount"])
    return paid


def changed_inputs(then: MonthInputs, now: MonthInputs) -> dict[str, str]:
    """Return by agent the names of the metrics and values that differ, separated by commas."""
    appealed = {agent for (agent, _), _yuan in decided_of(now).items() - decided_of(then).items()}
    found = {}
    for agent in then.people:
        metrics = [
            name for name, each in then.figures.items() if each.get(agent) != now.figures.get(name, {}).get(agent)
        ]
        before, after = then.values.get(agent, {}), now.values.get(agent, {})
        values = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
        incidents = [one for one in then.incidents if one.agent == agent] != [
            o for o in now.incidents if o.agent == agent
        ]
        others = [name for name, holds in (("incidents", incidents), ("appeal", agent in appealed)) if holds]
        found[agent] = ",".join([*metrics, *values, *others])
    return found
