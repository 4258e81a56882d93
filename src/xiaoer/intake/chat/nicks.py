"""Nicks: which are the shop's accounts, which are buyers, which is the robot."""

import re
from dataclasses import dataclass

from xiaoer.intake.chat.said import Sender

ROBOT = "服务助手"
SYSTEM_NICKS = frozenset({"", "系统", "系统消息", "system", "系统提示"})
_SITE = re.compile(r"^(?:cntaobao|cntmall|cnalichn|cnhhupan|enaliint)(?=.)")


def clean_nick(text: str) -> str:
    """Return the nick without blanks, without the site in front (cntaobao…), and with a plain colon."""
    return _SITE.sub("", text.strip().replace("：", ":").strip("\ufeff"))


def is_masked(nick: str) -> bool:
    """Return whether a platform hid a part of the nick, as in t******7."""
    return "**" in nick or (nick.endswith("*") and len(nick) <= 3)


def known_buyer(nick: str | None, id_: str | None) -> str | None:
    """Return the name a buyer goes by: the nick, with the platform's id where a masked nick would mix people up."""
    name = clean_nick(nick or "")
    if not name:
        return id_ or None
    return f"{name}#{id_}" if is_masked(name) and id_ else name


@dataclass(frozen=True)
class Nicks:
    """The shop's main accounts; every `main:sub` is an account too."""

    mains: frozenset[str] = frozenset()

    def sender(self, nick: str) -> Sender:
        """Return the part that the nick plays; one that is not the shop's is a buyer."""
        if nick in SYSTEM_NICKS:
            return "system"
        main, colon, sub = nick.partition(":")
        if colon:
            return "robot" if sub == ROBOT else "agent"
        if main == ROBOT:
            return "robot"
        return "agent" if main in self.mains else "buyer"

    def account(self, name: str, *, beside: str | None = None) -> str:
        """Return the whole name of an account that a line calls by its sub-account alone.

        The shop's name is taken from an account `beside` it, else from the only main account; else the name stays.
        """
        if ":" in name or name in self.mains:
            return name
        if beside and ":" in beside:
            return f"{beside.partition(':')[0]}:{name}"
        return f"{next(iter(self.mains))}:{name}" if len(self.mains) == 1 else name


def mains_of(nicks: set[str]) -> frozenset[str]:
    """Return the main accounts that the sub-accounts among the nicks belong to."""
    return frozenset(nick.partition(":")[0] for nick in nicks if ":" in nick)
