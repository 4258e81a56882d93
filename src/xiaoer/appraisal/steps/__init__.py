"""Every kind of step, one file each; this is their one registry."""

from xiaoer.appraisal.steps import (
    bands,
    commission,
    completion,
    distribution,
    formula,
    gate,
    incidents,
    limits,
    linear,
    manual,
    pool,
    ramp,
    rank,
    relative,
    short,
    small_sample,
    streak,
    weighted,
)
from xiaoer.appraisal.steps.step import StepKind

STEPS: dict[str, StepKind] = {
    "bands": bands.KIND,
    "linear": linear.KIND,
    "short": short.KIND,
    "small_sample": small_sample.KIND,
    "rank": rank.KIND,
    "relative": relative.KIND,
    "distribution": distribution.KIND,
    "completion": completion.KIND,
    "commission": commission.KIND,
    "pool": pool.KIND,
    "gate": gate.KIND,
    "streak": streak.KIND,
    "incidents": incidents.KIND,
    "ramp": ramp.KIND,
    "limits": limits.KIND,
    "weighted": weighted.KIND,
    "formula": formula.KIND,
    "manual": manual.KIND,
}
