"""The rows that an import left out, as a download: one CSV, or a zip where the source had several headers."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from django.http import Http404, HttpResponse

from xiaoer.site.downloads import file_of


def rejected_answer(files: Sequence[Path], number: int) -> HttpResponse:
    """Return the files; nothing of how they are called on disk is told."""
    found = [file for file in files if file.is_file()]
    if not found:
        raise Http404
    name = f"xiaoer-import-{number}-rejected"
    if len(found) == 1:
        return file_of(found[0].read_bytes(), f"{name}.csv")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, file in enumerate(found, start=1):
            archive.write(file, f"{name}-{place}.csv")
    return file_of(packed.getvalue(), f"{name}.zip")
