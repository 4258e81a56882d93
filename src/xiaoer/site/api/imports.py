"""Imports: send a file, ask what became of it, read what imports there are."""

import os
import re
import secrets
from pathlib import Path
from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import File, Form, Query, Status, UploadedFile
from pydantic import Field

from xiaoer.actions.imports import list_imports
from xiaoer.actions.plain_issue import say_plain
from xiaoer.base.errors import ReportableError
from xiaoer.site.api.cursor import cursor_of, numbers_of, part
from xiaoer.site.api.shapes import DeliveryShape, Leaf, LeafShape, only_known
from xiaoer.site.api.shops import shop_of
from xiaoer.site.api.upload import LARGEST_BYTES
from xiaoer.site.models import Delivery

LONGEST_NAME = 80
NOT_TOLD = frozenset({"rejected_files"})


def post_import(
    request: HttpRequest, shop: int, file: File[UploadedFile],
    platform: Annotated[Form[str], Field(max_length=60, pattern="^[a-z][a-z0-9_]*$")] = "auto",
) -> Status[DeliveryShape]:  # fmt: skip
    """Send a file (or a zip of files) to be imported; it is on the disk when the answer is 202."""
    place = shop_of(request, shop)
    if file.size is None or file.size > LARGEST_BYTES:
        raise ReportableError.of("api.too_large", values={"most": LARGEST_BYTES // 1024**2})
    folder, name = secrets.token_hex(16), plain_name(file.name or "")
    _keep(file, settings.SITE.home / "site" / "incoming" / folder, name)
    made = Delivery.objects.create(
        kind="file", shop=place, folder=folder, file_name=name, platform=platform, token=request.auth
    )
    return Status(202, _shape(made, request))


def delivery(request: HttpRequest, shop: int, delivery: int) -> DeliveryShape:
    """Say what became of a file that was sent."""
    found = Delivery.objects.filter(pk=min(delivery, 2**63 - 1), shop=shop_of(request, shop), kind="file").first()
    if found is None:
        raise Http404
    return _shape(found, request)


def imports(request: HttpRequest, shop: int, asked: Query[Leaf]) -> LeafShape:
    """Read the imports of a shop, the latest first, undone ones too."""
    only_known(request, asked)
    below = numbers_of(asked.cursor, count=1)[0] if asked.cursor is not None else None
    made = list_imports(settings.SITE.home, shop=shop_of(request, shop).name)
    left = [one for one in made if below is None or one["id"] < below]
    items, following = part(left, 0, asked.limit)
    return LeafShape(
        items=[_told(one, request) for one in items], next=None if following is None else cursor_of(items[-1]["id"])
    )


def one_import(request: HttpRequest, shop: int, number: int) -> dict[str, Any]:
    """Read one import of a shop: its rows by table, its issues in words."""
    made = list_imports(settings.SITE.home, shop=shop_of(request, shop).name)
    found = next((one for one in made if one["id"] == number), None)
    if found is None:
        raise Http404
    return _told(found, request)


def plain_name(name: str) -> str:
    """Return a file's name that can do no harm: letters, digits and few signs, no folders, not hidden, not long."""
    last = re.split(r"[/\\]", name)[-1]
    kept = re.sub(r"[^\w.\- ()（）]", "_", last).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    return f"{(stem or 'file')[:LONGEST_NAME]}{dot}{ending[:10]}" if dot else kept[:LONGEST_NAME] or "file"


def _keep(file: UploadedFile, folder: Path, name: str) -> None:
    """Write the file, and return only once the disk has it."""
    folder.mkdir(parents=True)
    with (folder / name).open("xb") as written:
        for chunk in file.chunks():
            written.write(chunk)
        written.flush()
        os.fsync(written.fileno())
    for place in (folder, folder.parent):
        handle = os.open(place, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _shape(made: Delivery, request: HttpRequest) -> DeliveryShape:
    issues = [say_plain(one, request.reads) for one in made.problem]
    return DeliveryShape(
        delivery=made.pk, state=made.state, import_number=made.import_id, rejected=made.rejected, issues=issues
    )


def _told(made: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    told = {name: value for name, value in made.items() if name not in NOT_TOLD}
    told["issues"] = [
        {"code": one["code"], "count": one["count"], "detail": say_plain(one, request.reads)}
        for one in made.get("issues", [])
    ]
    recognised = made.get("recognised")
    told["recognised"] = say_plain(recognised, request.reads) if recognised else None
    return told
