"""The invented world that dialogues are set in: products, names, rhythm, small words."""

from datetime import date
from functools import cache

from xiaoer.base.catalog import Catalog, Declared


class Product(Declared):
    """One product of the shop."""

    name: str
    title: str
    category: str
    price: int  # yuan
    sizes: tuple[str, ...]
    colours: tuple[str, ...]
    feature: str
    care: str
    fit: str
    worn: bool = False  # clothes that one asks sizes, fabric and washing of


class Openings(Declared):
    """How both sides start."""

    buyer: tuple[str, ...]
    agent: tuple[str, ...]
    poor: tuple[str, ...]


class Closings(Declared):
    """How both sides end."""

    agent: tuple[str, ...]
    buyer: tuple[str, ...]
    last_words: tuple[str, ...]


class ReviewTexts(Declared):
    """What buyers write."""

    good: tuple[str, ...]
    neutral: tuple[str, ...]
    bad: tuple[str, ...]


class World(Declared):
    """Everything of catalog/simulated_shop.yaml."""

    robot: str
    code_word: str
    auto_prefix: str
    auto_replies: tuple[str, ...]
    little_words: dict[str, tuple[str, ...]]
    openings: Openings
    closings: Closings
    nudges: tuple[str, ...]
    couriers: tuple[str, ...]
    cities: tuple[str, ...]
    gifts: tuple[str, ...]
    cutoffs: tuple[str, ...]
    agent_names: tuple[str, ...]
    nick_first: tuple[str, ...]
    nick_last: tuple[str, ...]
    advertisers: tuple[str, ...]
    hours: tuple[float, ...]
    weekdays: tuple[float, ...]
    promotions: dict[str, float]
    reviews: ReviewTexts
    refund_reasons: tuple[str, ...]
    products: tuple[Product, ...]

    def busyness(self, day: date) -> float:
        """Return how busy a day is against an ordinary one."""
        return self.weekdays[day.weekday()] * self.promotions.get(day.strftime("%m-%d"), 1.0)

    def is_promotion(self, day: date) -> bool:
        """Return whether a promotion is on."""
        return day.strftime("%m-%d") in self.promotions


@cache
def world() -> World:
    """Return the world of the simulated shop."""
    return Catalog().load_one("simulated_shop.yaml", World)
