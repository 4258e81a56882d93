"""Serve a site: bring its database up to date, lay out its static files, answer until stopped."""

import hashlib
import secrets
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from xiaoer.base.errors import ReportableError
from xiaoer.site.boot import boot
from xiaoer.site.first_answers import keep_first_answers
from xiaoer.site.garbage import collect_apart
from xiaoer.site.keeper import keep_beside
from xiaoer.site.other_computers import keep_up_to_date
from xiaoer.site.place import LOOPBACK, Site
from xiaoer.site.settings import HERE

THREADS = 8
TOKEN_BYTES = 24
VENDOR = HERE / "static" / "vendor"

Say = Callable[[str, dict[str, object]], None]  # which word of the catalog, and its blanks


def serve(site: Site, *, host: str, port: int, say: Say) -> None:
    """Answer on a port until interrupted; a ReportableError says what keeps the site from starting."""
    if not (VENDOR / "htmx.min.js").exists():
        raise ReportableError.of("site.no_assets")
    site = replace(site, token=secrets.token_urlsafe(TOKEN_BYTES))
    boot(site)
    say("serve_preparing", {})
    prepare(site)
    listening = _listen(host, port)
    keep_beside(site)
    keep_first_answers(site)
    keep_up_to_date(site)
    from django.core.wsgi import get_wsgi_application
    from waitress import create_server

    from xiaoer.site.models import Person

    # Only a proxy on this machine may say that the browser came by https.
    behind = {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": {"x-forwarded-proto", "x-forwarded-for"}}
    server = create_server(
        get_wsgi_application(), sockets=[listening], threads=THREADS, ident="xiaoer",
        clear_untrusted_proxy_headers=True,
        **(behind if site.encrypted else {}),
    )  # fmt: skip
    say("serve_at", {"address": site.addresses[0]})
    if not Person.objects.exists():
        say("serve_first_run", {"address": f"{site.addresses[0]}/welcome/?token={site.token}", "token": site.token})
    if host not in LOOPBACK and not site.encrypted:
        say("serve_not_encrypted", {})
    say("serve_stop", {})
    collect_apart()
    server.run()


def prepare(site: Site) -> None:
    """Bring the database up to date, lay out static files where they changed, take in what happened meanwhile."""
    from xiaoer.site.jobs.start import end_orphans
    from xiaoer.site.pages.shops import note_shops

    migrate(site)
    _lay_out(site)
    end_orphans()
    note_shops(None)


def migrate(site: Site) -> None:
    """Bring the database up to date; a ReportableError when it can not be reached."""
    from django.core.management import call_command
    from django.db.utils import OperationalError

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError:
        if site.database_url is None:
            raise
        raise ReportableError.of("site.no_connection", values={"name": "DATABASE_URL"}) from None


def _lay_out(site: Site) -> None:
    """Write the static files with hashes and compressed, unless these very files are there."""
    from django.core.management import call_command

    mark = site.folder / "static" / ".made-of"
    made_of = fingerprint(HERE / "static")
    if not mark.exists() or mark.read_text(encoding="ascii") != made_of:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        mark.write_text(made_of, encoding="ascii")


def fingerprint(folder: Path) -> str:
    """Return a digest of the names and contents of the files below a folder."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(folder)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _listen(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(found[0], found[1])
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(found[4])
        listening.listen(128)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        values: dict[str, str | int] = {"host": host, "port": port, "problem": problem}
        raise ReportableError.of("site.address_taken", values=values) from None
    return listening
