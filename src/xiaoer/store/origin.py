"""Where a working folder's content comes from and counts: a place in a bucket, whose newest head says what holds.

A change counts when its head is there. Whoever is first to write a number has it; the others are told.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from uuid import uuid4

from xiaoer.base.data_url import DataUrl, url_of
from xiaoer.base.errors import ReportableError
from xiaoer.store.bucket import Bucket, bucket_at
from xiaoer.store.head import DOCUMENTS, HEADS, NOTHING, Head, documents_in, head_of, list_content

NAME_LENGTH = 32  # of the hash of what a file holds, in hexadecimal
MANIFESTS_KEPT = 20  # for who has read a head and not yet its manifest
AT_ONCE = 8


@dataclass(frozen=True)
class Origin:
    """The origin of one working folder, which is a copy: all of it may be deleted while nobody works in it."""

    url: DataUrl
    folder: Path

    @property
    def _bucket(self) -> Bucket:
        return bucket_at(self.url)

    def pull(self) -> None:
        """Make the folder what the newest head says, but for documents that were changed here alone.

        A ReportableError when one was changed here and elsewhere, or when there is less than was known.
        """
        known = self._known()
        newest = self._newest(known)
        if newest == known:
            return
        if newest.number < known.number:
            raise self._error("origin.less_than_known")
        before, after, here = self._listed(known), self._listed(newest), self._documents()
        ours = {path for path in here.keys() | before.keys() if here.get(path) != before.get(path)}
        for path in sorted(ours):
            if after.get(path) not in (before.get(path), here.get(path)):
                raise self._error("origin.changed_twice", file=path)
        if newest.manifest not in (None, known.manifest):
            self._take_manifest(newest.manifest)
        self._take_documents({path: name for path, name in after.items() if path not in ours}, leave=ours)
        self._remember(newest)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Let documents and the manifest be changed from the newest state on; what does not count is taken back."""
        self.pull()
        with self.publishing():  # documents that somebody changed by hand
            pass
        try:
            yield
            with self.publishing():
                pass
        except BaseException:
            with suppress(OSError, ReportableError):
                self._take_documents(self._listed(self._known()))
            raise

    @contextmanager
    def publishing(self, manifest: Callable[[], bytes] | None = None) -> Iterator[None]:
        """Make a change count, then let it be done here too; a ReportableError when another came first."""
        known = self._known()
        documents = self._documents()
        if manifest is None and documents == self._listed(known):
            yield
            return
        made = known.manifest if manifest is None else self._send_manifest(manifest())
        head = Head(known.number + 1, uuid4().hex, made, self._send_documents(documents, after=known))
        self._announce(head, after=known)
        yield
        self._remember(head)
        with suppress(ReportableError):  # who may not delete has changed what was to be changed
            self._forget_manifest(known.number - MANIFESTS_KEPT, but=head)

    def _announce(self, head: Head, *, after: Head) -> None:
        """Write a head where no other is; first see that the service keeps what it has, or two could write it."""
        if after == NOTHING:
            self._bucket.create(after.name, after.content)
        if self._bucket.create(after.name, after.content):
            raise self._error("origin.overwrites")
        if not self._bucket.create(head.name, head.content) and self._bucket.read(head.name) != head.content:
            raise self._error("origin.written_elsewhere")

    def send(self, *, batches: Iterable[Path], rejected: Iterable[Path]) -> None:
        """Lay an import's files where everybody finds them; they count when a head's manifest names them."""
        for place in batches:
            if not self._bucket.has(self._name_of(place)):
                self._bucket.send(place, self._name_of(place))
        for place in rejected:  # the same file read anew may have others
            self._bucket.send(place, self._name_of(place))

    def fetch_batches(self, places: Iterable[Path]) -> None:
        """Bring the batch files that are not here; a ReportableError when one is gone, or is not what its name says."""
        self._bring(self._fetch, places)

    def fetch_rejected(self, places: Iterable[Path]) -> None:
        """Bring the files of rejected rows that are not here; a ReportableError when one is gone."""
        self._bring(self._bucket.fetch, places)

    def _bring(self, fetch: Callable[[str, Path], None], places: Iterable[Path]) -> None:
        missing = [place for place in dict.fromkeys(places) if not place.exists()]
        if missing:
            with ThreadPoolExecutor(AT_ONCE) as pool:
                list(pool.map(fetch, map(self._name_of, missing), missing))

    def _name_of(self, place: Path) -> str:
        """Return the name of a file in the bucket; a manifest that somebody else wrote may name no other place here."""
        if ".." in place.parts or not place.is_relative_to(self.folder):
            raise self._error("origin.damaged", file=place.name)
        return place.relative_to(self.folder).as_posix()

    def _fetch(self, name: str, place: Path) -> None:
        """Bring a file that is named by its content."""
        part = place.with_name(f"{place.name}.{uuid4().hex}.part")
        try:
            self._bucket.fetch(name, part)
            with part.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            if digest[:NAME_LENGTH] != PurePath(name).stem:
                raise self._error("origin.damaged", file=name)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)

    def _newest(self, known: Head) -> Head:
        name = self._bucket.first(HEADS) or NOTHING.name
        if name == known.name:  # no head is ever written twice
            return known
        found = NOTHING if name == NOTHING.name else head_of(self._bucket.read(name) or b"")
        if found is None or found.name != name:
            raise self._error("origin.damaged", file=name)
        return found

    def _known(self) -> Head:
        """Return the head that the folder is a copy of."""
        here = self.folder / "head.json"
        found = head_of(here.read_bytes()) if here.exists() else None
        return NOTHING if found is None or (found.manifest and not self._manifest.exists()) else found

    def _remember(self, head: Head) -> None:
        _write(head.content, self.folder / "head.json")

    @property
    def _manifest(self) -> Path:
        return self.folder / "manifest.sqlite"

    def _send_manifest(self, content: bytes) -> str:
        name = _named(content)
        self._bucket.put(f"manifests/{name}.sqlite", content)
        return name

    def _take_manifest(self, name: str) -> None:
        """Put a manifest in the place of the one here, in one transaction: others may have it open."""
        part = self.folder / f"manifest-{name}.sqlite"
        self._fetch(f"manifests/{name}.sqlite", part)
        try:
            with (
                closing(sqlite3.connect(f"{part.resolve().as_uri()}?immutable=1", uri=True)) as source,
                closing(sqlite3.connect(self._manifest, timeout=60)) as target,
            ):
                source.backup(target)
        finally:
            part.unlink()

    def _forget_manifest(self, number: int, *, but: Head) -> None:
        old = head_of(self._bucket.read(Head(number).name) or b"") if number > 0 else None
        if old is not None and old.manifest not in (None, but.manifest):
            self._bucket.remove(f"manifests/{old.manifest}.sqlite")

    def _documents(self) -> dict[str, str]:
        """Return the names of the documents here, by their places."""
        files = (file for top in DOCUMENTS for file in (self.folder / top).rglob("*") if file.is_file())
        return {
            self._name_of(file): _named(file.read_bytes())
            for file in files
            if file.suffix != ".part" and not file.name.startswith(".")
        }

    def _listed(self, head: Head) -> dict[str, str]:
        """Return the names of the documents that a head has, by their places."""
        if head.documents is None:
            return {}
        found = documents_in(self._document(head.documents))
        if found is None:
            raise self._error("origin.damaged", file=f"documents/{head.documents}")
        return found

    def _send_documents(self, documents: dict[str, str], *, after: Head) -> str | None:
        """Lay what is new among the documents in the bucket, and their list; return the list's name."""
        before = self._listed(after)
        if documents == before:
            return after.documents
        for path in [path for path, name in documents.items() if name not in before.values()]:
            documents[path] = self._send_document((self.folder / path).read_bytes())
        return self._send_document(list_content(documents))

    def _send_document(self, content: bytes) -> str:
        name = _named(content)
        self._bucket.put(f"documents/{name}", content)
        _write(content, self._copy(name))
        return name

    def _take_documents(self, wanted: Mapping[str, str], *, leave: Collection[str] = ()) -> None:
        here = self._documents()
        for path, name in wanted.items():
            if here.get(path) != name:
                _write(self._document(name), self.folder / path)
        for path in here.keys() - wanted.keys() - set(leave):
            (self.folder / path).unlink()

    def _document(self, name: str) -> bytes:
        if not self._copy(name).exists():
            self._fetch(f"documents/{name}", self._copy(name))
        return self._copy(name).read_bytes()

    def _copy(self, name: str) -> Path:
        """Return where a document's content lies here, so that a change that does not count can be taken back."""
        return self.folder / "documents" / name

    def _error(self, code: str, **values: str) -> ReportableError:
        return ReportableError.of(code, values={"url": str(self.url), **values})


def origin_of(folder: Path) -> Origin | None:
    """Return the origin of a working folder; None of a data folder of its own."""
    url = url_of(folder)
    return None if url is None else Origin(url, folder)


def _named(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:NAME_LENGTH]


def _write(content: bytes, place: Path) -> None:
    """Put a file in the place of another in one move."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f"{place.name}.{uuid4().hex}.part")
    part.write_bytes(content)
    part.replace(place)
