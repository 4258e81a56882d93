"""A team's pool shared by score, paid out to the last fen."""

from decimal import Decimal

from xiaoer.appraisal.exact import EXACT, FEN, NOTHING, Rounding, settled
from xiaoer.appraisal.exact import How as RoundHow
from xiaoer.appraisal.largest_remainder import largest_remainder
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.step import Formula, Name, Run, Step, StepKind, column
from xiaoer.appraisal.steps.within import Within, run_within


class Pool(Step):
    """The pool (the same for everybody in it), what it is shared by, and who gets the odd fen first among equals.

    `ties` are names of values, the highest first; after them the account decides, ascending.
    """

    of: Formula
    by: Formula
    ties: tuple[Name, ...] = ()
    within: Within = Within.ALL

    def more_uses(self) -> tuple[str, ...]:
        """Return the names that decide between equals."""
        return self.ties


_FEN_DOWN = Rounding(to=FEN, how=RoundHow.DOWN)


def prepare(step: Pool) -> Run:
    """Return the run of a pool; who has no score gets nothing of it, and nobody's share is below nothing."""
    uses = step.uses()

    def run(members: list[Member]) -> list[Node]:
        pools = [pool for pool in column(step.of, members) if pool is not None]
        weights = [None if one is None else max(settled(one), NOTHING) for one in column(step.by, members)]
        total = sum((one for one in weights if one is not None), NOTHING)
        if not pools or not total:
            return [unknown(uses) for _ in members]
        # The largest: where it differs by person it is no pool, and the loader's examples would show it.
        pool = _FEN_DOWN.apply(max(pools))
        exact = [EXACT.divide(EXACT.multiply(pool, one or NOTHING), total) for one in weights]
        paid = largest_remainder(pool, exact, step=FEN, order=[_order(step, member) for member in members])
        return [
            unknown(uses) if weight is None else
            Node(amount, "pool", {"pool": pool, "weight": weight, "total": total}, uses)
            for weight, amount in zip(weights, paid, strict=True)
        ]  # fmt: skip

    return lambda members: run_within(step.within, members, run)


def _order(step: Pool, member: Member) -> tuple[Decimal | str, ...]:
    ties: list[Decimal | str] = [-(member.values[name] or NOTHING) for name in step.ties]
    return (*ties, member.agent)


KIND = StepKind(Pool, prepare, "{name: team_bonus, kind: pool, of: pool_yuan, by: score, ties: [net_sales]}")
