"""Chats without times: no figure can come of them, so they are refused with what to export instead."""

import json
import re
from collections.abc import Iterator

from xiaoer.base.errors import ReportableError
from xiaoer.intake.chat.json_documents import json_head
from xiaoer.intake.chat.qianniu import Dropped, utterances
from xiaoer.intake.encoding import head_text, is_text
from xiaoer.intake.raw import RawTable, Reader, Source
from xiaoer.intake.reading import ReadOptions

_SPOKEN = re.compile(r"(?P<nick>[^\s:：,，\t]{1,40}(?::[^\s:：,，/]{1,24})?)[:：](?!//)\s*(?P<text>\S.*)?")
_SHOP_OR_MASKED = re.compile(r"[^\s:：]+:[^\s:：]+|\S{0,2}\*{2,}\S{0,2}|买家|顾客|客户|用户|客服|卖家|店小二")
_TIME_KEYS = frozenset({"time", "sent_at", "gmtCreated", "date", "timestamp", "created_at", "send_time", "created"})


def recognises(source: Source) -> bool:
    """Return whether the content is a conversation, by nicks or by turns, in which nothing has a time."""
    if not is_text(source.head):
        return False
    return _is_turns(source) or _is_transcript(source)


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Refuse the file: a ReportableError says what is missing."""
    raise ReportableError.of("chat.no_times", place=source.place())


def _is_transcript(source: Source) -> bool:
    lines = [line for line in head_text(source).splitlines()[:200] if line.strip()]
    spoken = [found for line in lines if (found := _SPOKEN.fullmatch(line.strip()))]
    named = {found["nick"] for found in spoken if _SHOP_OR_MASKED.fullmatch(found["nick"])}
    if len(lines) < 2 or not named or len(spoken) < 0.8 * len(lines):
        return False
    most_repeat = len({found["nick"] for found in spoken}) <= max(2, len(spoken) // 2)
    return most_repeat and next(utterances(enumerate(lines, 1), Dropped()), None) is None


def _is_turns(source: Source) -> bool:
    keys = json_head(source)
    if keys & _TIME_KEYS or not keys & {"turns", "dialogue", "dialog", "conversation", "messages"}:
        return False
    first = head_text(source).lstrip("\ufeff \r\n").split("\n", 1)[0]
    try:
        document = json.loads(first)
    except (ValueError, RecursionError):
        return {"user", "agent"} <= keys
    return isinstance(document, dict) and any(isinstance(value, list) for value in document.values())


READER = Reader(recognises, read)
