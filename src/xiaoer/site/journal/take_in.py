"""Make events of the journal, and files that were sent, into imports of the store: nothing lost, nothing twice.

A run of events is first marked as one delivery, then written as a file that is always the same for that delivery,
then imported. Killed between two of these steps, the next try finds the delivery and writes the same file again: an
import that had been made already is known by its content.
"""

import fcntl
import json
import shutil
import zipfile
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from xiaoer.actions.import_files import blames_the_file, import_files
from xiaoer.actions.plain_issue import plain_issue
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.tables import canonical_tables
from xiaoer.site.audit import note
from xiaoer.site.models import Delivery, Person, ReceivedEvent, Shop

MOST_EVENTS = 20_000
SECONDS_BETWEEN = 60  # a delivery is cut when its oldest event is this old, or there are many
CONTENT_KEPT_DAYS = 2
KEYS_KEPT_DAYS = 30
REFUSED_KEPT_DAYS = 7
FIXED = (1980, 1, 1, 0, 0, 0)


def take_in(home: Path, language: Language, *, at_once: bool = False) -> int:
    """Return how many deliveries were finished; those that met a busy store wait for the next time.

    Who asks while another is at it waits: two would write, read and remove the same file.
    """
    folder = home / "site"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "taking-in.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for shop in Shop.objects.all():
            _cut(shop, at_once=at_once)
        finished = _delivered(home, language)
        _forget(home)
    return finished


def _delivered(home: Path, language: Language) -> int:
    finished = 0
    for delivery in Delivery.objects.filter(state=Delivery.State.WAITING).order_by("id"):
        try:
            _deliver(delivery, home, language)
        except ReportableError as error:
            if error.issues[0].code != "store.busy":
                raise
            break
        finished += 1
    return finished


def _cut(shop: Shop, *, at_once: bool) -> None:
    """Mark what waits as deliveries."""
    old = timezone.now() - timedelta(seconds=SECONDS_BETWEEN)
    while True:
        with transaction.atomic():
            waiting = ReceivedEvent.objects.filter(shop=shop, delivery=None)
            numbers = list(waiting.order_by("id").values_list("id", flat=True)[:MOST_EVENTS])
            if not numbers:
                return
            due = at_once or len(numbers) == MOST_EVENTS or waiting.filter(received_at__lte=old).exists()
            if not due:
                return
            made = Delivery.objects.create(kind="events", shop=shop)
            waiting.filter(id__lte=numbers[-1]).update(delivery=made)


def _deliver(delivery: Delivery, home: Path, language: Language) -> None:
    if delivery.kind == "events":
        file = _written(delivery, home)
    else:
        file = _sent_file(delivery, home)
    shop = delivery.shop.name
    try:
        outcome = import_files(home, [file], shop=shop, platform=delivery.platform, language=language).files[0]
    except ReportableError as error:
        if not blames_the_file(error):
            raise
        delivery.problem = [plain_issue(issue) for issue in error.issues]
        delivery.state = Delivery.State.REFUSED
    else:
        delivery.problem = [plain_issue(issue) for issue in outcome.issues]
        delivery.state = Delivery.State.REFUSED if outcome.status == "refused" else Delivery.State.DONE
        delivery.import_id, delivery.rejected = outcome.import_id, outcome.rejected
    delivery.finished_at = timezone.now()
    delivery.save()
    if delivery.kind == "events" or delivery.state == Delivery.State.DONE:  # a refused file can be tried again
        shutil.rmtree(file.parent, ignore_errors=True)


def _written(delivery: Delivery, home: Path) -> Path:
    """Return the file of a delivery's events: one member per table, the same bytes every time."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for table, row in delivery.events.order_by("id").values_list("table", "row").iterator():
        rows[table].append(row)
    folder = home / "site" / "incoming" / f"events-{delivery.pk}"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"events-{delivery.pk}.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        # Two deliveries of the same rows are two: what an agent's row says now may have been said before.
        archive.comment = f"delivery {delivery.pk}".encode()
        for table in sorted(rows):
            archive.writestr(_member(table), _lines(table, rows[table]))
    return file


def _member(table: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(f"{table}.json", FIXED)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _lines(table: str, rows: list[dict[str, str]]) -> bytes:
    """Return a list of objects, each with every column that any of them has: columns must not come late.

    A list, since one object alone on its line would be read as a document that holds a list.
    """
    said = {name for row in rows for name in row}
    columns = [column.name for column in canonical_tables()[table].columns if column.name in said]
    lines = [json.dumps({name: row.get(name) for name in columns}, ensure_ascii=False) for row in rows]
    return ("[" + ",\n".join(lines) + "]").encode()


def may_be_retried(delivery: Delivery, home: Path) -> bool:
    """Return whether a refused delivery still has its content: events have theirs here, a file for some days."""
    if delivery.state != Delivery.State.REFUSED:
        return False
    return delivery.kind == "events" or _sent_file(delivery, home).exists()


def retry(delivery: Delivery, *, by: Person) -> None:
    """Let a refused delivery wait to be taken in once more: what was wrong may have been put right."""
    with transaction.atomic():
        refused = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.REFUSED)
        if refused.update(state=Delivery.State.WAITING, problem=[], finished_at=None):
            note("delivery_retried", person=by, shop=delivery.shop, about=delivery)


def _sent_file(delivery: Delivery, home: Path) -> Path:
    return home / "site" / "incoming" / delivery.folder / delivery.file_name


def _forget(home: Path) -> None:
    """Empty the content of events that the store has had for a while, and drop keys that nobody will repeat."""
    now = timezone.now()
    refused = Delivery.objects.filter(kind="file", state=Delivery.State.REFUSED)
    for delivery in refused.filter(
        finished_at__lt=now - timedelta(days=REFUSED_KEPT_DAYS), finished_at__gt=now - timedelta(days=KEYS_KEPT_DAYS)
    ):
        shutil.rmtree(_sent_file(delivery, home).parent, ignore_errors=True)
    had = ReceivedEvent.objects.filter(delivery__state=Delivery.State.DONE)
    had.filter(delivery__finished_at__lt=now - timedelta(days=CONTENT_KEPT_DAYS), row__isnull=False).update(row=None)
    had.filter(delivery__finished_at__lt=now - timedelta(days=KEYS_KEPT_DAYS)).delete()
