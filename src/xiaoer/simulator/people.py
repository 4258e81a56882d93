"""The team: who works, how well, and when."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from xiaoer.simulator.wall_time import seconds_of
from xiaoer.simulator.world import world

GROUPS = (("售前一组", "pre_sale"), ("售前二组", "pre_sale"), ("售后组", "after_sale"))
EARLY = (8.0, 17.0)
MIDDLE = (12.5, 21.75)
LATE = (15.0, 24.4)


@dataclass(frozen=True)
class Person:
    """One agent: the account, the place in the team, and the skill."""

    account: str
    name: str
    group: str
    role: str
    hired_on: date
    weight: float
    reply_seconds: float  # to read a question and answer it, with nobody else waiting
    conversion: float  # against the team's usual
    poor_share: float  # of lines said in the poor way
    missed_share: float  # of buyers never answered
    number: int
    has_days_off: bool

    def duty(self, day: date) -> tuple[int, int] | None:
        """Return the seconds at which the day's shift starts and ends, or None on a day off."""
        off = self.has_days_off and (day.toordinal() + self.number * 3) % 7 == 0 and not world().is_promotion(day)
        if off or day < self.hired_on:
            return None
        shift = (EARLY, MIDDLE, LATE)[(self.number + day.toordinal() // 7) % 3]
        start = seconds_of(day)
        jitter = (day.toordinal() * 37 + self.number * 101) % 420
        return start + int(shift[0] * 3600) - jitter, start + int(shift[1] * 3600) + jitter // 2

    def slowness(self, day: date) -> float:
        """Return how much slower than in full practice: newcomers need about two weeks."""
        tenure = (day - self.hired_on).days
        return 1.0 + max(0.0, 1.1 - tenure / 14.0)


def hire(random: Random, *, count: int, shop: str, first_day: date, days: int) -> tuple[Person, ...]:
    """Return the team, best and worst spread over the groups; one joins in the second week, one is clearly poor."""
    skills = [(place + 0.5) / count for place in range(count)]
    random.shuffle(skills)
    newcomer = count // 2 if count >= 4 else -1
    return tuple(
        _person(random, number=number, count=count, skill=skill, shop=shop,
                hired_on=_hired_on(random, number == newcomer, first_day, days))
        for number, skill in enumerate(skills)
    )  # fmt: skip


def _hired_on(random: Random, newcomer: bool, first_day: date, days: int) -> date:
    if newcomer:
        return first_day + timedelta(days=days // 4)
    return first_day - timedelta(days=60 + random.randrange(1200))


def _person(random: Random, *, number: int, count: int, skill: float, shop: str, hired_on: date) -> Person:
    names = world().agent_names
    name = names[number % len(names)] + (str(number // len(names) + 1) if number >= len(names) else "")
    group, role = GROUPS[min(2, number * 3 // count)]
    last = number == count - 1 and count > 3
    worst = skill < 1.0 / count
    manners = min(1.0, max(0.0, 0.65 * skill + 0.35 * random.random()))
    return Person(
        account=f"{shop}:{name}", name=name, group="投诉专席" if last else group,
        role="complaints" if last else role, hired_on=hired_on, weight=round(0.7 + 0.6 * skill, 2),
        reply_seconds=(9.0 + 25.0 * (1.0 - skill) ** 1.7) * (2.3 if worst else 1.0),
        conversion=0.61 + 0.34 * (0.6 * skill + 0.4 * random.random()),
        poor_share=0.4 if worst else 0.015 + 0.16 * (1.0 - manners) ** 2.5,
        missed_share=0.022 if worst else 0.001 + 0.013 * (1.0 - skill) ** 2,
        number=number, has_days_off=count > 1,
    )  # fmt: skip


class Rota:
    """Who is on duty, and how many chats each has open: a new one goes to the least busy."""

    def __init__(self, people: tuple[Person, ...]) -> None:
        """Start with nobody busy."""
        self.people = people
        self.open = [0] * (len(people) + 1)
        self._turns = 0
        self._duties: dict[date, list[tuple[int, int, Person]]] = {}

    def duties(self, day: date) -> list[tuple[int, int, Person]]:
        """Return (start, end, person) of everybody on duty that day."""
        if day not in self._duties:
            found = [(person.duty(day), person) for person in self.people]
            self._duties[day] = [(duty[0], duty[1], person) for duty, person in found if duty]
        return self._duties[day]

    def choose(self, at: int, day: date, *, role: str, but: int = -1) -> Person | None:
        """Return the person to take a chat at this second: on duty, of the role if there is one, least busy."""
        on = [person for start, end, person in self.duties(day) if start <= at < end - 600 and person.number != but]
        if not on:
            later = [(start, person.number, person) for start, _, person in self.duties(day) if start > at]
            return min(later)[2] if later else None
        fitting = [person for person in on if (person.role == "pre_sale") == (role == "pre_sale")] or on
        self._turns += 1
        return min(fitting, key=lambda person: (self._burden(person), person.number))

    def _burden(self, person: Person) -> float:
        """Return how busy a person is; a share of chance that goes round keeps the slow from getting nobody."""
        chance = (self._turns * 0.618034 + person.number * 0.377) % 1.0
        return (self.open[person.number] + 3.5 * chance + 0.5) / person.weight

    def starts_at(self, number: int, day: date) -> int | None:
        """Return when the person's shift of the day starts, or None on a day off."""
        return next((start for start, _, person in self.duties(day) if person.number == number), None)
