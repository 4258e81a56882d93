"""What was said, column by column, and what is true about it."""

from dataclasses import dataclass, field

from xiaoer.simulator.chat import Chat, Step


@dataclass(frozen=True)
class Breach:
    """A message that breaks standards."""

    row: int
    chat: int
    standards: tuple[str, ...]


@dataclass(frozen=True)
class Invitation:
    """One request to rate a conversation, and the answer if there was one."""

    buyer: str
    account: int
    invited: int | None
    rated: int | None
    score: int | None
    source: str


@dataclass(frozen=True)
class Grievance:
    """One complaint about an agent or the shop."""

    chat: Chat
    at: int
    upheld: bool


@dataclass
class ChatLog:
    """All messages in the order in which they were said on the floor."""

    chat: list[int] = field(default_factory=list)
    buyer: list[str] = field(default_factory=list)
    account: list[int] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    sender: list[int] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    auto: list[bool] = field(default_factory=list)
    transfer_to: list[str | None] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    findings: list[tuple[int, str]] = field(default_factory=list)  # row of a message, inspection item
    chats: list[Chat] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    grievances: list[Grievance] = field(default_factory=list)
    busy_until: dict[tuple[int, int], int] = field(default_factory=dict)  # (account, day number) → last word

    def say(self, chat: Chat, step: Step, at: int) -> None:
        """Write one message down."""
        if step.breaks:
            self.breaches.append(Breach(len(self.at), chat.number, step.breaks))
        self.findings += [(len(self.at), item) for item in step.found]
        self.chat.append(chat.number)
        self.buyer.append(chat.buyer)
        self.account.append(step.account)
        self.at.append(at)
        self.sender.append(step.sender)
        self.text.append(step.text)
        self.kind.append(step.kind)
        self.auto.append(step.auto)
        self.transfer_to.append(step.transfer_to)
