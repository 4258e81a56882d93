"""Exact decimals: fifty digits between the steps, and rounding only where a scheme says so."""

from contextlib import AbstractContextManager
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    InvalidOperation,
    localcontext,
)
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field

from xiaoer.base.catalog import Declared

EXACT = Context(prec=50, rounding=ROUND_HALF_EVEN)
GRAIN = Decimal(1).scaleb(-20)  # below this two numbers are the same: what dividing by three and back leaves
FEN = Decimal("0.01")
NOTHING, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
LARGEST = Decimal(10) ** 15


def exactly() -> AbstractContextManager[Context]:
    """Return the context in which every sum of an appraisal is done."""
    return localcontext(EXACT)


def settled(value: Decimal) -> Decimal:
    """Return a value without the dust of repeating decimals, so that 1/3 × 3 reaches an edge at 1."""
    return value.quantize(GRAIN, ROUND_HALF_EVEN, EXACT)


def decimal_of(value: Fraction) -> Decimal:
    """Return an exact fraction as a decimal of fifty digits."""
    above, below = value.as_integer_ratio()
    return Decimal(above) if below == 1 else EXACT.divide(Decimal(above), Decimal(below))


class How(StrEnum):
    """How a number is rounded; `half_up` takes halves away from zero, as payrolls do."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"


_MODES = {How.HALF_UP: ROUND_HALF_UP, How.HALF_EVEN: ROUND_HALF_EVEN, How.DOWN: ROUND_FLOOR, How.UP: ROUND_CEILING}


_POWERS_OF_TEN = frozenset(Decimal(1).scaleb(-places) for places in range(9))


def read_number(text: object) -> object:
    """Return the decimal of a text such as 0.35, 35% or -20; anything else is a ValueError that says so."""
    if isinstance(text, Decimal):
        return text
    said = str(text).strip().replace("％", "%")
    try:
        value = Decimal(said.removesuffix("%"))
    except InvalidOperation:
        raise ValueError(f"a number such as 0.35, 35% or 20, not {said[:20]!r}") from None
    if not value.is_finite() or abs(value) >= LARGEST:
        raise ValueError("a number of at most 15 digits")
    return value / HUNDRED if said.endswith("%") else value


Number = Annotated[Decimal, BeforeValidator(read_number)]


class Rounding(Declared):
    """To which step a number is rounded, such as 0.01, and how."""

    to: Annotated[Number, Field(gt=0)] = FEN
    how: How = How.HALF_UP

    def apply(self, value: Decimal) -> Decimal:
        """Return the value as a whole number of steps."""
        to, mode = self.to, _MODES[self.how]
        clean = value.quantize(GRAIN, ROUND_HALF_EVEN, EXACT)
        if to in _POWERS_OF_TEN:
            return clean.quantize(to, mode, EXACT)
        steps = (clean / to).quantize(ONE, mode, EXACT)
        return (steps * to).quantize(to, ROUND_HALF_EVEN, EXACT)


TO_THE_FEN = Rounding()


def plain_number(value: Decimal, *, places: int = 4) -> str:
    """Return a number as it is read: at most so many places, no zeros at the end, no exponent."""
    shown = Rounding(to=Decimal(1).scaleb(-places)).apply(value).normalize(EXACT)
    return f"{shown:f}" if shown else "0"
