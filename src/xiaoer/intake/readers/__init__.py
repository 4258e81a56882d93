"""Every container that can be read, in the order asked: the first that recognises the content reads it."""

from xiaoer.intake.raw import Reader
from xiaoer.intake.readers import (
    bank_calls,
    chatwoot_messages,
    chatwoot_ratings,
    dialogue_jsonl,
    named_blocks,
    qianniu_text,
    queue_log,
    sycm_chats,
    top_chatlog,
    top_presence,
    top_ratings,
    top_trades,
    untimed_chat,
    userscript_json,
    wangwang_text,
)
from xiaoer.intake.readers.delimited import DELIMITED
from xiaoer.intake.readers.html import HTML
from xiaoer.intake.readers.json_records import JSON_RECORDS
from xiaoer.intake.readers.parquet import PARQUET
from xiaoer.intake.readers.workbook import WORKBOOK

# Special texts stand before the plain containers, which would take them as tables. One line each.
READERS: dict[str, Reader] = {
    "parquet": PARQUET,
    "workbook": WORKBOOK,
    "html": HTML,
    "userscript_json": userscript_json.READER,
    "dialogue_jsonl": dialogue_jsonl.READER,
    "sycm_chats": sycm_chats.READER,
    "top_chatlog": top_chatlog.READER,
    "top_presence": top_presence.READER,
    "top_ratings": top_ratings.READER,
    "top_trades": top_trades.READER,
    "chatwoot_messages": chatwoot_messages.READER,
    "chatwoot_ratings": chatwoot_ratings.READER,
    "bank_calls": bank_calls.READER,
    "queue_log": queue_log.READER,
    "wangwang_text": wangwang_text.READER,
    "qianniu_text": qianniu_text.READER,
    "untimed_chat": untimed_chat.READER,
    "named_blocks": named_blocks.READER,
    "json_records": JSON_RECORDS,
    "delimited": DELIMITED,
}

# Readers whose tables any layout with `readers: [table]` may take.
TABULAR_READERS = frozenset({"parquet", "workbook", "html", "json_records", "delimited"})
