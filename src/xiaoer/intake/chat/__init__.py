"""Conversations as people copied or machines kept them, as texts of the canonical messages table."""

from xiaoer.intake.chat.conversation import Conversation
from xiaoer.intake.chat.json_documents import documents, json_head
from xiaoer.intake.chat.message import MESSAGE_HEADER, message_of, message_table
from xiaoer.intake.chat.nicks import Nicks, clean_nick, known_buyer
from xiaoer.intake.chat.said import Said

__all__ = [
    "MESSAGE_HEADER",
    "Conversation",
    "Nicks",
    "Said",
    "clean_nick",
    "documents",
    "json_head",
    "known_buyer",
    "message_of",
    "message_table",
]
