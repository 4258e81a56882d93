"""The day as it stands now, one message at a time: who waits, who talks with how many, the figures so far."""

from xiaoer.facts.live.board import AgentNow, Board, Waiting
from xiaoer.facts.live.day import LiveDay
from xiaoer.facts.live.decided import Decided
from xiaoer.facts.live.orders import LiveOrders
from xiaoer.facts.live.presence import LivePresence
from xiaoer.facts.live.rules import LiveRules
from xiaoer.facts.live.said import Said
from xiaoer.facts.live.tally import Tally

__all__ = [
    "AgentNow",
    "Board",
    "Decided",
    "LiveDay",
    "LiveOrders",
    "LivePresence",
    "LiveRules",
    "Said",
    "Tally",
    "Waiting",
]
