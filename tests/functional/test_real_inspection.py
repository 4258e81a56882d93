"""Real replies of real agents: what nobody may ever say is hardly found among them, and nothing hangs on any text."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa

from tests.functional.real_files import real_file
from xiaoer.base.catalog import Catalog
from xiaoer.base.settings import ShopSettings
from xiaoer.base.tables import canonical_tables
from xiaoer.inspection.standards import load_standards
from xiaoer.inspection.talk import COLUMNS
from xiaoer.inspection.up_to_date import Inspector
from xiaoer.store.message_columns import SORTED_BY, with_message_columns

OPENS = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
# What is wrong wherever it is said, whatever was said before.
NEVER = (
    "swearing", "off_platform_contact", "cashback_for_review", "buys_review", "threatens_customer", "provokes",
    "looks_down", "personal_data_given", "invoice_refused", "returns_refused", "absolute_words", "blames_customer",
    "pushes_off", "denies_promise", "sarcasm", "card_fee_charged",
)  # fmt: skip
MOST = 0.005


def test_never_is_hardly_ever() -> None:
    replies = real_file("chat-jddc-pairs", "train.dec").read_text(encoding="utf-8").splitlines()
    contexts = real_file("chat-jddc-pairs", "train.enc").read_text(encoding="utf-8").splitlines()
    rows = []
    for number, (context, reply) in enumerate(zip(contexts, replies, strict=True)):
        asked = context.rstrip(",").rpartition(",")[2]
        for place, (sender, text) in enumerate((("buyer", asked), ("agent", reply.rstrip(",")))):
            rows.append({
                "shop": "店", "buyer": f"{number:05}", "agent": "店:甲", "sender": sender, "text": text, "kind": "text",
                "sent_at": (OPENS + timedelta(seconds=10 * place)).replace(tzinfo=None), "auto": False,
                "source_row": place,
            })  # fmt: skip
    settings = ShopSettings().on(OPENS.date())
    messages = pa.Table.from_pylist(rows, schema=canonical_tables()["messages"].schema)
    prepared = with_message_columns(messages, settings.clock).sort_by(SORTED_BY).select(COLUMNS)
    found = Inspector(load_standards(Catalog()), "店").read(prepared, settings)["finding"]["item"].to_pylist()
    assert found, "no item finds anything in 4,000 replies"
    assert sum(item in NEVER for item in found) <= MOST * len(replies)
