"""A site in this process over a tiny shop; every test begins with the same people and leaves nothing behind.

Whatever asks for `site` runs twice: over SQLite and over PostgreSQL.
"""

import atexit
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.functional.cli.conftest import write_files
from tests.functional.site.databases import postgresql
from xiaoer.actions.import_files import import_files
from xiaoer.site.boot import boot
from xiaoer.site.database import database_of
from xiaoer.site.place import Site

TOKEN = "the-token-of-this-first-run"

# Models can only be imported once Django knows its settings, so the site begins before the tests are read.
FOLDER = Path(tempfile.mkdtemp(prefix="xiaoer-site-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
boot(Site(FOLDER / "home", "zh", None, ("http://testserver",), TOKEN))


@pytest.fixture(scope="session")
def home() -> Path:
    """Return a data folder with two shops: 晨光店 with data, 远山店 with other data."""
    files = write_files(FOLDER / "files")
    assert import_files(FOLDER / "home", [files], shop="晨光店").exit_code == 0
    other = FOLDER / "other.csv"
    text = (files / "messages.csv").read_text(encoding="utf-8").replace("晨光店", "远山店").replace("小艾", "小远")
    other.write_text(text, encoding="utf-8")
    assert import_files(FOLDER / "home", [other], shop="远山店").exit_code == 0
    return FOLDER / "home"


@pytest.fixture(scope="session")
def laid_out(home: Path) -> Path:
    """Lay out the static files, once in this process."""
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from xiaoer.site.serve import VENDOR

    assert (VENDOR / "htmx.min.js").exists(), "the site's styles and scripts are missing: make setup"
    setup_test_environment()
    call_command("collectstatic", verbosity=0, interactive=False)
    return home


@pytest.fixture(scope="session")
def on_sqlite(laid_out: Path) -> Any:  # noqa: ANN401 -- Django's connection
    """Return a connection to the site's own database, with its tables."""
    from django.core.management import call_command
    from django.db import connection, connections

    call_command("migrate", verbosity=0, interactive=False)
    assert connection.vendor == "sqlite"
    return connections["default"]


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    """Return the address of a PostgreSQL server, started once in this process."""
    with postgresql() as address:
        yield address


@pytest.fixture
def empty_postgresql_database(postgresql_address: str) -> str:
    """Return the address of a database with nothing in it, for a process of its own."""
    import psycopg

    name = f"own_{secrets.token_hex(6)}"
    with psycopg.connect(postgresql_address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{postgresql_address.rpartition('/')[0]}/{name}"


@pytest.fixture(scope="session")
def on_postgresql(on_sqlite: Any, postgresql_address: str) -> Iterator[Any]:  # noqa: ANN401 -- Django's connection
    """Return a connection to PostgreSQL, with its tables."""
    from django.core.management import call_command
    from django.db import connections
    from django.db.utils import ConnectionHandler

    made = ConnectionHandler({"default": database_of(postgresql_address, FOLDER)})["default"]
    assert made.vendor == "postgresql"
    connections["default"] = made
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connections["default"] = on_sqlite
    yield made
    made.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Let the site use one kind of database, and say which."""
    from django.db import connections

    connection = request.getfixturevalue(f"on_{request.param}")
    before = connections["default"]
    connections["default"] = connection
    yield request.param
    connections["default"] = before


@pytest.fixture
def site(laid_out: Path, database: str) -> Iterator[Path]:
    """Give one test the database with nobody in it; what it writes is undone."""
    from django.db import transaction

    from xiaoer.site.pages.shops import note_shops

    with transaction.atomic():
        note_shops(None)
        yield laid_out
        transaction.set_rollback(True)
