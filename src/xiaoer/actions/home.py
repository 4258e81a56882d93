"""Whether a data folder holds anything, asked without making one."""

from pathlib import Path

from xiaoer.base.errors import ReportableError
from xiaoer.store.home import Home


def has_data(home: Path) -> bool:
    """Return whether something was ever written here; a ReportableError when the folder may not even be looked into."""
    try:
        return Home(home).manifest.exists()
    except PermissionError as error:
        values = {"folder": str(home), "problem": error.strerror or ""}
        raise ReportableError.of("store.home_not_readable", values=values) from None


def must_have_data(home: Path) -> None:
    """Do nothing where there are data; else a ReportableError says how to get some, and no folder is made."""
    if not has_data(home):
        raise ReportableError.of("cli.empty_home", values={"home": str(home)})
