"""The particulars of one chat: which product, size, price, parcel, town."""

from random import Random

from xiaoer.simulator.chat import Chat
from xiaoer.simulator.people import Person
from xiaoer.simulator.phrases import pick
from xiaoer.simulator.world import Product, world


def slots_of_chat(random: Random, chat: Chat, people: tuple[Person, ...]) -> dict[str, str]:
    """Return the text of every slot that a phrase of the chat may have."""
    slots, order = slots_of_product(random, chat.product), chat.order
    if order is not None and order.gift:
        slots["gift"] = order.gift
    amount = order.payable_fen / 100 if order else chat.product.price
    return slots | {
        "me": people[chat.agent].name, "mate": people[chat.mate].name, "amount": f"{amount:g}",
        "order": order.order_id if order else f"{random.randrange(10**5):05d}",
    }  # fmt: skip


def slots_of_product(random: Random, product: Product) -> dict[str, str]:
    """Return the slots that need no more than the product."""
    place, price = int(random.random() * len(product.sizes)), product.price
    cut = (5, 8, 10, 15, 20)[int(random.random() * 5)] if price < 150 else (10, 20, 30)[int(random.random() * 3)]
    other = place + 1 if place + 1 < len(product.sizes) else max(0, place - 1)
    tall = 152 + int(random.random() * 31)
    return {
        "product": product.name, "colour": pick(random, product.colours), "size": product.sizes[place],
        "other_size": product.sizes[other], "price": str(price), "cut": str(cut), "final": str(price - cut),
        "feature": product.feature, "care": product.care, "fit": product.fit,
        "style": world().products[int(random.random() * len(world().products))].name,
        "height": (f"{tall}", f"{tall}cm", f"1米{tall - 100}")[int(random.random() * 3)],
        "kg": str(int((tall - 100) * 1.75 + random.random() * 30)), "weight": str(60 + int(random.random() * 400)),
        "stock": str(2 + int(random.random() * 60)), "days": ("2", "3", "2到3", "3到4")[int(random.random() * 4)],
        "parcel": f"YT{int(random.random() * 10**11):011d}", "courier": pick(random, world().couriers),
        "city": pick(random, world().cities), "gift": pick(random, world().gifts),
        "cutoff": pick(random, world().cutoffs), "code": world().code_word, "fee": str(5 + int(random.random() * 20)),
        "deposit": str(max(10, price // 10)), "date": f"{1 + int(random.random() * 28)}号",
        "item": str(620_000_000_000 + sum(map(ord, product.title)) * 7919),
    }  # fmt: skip
