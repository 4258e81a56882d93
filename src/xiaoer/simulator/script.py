"""From a scenario to the messages of one chat: variants drawn, slots filled, outcome known."""

from random import Random

from xiaoer.simulator.chat import AGENT, BUYER, ROBOT, SYSTEM, Chat, Step
from xiaoer.simulator.people import Person
from xiaoer.simulator.phrases import fill, pick
from xiaoer.simulator.scenario import Line, planted_items
from xiaoer.simulator.world import world

AUTO_SHARE = 0.3
OPENING_SHARE = 0.68
CLOSING_SHARE = 0.45
LAST_WORD_SHARE = 0.8


class ScriptWriter:
    """Writes the steps of chats for one team."""

    def __init__(self, random: Random, people: tuple[Person, ...], shop: str) -> None:
        """Keep the team; the robot's number is the team's size."""
        self._random = random
        self._people = people
        self._robot = len(people)
        self._robot_name = f"{shop}:{world().robot}"

    def write(self, chat: Chat, *, missed: bool) -> None:
        """Give the chat its steps; a missed buyer gets no answer from anybody."""
        steps = self._opening(chat) if chat.scenario.greets and chat.scenario.begins == "buyer" else []
        for line in chat.scenario.lines:
            if self._is_said(line, chat):
                steps.append(self._step(line, chat))
        if chat.scenario.greets and self._random.random() < CLOSING_SHARE:
            steps += self._closing(chat)
        if steps and steps[-1].sender == BUYER and chat.scenario.greets and self._random.random() < LAST_WORD_SHARE:
            said = fill(pick(self._random, world().closings.last_words), chat.slots, self._random)
            steps.append(Step(AGENT, steps[-1].account if steps[-1].account < self._robot else chat.agent, said))
        if missed:
            steps = [step for step in steps if step.sender != AGENT or step.auto]
            steps = [step._replace(does="") for step in steps[:3]]
        chat.steps = steps

    def _is_said(self, line: Line, chat: Chat) -> bool:
        ordered, paid = chat.outcome == "order", chat.outcome == "pay"
        holds = {"any": True, "ordered": ordered, "not_ordered": not ordered, "paid": paid, "not_paid": not paid}
        return holds[line.when] and (line.chance >= 1.0 or self._random.random() < line.chance)

    def _step(self, line: Line, chat: Chat) -> Step:
        random, speaker = self._random, line.speaker
        account = {"mate": chat.mate, "robot": self._robot}.get(speaker if speaker != "buyer" else line.to, chat.agent)
        phrases, breaks = line.variants, () if line.poor else line.breaks
        if line.poor and account < self._robot and random.random() < self._people[account].poor_share:
            phrases, breaks = line.poor, line.breaks
        phrase = pick(random, phrases)
        text = fill(phrase, chat.slots, random)
        if speaker == "transfer":
            whole = "服务助手" in text
            target = self._people[chat.agent if whole else chat.mate].account
            return Step(SYSTEM, self._robot if whole else chat.agent, text, "transfer", 2, transfer_to=target)
        sender = {"buyer": BUYER, "robot": ROBOT}.get(speaker, AGENT)
        gap = int(line.after * (0.7 + 0.6 * random.random())) if line.after else 0
        found = planted_items(by_customer=sender == BUYER).get(phrase, ()) if sender in (BUYER, AGENT) else ()
        return Step(sender, account, text, line.kind, gap, False, breaks, line.does, line.items, found=found)

    def _opening(self, chat: Chat) -> list[Step]:
        random, words = self._random, world().openings
        steps = []
        if random.random() < OPENING_SHARE:
            steps.append(Step(BUYER, chat.agent, pick(random, words.buyer)))
        if random.random() < AUTO_SHARE:
            text = world().auto_prefix + pick(random, world().auto_replies)
            at = steps or [self._first_line(chat)]
            steps = [*at, Step(AGENT, chat.agent, text, auto=True)]
        if steps and steps[0].text in words.buyer and random.random() < 0.75:
            poor = random.random() < self._people[chat.agent].poor_share
            greeting = pick(random, words.poor if poor else words.agent)
            said, found = fill(greeting, chat.slots, random), planted_items(by_customer=False).get(greeting, ())
            steps.append(Step(AGENT, chat.agent, said, breaks=("语言",) if poor else (), found=found))
        return steps

    def _first_line(self, chat: Chat) -> Step:
        """Return a short buyer's line for the automatic reply to answer."""
        return Step(BUYER, chat.agent, pick(self._random, world().openings.buyer))

    def _closing(self, chat: Chat) -> list[Step]:
        account = chat.mate if chat.scenario.mates and chat.outcome == "order" else chat.agent
        said = fill(
            pick(self._random, world().closings.agent), {**chat.slots, "me": self._people[account].name}, self._random
        )
        steps = [Step(AGENT, account, said)]
        if self._random.random() < 0.4:
            steps.append(Step(BUYER, account, pick(self._random, world().closings.buyer)))
        return steps
