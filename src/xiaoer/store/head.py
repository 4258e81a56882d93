"""What holds of a data folder in a bucket after so many changes: one small JSON for each, never written twice."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath

HEADS = "heads/"
# Folders of small files that people's work leaves.
DOCUMENTS = ("appraisal", "catalog", "models", "planning", "rejected")
LAST_NUMBER = 999_999_999_999


@dataclass(frozen=True)
class Head:
    """The manifest and all documents by the names of their contents; `mark` tells two writers of one number apart."""

    number: int = 0
    mark: str = ""
    manifest: str | None = None
    documents: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """Return the head as it is written."""
        return json.dumps(asdict(self), sort_keys=True).encode()

    @property
    def name(self) -> str:
        """Return the name that it is written under: the newest comes first in the order of names."""
        return f"{HEADS}{LAST_NUMBER - self.number:012d}"


NOTHING = Head()


def head_of(content: bytes) -> Head | None:
    """Return a head that was written; None of what is none, or would have files put where none of ours are."""
    try:
        found = Head(**json.loads(content))
        return found if found.content == content and all(map(_is_document, found.documents)) else None
    except (ValueError, TypeError, AttributeError):
        return None


def _is_document(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return len(parts) > 1 and parts[0] in DOCUMENTS and ".." not in parts
