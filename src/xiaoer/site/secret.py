"""The key that signs sessions and digests, made at the first run and kept in the data folder."""

import os
import secrets
from pathlib import Path

BYTES = 48


def secret_key(folder: Path) -> str:
    """Return the site's key; made once, in a file that only its owner can read, whole or not at all."""
    file = folder / "secret_key"
    if not file.exists():
        made = folder / f".secret_key.{secrets.token_hex(8)}"
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as written:
            written.write(secrets.token_urlsafe(BYTES))
        try:
            os.link(made, file)  # two servers that start at once end with one key
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return file.read_text(encoding="ascii").strip()
