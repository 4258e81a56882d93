"""People's decisions about findings as values, and the table of them that `xiaoer inspect train` takes."""

import csv
import io
from collections.abc import Mapping

from xiaoer.actions.decision_file import COLUMNS, harmless
from xiaoer.inspection.score import Decision, FindingId, Verdict

__all__ = ["Decision", "FindingId", "Verdict", "decision_table"]


def decision_table(decisions: Mapping[FindingId, Decision]) -> str:
    """Return decisions as a CSV, one row each in the order of their names; read back they are the same verdicts."""
    text = io.StringIO()
    written = csv.writer(text, lineterminator="\r\n")
    written.writerow(COLUMNS)
    for id_, decision in sorted(decisions.items(), key=lambda pair: pair[0]):
        texts = (id_.shop, id_.day, id_.agent, id_.buyer, id_.item, decision.verdict.value)
        written.writerow([harmless(one) for one in texts])
    return text.getvalue()
