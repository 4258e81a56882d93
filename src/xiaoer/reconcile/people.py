"""People of a report matched to accounts: by the whole account, by what follows the colon, by the name here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class People:
    """Which account each name of a report is; names that are nobody's here, or several people's, are none."""

    accounts: Mapping[str, str | None]

    def account(self, name: str) -> str | None:
        """Return the account of a name; None when there is none or more than one."""
        return self.accounts.get(name)

    @property
    def not_found(self) -> tuple[str, ...]:
        """Return the names without an account, ascending."""
        return tuple(sorted(name for name, account in self.accounts.items() if account is None))

    def not_listed(self, working: Iterable[str]) -> tuple[str, ...]:
        """Return those of these accounts that no name of the report is, ascending."""
        return tuple(sorted(set(working) - {account for account in self.accounts.values() if account}))


def people_of(names: Iterable[str], accounts: Iterable[str], called: Mapping[str, str]) -> People:
    """Return the people of a report's names; `called` has the names of accounts that have one.

    A way of naming that fits one account alone wins over the ones after it: whole account, after the colon, name.
    """
    known = sorted(set(accounts))
    return People({name: _account(name, known, called) for name in sorted(set(names))})


def _account(name: str, accounts: list[str], called: Mapping[str, str]) -> str | None:
    wanted = _plain(name)
    ways = (
        [one for one in accounts if _plain(one) == wanted],
        [one for one in accounts if _after_colon(one) == wanted],
        [one for one in accounts if _plain(called.get(one, "")) == wanted],
        [one for one in accounts if _after_colon(one) == _after_colon(name)],
    )
    for found in ways:
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _plain(name: str) -> str:
    return name.strip().replace("：", ":").casefold()


def _after_colon(name: str) -> str:
    return _plain(name).partition(":")[2] or _plain(name)
