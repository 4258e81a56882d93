"""Where a site lives: its data folder, database, addresses and language."""

from dataclasses import dataclass
from pathlib import Path

from xiaoer.base.data_url import url_of
from xiaoer.base.environment import DATABASE, SiteEnvironment, read_site_environment
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8000
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Site:
    """One site over one data folder."""

    home: Path
    language: Language = "zh"
    database_url: str | None = None
    addresses: tuple[str, ...] = ()
    token: str = ""  # guards the first-run page; only a server has one

    @property
    def folder(self) -> Path:
        """Return the folder of what belongs to the site alone."""
        return self.home / "site"

    @property
    def encrypted(self) -> bool:
        """Return whether browsers reach every address by https."""
        return bool(self.addresses) and all(address.startswith("https://") for address in self.addresses)

    def make_folder(self) -> None:
        """Create the folder for its owner's eyes only; a ReportableError says why that is not possible."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.folder.chmod(0o700)
        except OSError as error:
            values = {"folder": str(self.folder), "problem": error.strerror or ""}
            raise ReportableError.of("site.folder_not_writable", values=values) from None


def site_at(
    home: Path, language: Language, *, host: str, port: int, environment: SiteEnvironment | None = None
) -> Site:
    """Return the site of a data folder; a ReportableError when something must be told first.

    That is its address where other computers reach it, and its database where the data folder is a copy of a bucket's.
    """
    found = environment or read_site_environment()
    if url_of(home) is not None and found.database_url is None:
        raise ReportableError.of("site.no_own_database", values={"name": DATABASE})
    if host not in LOOPBACK and not found.addresses:
        values: dict[str, str | int] = {"host": host, "port": port, "name": "XIAOER_SITE_URL"}
        raise ReportableError.of("site.open_without_address", values=values)
    addresses = found.addresses or (f"http://127.0.0.1:{port}", f"http://localhost:{port}")
    return Site(home.absolute(), language, found.database_url, addresses)
