"""What models of inspection stand on: a shop's conversations, what people judged of them, the models kept."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path

from xiaoer.actions.inspect_findings import Decisions
from xiaoer.actions.inspect_load import InspectAsk, Inspection, open_inspection
from xiaoer.actions.shop_data import runs_of
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.inspection.model.conversation import COLUMNS, Between, Conversation, conversations_in
from xiaoer.inspection.model.judged_by_people import JudgedFinding
from xiaoer.inspection.model.kept import KeptModels
from xiaoer.inspection.score import FindingId, Verdict

CLIENT = "client"


@dataclass(frozen=True)
class Learning:
    """One shop's inspection with its kept models."""

    inspection: Inspection
    shop: str
    kept: KeptModels

    def conversations(self, days: Period | None = None) -> Iterator[Conversation]:
        """Yield the conversations of the days asked for, a bundle of days in memory at a time."""
        data, period = self.inspection.data, days or self.inspection.period
        slices = data.store.slices(data.snapshot, self.shop, first=period.first, last=period.last)
        if slices:
            for messages in data.store.messages(data.snapshot, slices, columns=COLUMNS):
                yield from conversations_in(messages)

    def conversations_of(self, wanted: Iterable[Between]) -> dict[Between, Conversation]:
        """Return those of the wanted conversations that there are; only their days are read."""
        names = set(wanted)
        runs = runs_of({one.day for one in names})
        return {one.between: one for run in runs for one in self.conversations(run) if one.between in names}

    def inspected(self) -> frozenset[Between]:
        """Return the conversations of the days asked for that count: with people of the shop, not filtered."""
        rows = self.inspection.rows("SELECT day, agent, buyer FROM inspected")
        return frozenset(Between(date.fromisoformat(str(r["day"])), str(r["agent"]), str(r["buyer"])) for r in rows)

    def scores(self) -> list[tuple[Between, float]]:
        """Return customers' ratings of the days asked for, 1–5, each with its conversation; clients' are left out."""
        data = self.inspection.data
        clock = data.snapshot.settings_of(self.shop).clock
        made = []
        for row in data.store.current(data.snapshot, "ratings", shops=[self.shop]).to_pylist():
            at = row["invited_at"] or row["rated_at"]
            if row["score"] is None or at is None or row["source"] == CLIENT:
                continue
            day = clock.local_day(at.replace(tzinfo=UTC))
            if self.inspection.period.first <= day <= self.inspection.period.last:
                made.append((Between(day, row["agent"], row["buyer"]), float(row["score"])))
        return made

    def decided(self, decisions: Decisions) -> list[JudgedFinding]:
        """Return what people decided about findings of the days asked for; of findings no longer found, nothing."""
        places = {
            FindingId(str(row["shop"]), str(row["day"]), str(row["agent"]), str(row["buyer"]), str(row["item"])): row
            for row in self.inspection.rows("SELECT shop, day, agent, buyer, item, evidence FROM finding")
        }
        return [
            JudgedFinding(
                between_of(id_), id_.item, _said_at(places[id_]), decision.verdict is not Verdict.REFUSED
            )
            for id_, decision in sorted(decisions.items(), key=lambda pair: pair[0])
            if id_ in places and id_.shop == self.shop
        ]  # fmt: skip


@contextmanager
def open_learning(home: Path, ask: InspectAsk) -> Iterator[Learning]:
    """Open one shop for learning; a ReportableError when none of several is named, or no messages are there."""
    with open_inspection(home, ask) as inspection:
        shop = inspection.data.shop
        if shop is None:
            raise ReportableError.of("cli.which_shop", values={"shops": ", ".join(inspection.data.shops)})
        if not inspection.done.days:
            days = ", ".join(f"{one.first}…{one.last}" for one in inspection.data.days_with_data()) or "–"
            raise ReportableError.of("cli.no_data_then", values={"days": days, "shop": shop})
        yield Learning(inspection, shop, kept_models(home, shop))


def kept_models(home: Path, shop: str) -> KeptModels:
    """Return the models of a shop; its folder has a name that any disk takes."""
    return KeptModels(home / "models" / hashlib.sha256(shop.encode()).hexdigest()[:16])


def between_of(id_: FindingId) -> Between:
    """Return the conversation of a finding."""
    return Between(date.fromisoformat(id_.day), id_.agent, id_.buyer)


def _said_at(row: Mapping[str, object]) -> tuple[int, ...]:
    evidence = row["evidence"]
    assert isinstance(evidence, list)
    return tuple(sorted({int(one["place"]) for one in evidence if one["role"] == "said"}))
