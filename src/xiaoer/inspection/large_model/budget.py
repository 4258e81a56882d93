"""What asking costs: counted from what the service says it used, and stopped before the cap could be passed."""

from dataclasses import dataclass, field
from decimal import Decimal

MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Prices:
    """Yuan for a million tokens in and out."""

    tokens_in: Decimal
    tokens_out: Decimal

    def cost(self, tokens_in: int, tokens_out: int) -> Decimal:
        """Return the yuan for so many tokens."""
        return (self.tokens_in * tokens_in + self.tokens_out * tokens_out) / MILLION


@dataclass
class Budget:
    """Yuan that may be spent, and what is spent so far."""

    cap: Decimal
    prices: Prices
    spent: Decimal = field(default_factory=Decimal)

    def allows(self, *, characters: int, most_out: int) -> bool:
        """Return whether a question can not pass the cap: at worst two tokens a character and the longest answer."""
        return self.spent + self.prices.cost(2 * characters, most_out) <= self.cap

    def spend(self, tokens_in: int, tokens_out: int) -> Decimal:
        """Count what a call used and return its yuan."""
        cost = self.prices.cost(tokens_in, tokens_out)
        self.spent += cost
        return cost
