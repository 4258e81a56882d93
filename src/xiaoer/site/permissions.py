"""The one table of who may what where, read from catalog/roles.yaml."""

from functools import cache
from typing import Literal

from xiaoer.base.catalog import Catalog, Declared, Words

Scope = Literal["all", "shop", "own"]
ANYONE, SIGNED_IN = "anyone", "signed_in"  # what a page may need instead of a permission


class Role(Declared):
    """One role: its label, what it is for, and which roles it may invite."""

    label: Words
    why: Words
    invites: tuple[str, ...]


class Permission(Declared):
    """One permission: its label, why it exists, which roles have it where, and whether for one group of a shop too."""

    label: Words
    why: Words
    scopes: dict[str, Scope]
    by_group: bool = False


class Table(Declared):
    """Every role and every permission."""

    roles: dict[str, Role]
    permissions: dict[str, Permission]

    def scope(self, role: str, permission: str) -> Scope | None:
        """Return where a role has a permission; None for nowhere."""
        return self.permissions[permission].scopes.get(role)


@cache
def table() -> Table:
    """Return the table; ours alone, no shop's own folder can widen it."""
    return Catalog().load_one("roles.yaml", Table)
