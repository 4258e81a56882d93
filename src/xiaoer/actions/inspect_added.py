"""What people found in a conversation and no item did, with what it is worth: the items that only people can judge."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from xiaoer.actions.inspect_load import Inspection
from xiaoer.inspection.score import Decision, FindingId, Judged, Verdict
from xiaoer.inspection.standards import Standards


def added_of(
    decisions: Mapping[FindingId, Decision], standards: Standards, found: Collection[FindingId]
) -> Iterator[Judged]:
    """Yield what was added by people, in the order of its names; of items that there are no longer, nothing."""
    for id_, decision in sorted(decisions.items(), key=lambda pair: pair[0]):
        if decision.verdict is not Verdict.ADDED or id_ in found or id_.item not in standards.items:
            continue
        worth = standards.worth(id_.item, date.fromisoformat(id_.day))
        if worth is not None:
            points = worth.points if decision.points is None else decision.points
            fatal = worth.fatal if decision.fatal is None else decision.fatal
            yield Judged(id_, standards.standard_of[id_.item], points, fatal, decided=True)


def added_in(
    inspection: Inspection, decisions: Mapping[FindingId, Decision], found: Collection[FindingId]
) -> Iterator[Judged]:
    """Yield what was added to conversations that an open session has read."""
    shops, period = set(inspection.data.shops), inspection.period
    here = {
        id_: one
        for id_, one in decisions.items()
        if one.verdict is Verdict.ADDED and id_.shop in shops
        and period.first <= date.fromisoformat(id_.day) <= period.last
    }  # fmt: skip
    if not here:
        return
    days = ", ".join(sorted({f"DATE '{date.fromisoformat(id_.day)}'" for id_ in here}))
    rows = inspection.rows(f"SELECT shop, day, agent, buyer FROM inspected WHERE day IN ({days})")
    read = {(row["shop"], str(row["day"]), row["agent"], row["buyer"]) for row in rows}
    for one in added_of(here, inspection.standards, found):
        if (one.id.shop, one.id.day, one.id.agent, one.id.buyer) in read:
            yield one
