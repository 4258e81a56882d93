"""What people decided of one day: who really handled a contact, whether it counts, which orders are only tests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from xiaoer.base.corrections import Correction, CorrectionKind

Contact = tuple[str, str]  # the buyer and the account


@dataclass(frozen=True)
class Decided:
    """`handled` is asked of accounts as they were told, `counts` of those that really handled the contact."""

    handled: Mapping[Contact, str] = field(default_factory=dict)
    counts: Mapping[Contact, bool] = field(default_factory=dict)
    tests: frozenset[str] = frozenset()

    @classmethod
    def of(cls, corrections: Collection[Correction], day: date) -> "Decided":
        """Return what the corrections in force decide of a day; orders may be of any day."""
        handled, counts, tests = {}, {}, set()
        for one in corrections:
            if one.kind is CorrectionKind.TEST_ORDER:
                tests.add(str(one.order_id))
            elif one.day == day:
                contact = (str(one.buyer), str(one.agent))
                if one.kind is CorrectionKind.CONTACT_AGENT:
                    handled[contact] = str(one.value)
                else:
                    counts[contact] = one.kind is CorrectionKind.KEEP_CONTACT
        return cls(handled, counts, frozenset(tests))
