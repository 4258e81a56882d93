"""A site in this process over a tiny shop; every test begins with the same people and leaves nothing behind."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.cli.conftest import write_files
from xiaoer.actions.import_files import import_files
from xiaoer.site.boot import boot
from xiaoer.site.place import Site

TOKEN = "the-token-of-this-first-run"
TEST_DATABASE = "XIAOER_TEST_DATABASE"

# Models can only be imported once Django knows its settings, so the site begins before the tests are read.
FOLDER = Path(tempfile.mkdtemp(prefix="xiaoer-site-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
boot(Site(FOLDER / "home", "zh", os.environ.get(TEST_DATABASE), ("http://testserver",), TOKEN))


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
def booted(home: Path) -> Path:
    """Make the database and lay out the static files, once in this process."""
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from xiaoer.site.serve import VENDOR

    assert (VENDOR / "htmx.min.js").exists(), "the site's styles and scripts are missing: make setup"
    setup_test_environment()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    return home


@pytest.fixture
def site(booted: Path) -> Iterator[Path]:
    """Give one test the database with nobody in it; what it writes is undone."""
    from django.db import transaction

    from xiaoer.site.pages.shops import note_shops

    with transaction.atomic():
        note_shops(None)
        yield booted
        transaction.set_rollback(True)
