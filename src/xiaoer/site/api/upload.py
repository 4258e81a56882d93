"""The way in for files of programs; the site takes no file anywhere else but where a person imports."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest

from xiaoer.base.errors import ReportableError

LARGEST_BYTES = 512 * 1024**2
SCOPE = "imports:write"


def let_files_in(request: HttpRequest, scope: str | None) -> None:
    """Let a request of the right scope bring a file, streamed to the disk; a ReportableError when it says too much.

    Called before anything of the body is read, and only once the token is known.
    """
    if scope != SCOPE or request.method != "POST":
        return
    if int(request.headers.get("Content-Length") or 0) > LARGEST_BYTES:
        raise ReportableError.of("api.too_large", values={"most": LARGEST_BYTES // 1024**2})
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
