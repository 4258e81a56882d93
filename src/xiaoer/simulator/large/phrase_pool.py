"""A few thousand filled phrases, to be drawn by number."""

from functools import cache
from random import Random

import pyarrow as pa

from xiaoer.simulator.phrases import fill, pick
from xiaoer.simulator.scenario import scenarios
from xiaoer.simulator.slots import slots_of_product
from xiaoer.simulator.world import world

PHRASES = 2000


@cache
def phrase_pool() -> tuple[pa.Array, int, int]:
    """Return the phrases, and how many of them are the buyers' and the agents'; the last one is an automatic reply.

    No phrase is there twice: Parquet keeps a coded column as it is only where its words are distinct.
    """
    random = Random(0)
    lines = [line for scenario in scenarios().values() for line in scenario.lines]
    buyers = tuple(text for line in lines for text in line.buyer)
    agents = tuple(text for line in lines for text in (*line.agent, *line.mate, *line.poor))
    said = list(dict.fromkeys(_filled(random, buyers) for _ in range(PHRASES)))
    answered = list(
        dict.fromkeys(text for text in (_filled(random, agents) for _ in range(PHRASES)) if text not in said)
    )
    automatic = world().auto_prefix + world().auto_replies[0]
    return pa.array([*said, *answered, automatic]), len(said), len(answered)


def _filled(random: Random, phrases: tuple[str, ...]) -> str:
    product = world().products[random.randrange(len(world().products))]
    slots = slots_of_product(random, product) | {
        "me": "小美",
        "mate": "小丽",
        "order": "0",
        "amount": str(product.price),
    }
    return fill(pick(random, phrases), slots, random)
