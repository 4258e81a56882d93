"""Buyers: invented nicks, no two alike."""

from collections.abc import Iterable
from random import Random

from xiaoer.simulator.phrases import pick
from xiaoer.simulator.world import world


class Buyers:
    """Gives out nicks and remembers who has talked to the shop."""

    def __init__(self, random: Random, taken: Iterable[str] = ()) -> None:
        """Start with nobody known; nicks that are taken are never given."""
        self._random = random
        self._given = set(taken)
        self.last_seen: dict[str, int] = {}
        self.known: list[str] = []

    def new(self) -> str:
        """Return a nick that nobody has yet."""
        random, words = self._random, world()
        while True:
            nick = pick(random, words.nick_first) + pick(random, words.nick_last)
            nick += ("", "_", "88", "", "-")[random.randrange(5)] + str(random.randrange(10_000))
            if nick not in self._given:
                self._given.add(nick)
                return nick

    def returning(self, at: int, *, quiet_seconds: int) -> str:
        """Return somebody who bought before and has been quiet for a while; somebody new where there is none."""
        for _ in range(6 if self.known else 0):
            nick = self.known[int(self._random.random() * len(self.known))]
            if self.last_seen.get(nick, 0) < at - quiet_seconds:
                return nick
        return self.new()
