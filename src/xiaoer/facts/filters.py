"""Noise filters: which contacts count for nobody, and the reason that stays visible."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.settings import DaySettings
from xiaoer.facts.walked import NEVER, Codes, Ints

# In this order: the first that holds gives the reason; the last one is what a person said.
REASONS = (
    "own_account", "listed_nick", "empty_chat", "transferred_shell", "advertising", "bulk_message", "monologue",
    "corrected",
)  # fmt: skip
KEPT = -1


def filter_reasons(
    contacts: dict[str, Ints], *, buyer: Codes, buyers: pa.Array, settings: DaySettings, own_accounts: Iterable[str]
) -> npt.NDArray[np.int8]:
    """Return for each contact the position of its reason in REASONS, or KEPT."""
    spoken = contacts["start_at"] != NEVER
    said = contacts["buyer_messages"] + contacts["agent_messages"] + contacts["auto_messages"]
    short = said <= settings.count("advertising_most_messages")
    holds = (
        settings.flag("filter_own_accounts") & _among(buyers, own_accounts)[buyer],
        settings.flag("filter_listed_nicks") & _among(buyers, settings.items("listed_nicks"))[buyer],
        settings.flag("filter_empty_chats") & ~spoken & (contacts["transfer"] == 0),
        settings.flag("filter_transferred_shells") & ~spoken & (contacts["transfer"] == 1),
        settings.flag("filter_advertising") & (contacts["code_word"] == 1) & short,
        settings.flag("filter_bulk_messages") & (contacts["bulk"] == 1),
        settings.flag("filter_monologue") & (contacts["buyer_messages"] == 0) & (contacts["answered_rounds"] == 0),
    )
    reasons = np.full(len(spoken), KEPT, np.int8)
    for position in reversed(range(len(holds))):
        reasons[holds[position]] = position
    return reasons


def _among(names: pa.Array, listed: Iterable[str]) -> npt.NDArray[np.bool_]:
    known = pa.array(sorted(listed), pa.string())
    if len(names) == 0 or len(known) == 0:
        return np.zeros(len(names), np.bool_)
    among: npt.NDArray[np.bool_] = pc.is_in(names, known).to_numpy(zero_copy_only=False)
    return among
