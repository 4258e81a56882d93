"""Money is decimal yuan with at most four places; nothing is rounded silently."""

import re
from decimal import Decimal, InvalidOperation

PLACES = Decimal("0.0001")
FLOAT_NOISE = Decimal("0.000001")
LARGEST = Decimal(10) ** 13
_DECORATION = re.compile(r"[¥￥,，\s]|元$|CNY|RMB")


def parse_yuan(text: str) -> Decimal | None:
    """Return yuan with at most four places, or None when the text is no amount of money.

    Float noise of spreadsheets (58.680000000000001) is taken off; a true fifth place is refused, not rounded.
    """
    try:
        amount = Decimal(_DECORATION.sub("", text))
    except InvalidOperation:
        return None
    if not amount.is_finite() or abs(amount) >= LARGEST:
        return None
    rounded = amount.quantize(PLACES)
    return rounded if abs(rounded - amount) < FLOAT_NOISE else None


def plain(amount: Decimal) -> str:
    """Return the amount as text with two places, or up to four where it needs them."""
    two = amount.quantize(Decimal("0.01"))
    return str(two if two == amount else amount.normalize())
