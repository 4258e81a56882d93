"""Whether a data folder holds anything, asked without making one; and what others did to it, fetched."""

from pathlib import Path

from xiaoer.base.data_url import shown_folder
from xiaoer.base.errors import ReportableError
from xiaoer.store.home import Home


def has_data(home: Path) -> bool:
    """Return whether something was ever written here; a ReportableError when the folder may not even be looked into."""
    try:
        return Home(home).manifest.exists()
    except PermissionError as error:
        values = {"folder": shown_folder(home), "problem": error.strerror or ""}
        raise ReportableError.of("store.home_not_readable", values=values) from None


def must_have_data(home: Path) -> None:
    """Do nothing where there are data; else a ReportableError says how to get some, and no folder is made."""
    if not has_data(home):
        raise ReportableError.of("cli.empty_home", values={"home": shown_folder(home)})


def bring_up_to_date(home: Path) -> None:
    """Fetch what others changed in the bucket that the folder stands in for; nothing is done for any other folder.

    A ReportableError says why that is not possible.
    """
    Home(home).bring_up_to_date()
