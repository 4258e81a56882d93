"""A data folder in object storage: its URL, and the folder on this machine that stands in for it."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode

from xiaoer.base.errors import ReportableError

SCHEME = "s3"
ENDPOINT, REGION, PROTOCOL, VIRTUAL = "endpoint_override", "region", "scheme", "force_virtual_addressing"
KNOWN = (ENDPOINT, REGION, PROTOCOL, VIRTUAL)  # as other readers of such URLs call them
LONGEST_NAME = 255  # bytes, of a file on most disks


@dataclass(frozen=True)
class DataUrl:
    """A place in a bucket of an S3-compatible service; `prefix` is empty or ends with a slash."""

    bucket: str
    prefix: str
    options: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        asked = f"?{urlencode(self.options, safe=':/')}" if self.options else ""
        return f"{SCHEME}://{self.bucket}/{self.prefix}".rstrip("/") + asked

    @property
    def endpoint(self) -> str | None:
        """Return the address of the service; None: what the environment says, else Amazon's."""
        said = dict(self.options).get(ENDPOINT)
        return said if said is None or "://" in said else f"{dict(self.options).get(PROTOCOL, 'https')}://{said}"

    @property
    def region(self) -> str | None:
        """Return the region; None: what the environment says."""
        return dict(self.options).get(REGION)

    @property
    def is_virtual(self) -> bool:
        """Return whether the bucket is part of the host's name."""
        return dict(self.options).get(VIRTUAL) == "true"


def parse_data_url(text: str) -> DataUrl:
    """Return the URL; a ReportableError without any part of it, as somebody may have written a key into it."""
    found = _FORM.fullmatch(text)
    options = dict(parse_qsl(found["query"] or "", keep_blank_values=True)) if found else {}
    if found is not None and all(name in KNOWN and value for name, value in options.items()):
        prefix = "".join(f"{part}/" for part in unquote(found["path"] or "").split("/") if part)
        url = DataUrl(found["bucket"], prefix, tuple(sorted(options.items())))
        if len(_name(url)) <= LONGEST_NAME:
            return url
    raise ReportableError.of("environment.bad_home_url", values={"options": ", ".join(KNOWN)})


def working_folder(url: DataUrl, cache: Path) -> Path:
    """Return the folder that stands in for a URL on this machine; its name is the URL, and so all there is to know."""
    return cache / "xiaoer" / _name(url)


def url_of(folder: Path) -> DataUrl | None:
    """Return the URL that a folder stands in for; None of a data folder of its own."""
    return parse_data_url(unquote(folder.name)) if folder.name.startswith(_MARK) else None


def shown_folder(folder: Path) -> str:
    """Return what readers know a data folder as: its URL, or its path."""
    url = url_of(folder)
    return str(folder if url is None else url)


def _name(url: DataUrl) -> str:
    return quote(str(url), safe="")


_MARK = quote(f"{SCHEME}://", safe="")
_FORM = re.compile(
    rf"{SCHEME}://(?P<bucket>[a-z0-9][a-z0-9.-]{{1,61}}[a-z0-9])(?P<path>/[^?#@]*)?(\?(?P<query>[^#@]*))?"
)
