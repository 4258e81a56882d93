"""A computer with its own working folder of a data folder in a bucket."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.functional.cli.door import Told, xiaoer
from xiaoer.base.environment import home_at


@dataclass(frozen=True)
class Computer:
    """One computer: where it keeps what can be fetched again, and which data folder it works on."""

    cache: Path
    url: str

    @property
    def folder(self) -> Path:
        """Return the working folder."""
        return home_at(self.url, {"XDG_CACHE_HOME": str(self.cache)})

    def xiaoer(self, *arguments: str | Path) -> Told:
        """Run one command on it."""
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("XDG_CACHE_HOME", str(self.cache))
            return xiaoer(self.url, *arguments, lang="en")

    def report(self) -> object:
        """Return a report of the month."""
        september = ("--from", "2024-09-01", "--to", "2024-09-30")
        metrics = ("--metrics", "received_buyers,sales_yuan", "--by", "agent,day")
        return self.xiaoer("report", *september, *metrics, "--json").data

    def files_imported(self) -> list[str]:
        """Return the names of the files that were imported, ascending."""
        return sorted(one["file_name"] for one in self.xiaoer("imports", "list", "--json").data["imports"])
