"""How an address names a contact without telling the customer: a digest that only this site can make."""

from collections.abc import Mapping

from xiaoer.site.audit import digest_of

Row = Mapping[str, object]


def contact_key(row: Row) -> str:
    """Return the key of a row of the filtered contacts."""
    return digest_of("\0".join(str(row[name]) for name in ("shop", "day", "agent", "buyer")))


def contact_of(key: str, rows: list[Row]) -> Row | None:
    """Return the row of a key; None where it is not among them."""
    return next((row for row in rows if contact_key(row) == key), None)
