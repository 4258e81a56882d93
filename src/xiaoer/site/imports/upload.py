"""Files sent by a browser go straight to disk under numbers of our own; what they are called is only ever shown."""

import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from time import time
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from xiaoer.base.errors import ReportableError
from xiaoer.site.models import Job, Shop
from xiaoer.site.viewer import Viewer

MOST_BYTES = 1_000_000_000
MOST_FILES = 500
MOST_NAME = 150
TAKEN_AT = {"upload": "import_data", "roster_sent": "plan_rosters"}  # addresses that take files, and from whom
KEPT_FREE_BYTES = 1_000_000_000
LEFT_OVER_SECONDS = 6 * 3600
NOISE = (".", "~$")
NOISE_NAMES = frozenset({"Thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class SentFile:
    """One file that was sent: what its sender calls it, and where it lies."""

    name: str
    path: Path
    size: int

    def close(self) -> None:
        """Do nothing: it is closed already; Django closes every file of a request."""


@dataclass
class Upload:
    """What a request sent: a folder of numbered files; `problem` is the code of what speaks against it."""

    folder: Path
    files: list[SentFile] = field(default_factory=list)
    problem: str | None = None

    def drop(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.folder, ignore_errors=True)


class ToDisk(FileUploadHandler):
    """The only way in for files: at the addresses that take some, from who may send them there, within the limits."""

    def handle_raw_input(self, _data: object, _meta: object, content_length: int, *_: object, **__: object) -> None:
        """Decide before the first file whether any is taken."""
        self.number, self.taken = 0, 0
        self.upload = Upload(uploads() / secrets.token_hex(16))
        self.request.upload = self.upload
        self.upload.problem = _problem(self.request, content_length)

    def new_file(self, *args: Any, **named: Any) -> None:  # noqa: ANN401 -- Django's signature
        """Begin a file, or pass it over."""
        super().new_file(*args, **named)
        if self.upload.problem is not None or is_noise(self.file_name):
            raise SkipFile
        if self.number == MOST_FILES:
            self._refuse("site.upload_of_too_many")
        self.number += 1
        self.upload.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = self.upload.folder / str(self.number)
        self.file: IO[bytes] = self.path.open("wb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece; beyond the limit nothing more is kept."""
        self.taken += len(raw_data)
        if self.taken > MOST_BYTES:
            self._refuse("site.upload_too_big")
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> SentFile:
        """Return the file that is whole now."""
        self.file.close()
        sent = SentFile(shown_name(self.file_name), self.path, file_size)
        self.upload.files.append(sent)
        return sent

    def _refuse(self, code: str) -> None:
        self.upload.problem = code
        self.upload.drop()
        raise SkipFile


def uploads() -> Path:
    """Return the folder of everything sent and not read yet."""
    folder: Path = settings.SITE.folder / "uploads"
    return folder


def taken_upload(request: HttpRequest) -> Upload:
    """Return what the request sent; a ReportableError says why it is not taken, and nothing of it is left."""
    request.POST  # noqa: B018 -- reading it is what takes the files in
    upload: Upload | None = getattr(request, "upload", None)
    if upload is None or (not upload.files and upload.problem is None):
        raise ReportableError.of("site.upload_empty")
    if upload.problem is not None:
        upload.drop()
        values = {"files": MOST_FILES, "megabytes": MOST_BYTES // 1_000_000}
        raise ReportableError.of(upload.problem, values=values)
    return upload


def shown_name(name: str) -> str:
    """Return a name as it is shown and kept beside the import: one line of printable signs, not endless."""
    plain = "".join(sign if sign.isprintable() else "·" for sign in name.replace("\\", "/").rsplit("/", 1)[-1])
    return plain if len(plain) <= MOST_NAME else f"{plain[: MOST_NAME - 20]}…{plain[-19:]}"


def is_noise(name: str) -> bool:
    """Tell whether a file is one that systems leave in folders."""
    return name.startswith(NOISE) or name in NOISE_NAMES


def sweep() -> None:
    """Remove what was sent and belongs to no work under way: after a power cut, or a form that was not ours."""
    going_on = Job.objects.filter(kind="import", state__in=[Job.State.WAITING, Job.State.RUNNING])
    needed = {str(one.asked.get("folder")) for one in going_on}
    for folder in uploads().glob("*"):
        if folder.name not in needed and time() - folder.stat().st_mtime > LEFT_OVER_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _problem(request: HttpRequest, content_length: int) -> str | None:
    match = request.resolver_match
    if match is None or match.url_name not in TAKEN_AT or not request.user.is_authenticated:
        return "site.upload_not_here"
    named = match.kwargs["shop"]  # a number while forms are checked for forgery, the shop itself behind the guard
    shop = named if isinstance(named, Shop) else Shop.objects.filter(pk=named).first()
    if shop is None or not Viewer(request.user).may(TAKEN_AT[match.url_name], shop):
        return "site.upload_not_here"
    if content_length > MOST_BYTES:
        return "site.upload_too_big"
    if shutil.disk_usage(settings.SITE.folder).free - content_length < KEPT_FREE_BYTES:
        return "site.upload_no_room"
    return None
