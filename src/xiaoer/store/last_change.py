"""The number of a data folder's last change, asked for every part of every page: so it costs next to nothing."""

import sqlite3
from pathlib import Path
from threading import local

from xiaoer.store.home import Home
from xiaoer.store.store import Store

_OF_THREAD = local()


def last_change_of(folder: Path) -> int:
    """Return the number of the last change of a folder that has a manifest; 0 before any.

    Each thread keeps the manifest open that it asked last. A connection sees what others have written since.
    """
    manifest = Home(folder).manifest
    try:
        ((number,),) = _connection(manifest).execute("SELECT max(seq) FROM changes")
    except sqlite3.Error:  # of a folder that can only be read, or one that is damaged: what is wrong is said there
        with Store(folder) as store:
            return store.manifest.latest_seq()
    return int(number or 0)


def _connection(manifest: Path) -> sqlite3.Connection:
    found = manifest.stat()
    place = (manifest, found.st_dev, found.st_ino)  # a folder may be put in another's place
    if getattr(_OF_THREAD, "place", None) != place:
        if getattr(_OF_THREAD, "connection", None) is not None:
            _OF_THREAD.connection.close()
        _OF_THREAD.connection = sqlite3.connect(f"{manifest.resolve().as_uri()}?mode=ro", uri=True, timeout=60)
        _OF_THREAD.place = place
    connection: sqlite3.Connection = _OF_THREAD.connection
    return connection
