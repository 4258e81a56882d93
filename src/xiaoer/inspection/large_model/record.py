"""A record of every question that left the house: what it cost, what was taken and dropped; nobody's words."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from xiaoer.inspection.large_model.answer import Answer
from xiaoer.inspection.large_model.client import Reply, Service
from xiaoer.inspection.large_model.question import Question

FILE = "asked.jsonl"


@dataclass(frozen=True)
class Call:
    """One question with its answer and its yuan."""

    service: Service
    question: Question
    reply: Reply
    answer: Answer
    cost: Decimal


def record(folder: Path, call: Call, *, now: datetime) -> None:
    """Append one line to the folder's record; the conversation is named by a hash, the answer by its numbers."""
    service, question, reply, answer = call.service, call.question, call.reply, call.answer
    folder.mkdir(parents=True, exist_ok=True)
    line = {
        "at": now.isoformat(), "address": service.address, "model": service.model,
        "conversation": sha256(question.conversation.encode()).hexdigest()[:16],
        "question": sha256(json.dumps(question.messages, ensure_ascii=False).encode()).hexdigest()[:16],
        "characters": question.characters, "tokens_in": reply.tokens_in, "tokens_out": reply.tokens_out,
        "attempts": reply.attempts, "cost_yuan": str(call.cost),
        "suggested": sorted(one.item for one in answer.suggestions),
        "dropped": {str(reason): number for reason, number in sorted(answer.dropped.items())},
    }  # fmt: skip
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
