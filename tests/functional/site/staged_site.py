"""A program of its own: a site with somebody of every role and something of every kind, answering until it is ended.

python -m tests.functional.site.staged_site FOLDER PORT writes one line of JSON: the sessions of its people, and the
address of every page. A new page needs nothing here, unless it shows something only when asked in a certain way.
"""

import json
import re
import sys
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from tests.functional.cli.conftest import write_files
from xiaoer.actions.import_files import import_files
from xiaoer.site.boot import boot
from xiaoer.site.place import Site

MONTH = "month=2024-09"
BEHIND = f"{MONTH}&figure=received_buyers&agent=晨光店:小艾"
# How a page is asked so that it has something to show; any other is asked by its bare address.
ASKED: dict[str, str] = {
    "overview": "now=1", "search": "q=小",
    "own_days": f"{MONTH}&agent=晨光店:小艾", "own_explain": BEHIND, "explain": BEHIND, "own": MONTH, "team": MONTH,
    "filtered": MONTH,
}  # fmt: skip
# Pages whose address stands on another page: on which, and what it begins with.
FOUND_ON: dict[str, tuple[str, str]] = {
    "own_chat": ("own_days", "own/chat/"), "chat": ("explain", "chat/"), "keep": ("filtered", "filtered/keep/"),
}  # fmt: skip
# Who looks, where it is not the owner.
LOOKS = {
    "own": "agent", "own_days": "agent", "own_explain": "agent", "own_chat": "agent", "sign_in": "nobody",
    "sign_in_code": "halfway", "invitation": "nobody",
    "second_step_off": "careful", "recovery_codes": "careful",
}  # fmt: skip


def main(folder: Path, port: int) -> None:
    """Make the site, tell what is where, and answer."""
    home = folder / "home"
    assert import_files(home, [write_files(folder / "files")], shop="晨光店").exit_code == 0
    boot(Site(home, "zh", None, (f"http://127.0.0.1:{port}", "http://testserver")))
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.test.utils import setup_test_environment
    from waitress import create_server

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    setup_test_environment()
    staged = _staged()
    server = create_server(get_wsgi_application(), port=port, threads=4)
    sys.stdout.write(json.dumps(staged, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    server.run()


def _staged() -> dict[str, Any]:
    import pyotp

    from tests.functional.site.cast import PASSWORD, browser, person, shop
    from xiaoer.site.account.totp import turn_on
    from xiaoer.site.models import Account
    from xiaoer.site.pages.shops import note_shops

    note_shops(None)
    people = {
        "owner": person("olga", "owner"), "agent": person("amy", "agent"), "careful": person("carla", "lead"),
        "target": person("tina", "agent"),
    }  # fmt: skip
    for name, account in (("agent", "晨光店:小艾"), ("target", "晨光店:小林")):
        Account.objects.create(person=people[name], shop=shop(), account=account, first_day=date(2024, 9, 1))
    secret = pyotp.random_base32()
    assert turn_on(people["careful"], secret, pyotp.TOTP(secret).now()) is not None
    clients = {name: browser(one) for name, one in people.items()} | {"nobody": browser(), "halfway": browser()}
    clients["halfway"].post("/sign-in/", {"login": "carla", "password": PASSWORD})
    pages = _pages(clients, people["target"])
    cookies = {name: {key: one.value for key, one in client.cookies.items()} for name, client in clients.items()}
    return {"cookies": cookies, "pages": pages}


def _pages(clients: dict[str, Any], target: Any) -> dict[str, dict[str, str]]:  # noqa: ANN401 -- Django's
    """Return by the name of an address who looks at it and where exactly it is."""
    from django.urls import reverse

    from tests.functional.site.test_every_page import named, pages

    found: dict[str, dict[str, str]] = {}
    for pattern in pages():
        if "GET" not in pattern.callback.methods or pattern.name.startswith("api_"):
            continue
        who = LOOKS.get(pattern.name, "owner")
        bare = reverse(pattern.name, kwargs=named(pattern, "own", target))
        address = f"{bare}?{ASKED[pattern.name]}" if pattern.name in ASKED else bare
        found[pattern.name] = {"who": who, "address": address}
    for name, (page, begins) in FOUND_ON.items():
        shown = clients[found[page]["who"]].get(found[page]["address"]).content.decode()
        link = re.search(rf'href="(/s/\d+/{begins}[^"]*)"', shown)
        assert link is not None, f"{page} leads to no {name}"
        found[name]["address"] = unescape(link.group(1))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
