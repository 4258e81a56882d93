"""What holds of a data folder in a bucket after so many changes: one small JSON for each, never written twice."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

HEADS = "heads/"
# Folders of small files that people's work leaves.
DOCUMENTS = ("appraisal", "catalog", "models", "planning")
LAST_NUMBER = 999_999_999_999


@dataclass(frozen=True)
class Head:
    """The manifest and the list of documents, by the names of their contents.

    `mark` tells two writers of one number apart.
    """

    number: int = 0
    mark: str = ""
    manifest: str | None = None
    documents: str | None = None

    @property
    def content(self) -> bytes:
        """Return the head as it is written."""
        return _json(asdict(self))

    @property
    def name(self) -> str:
        """Return the name that it is written under: the newest comes first in the order of names."""
        return f"{HEADS}{LAST_NUMBER - self.number:012d}"


NOTHING = Head()


def head_of(content: bytes) -> Head | None:
    """Return a head that was written; None of what is none."""
    try:
        found = Head(**json.loads(content))
        return found if found.content == content else None
    except (ValueError, TypeError):
        return None


def list_content(documents: Mapping[str, str]) -> bytes:
    """Return a list of documents as it is written: the names of their contents by their places."""
    return _json(documents)


def documents_in(content: bytes) -> dict[str, str] | None:
    """Return a list that was written; None of what is none, or would have files put where none of ours are."""
    try:
        found: dict[str, str] = json.loads(content)
        return found if all(map(_is_document, found.items())) else None
    except (ValueError, TypeError, AttributeError):
        return None


def _json(found: object) -> bytes:
    return json.dumps(found, sort_keys=True).encode()


def _is_document(listed: tuple[str, str]) -> bool:
    place, name = (PurePosixPath(part).parts for part in listed)
    return len(place) > 1 and place[0] in DOCUMENTS and ".." not in place and len(name) == 1
