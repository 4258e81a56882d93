"""A program of its own: a site with somebody of every role and something of every kind, answering until it is ended.

python -m tests.functional.site.staged_site FOLDER PORT writes one line of JSON: the sessions of its people, and the
address of every page.
"""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from tests.functional.cli.conftest import write_files
from tests.functional.site.plan_shop import shop_calls
from xiaoer.actions.appraise_review import submit
from xiaoer.actions.appraise_run import AppraiseAsk, run
from xiaoer.actions.import_files import import_files
from xiaoer.actions.settings import set_setting
from xiaoer.site.boot import boot
from xiaoer.site.place import Site

PAID_BY = "commission_net_sales"  # of the shop's month: it asks people for nothing


def main(folder: Path, port: int) -> None:
    """Make the site, tell what is where, and answer."""
    home = folder / "home"
    for files in (write_files(folder / "files"), shop_calls(folder)):
        assert import_files(home, [files], shop="晨光店").exit_code == 0
    set_setting(home, "appraisal_schemes", PAID_BY, shop="晨光店", first=None)
    run(home, AppraiseAsk("2024-09", "晨光店"), "zh")
    submit(home, "2024-09", "晨光店", author="x")
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
    from tests.functional.site.every_address import Asked, addresses
    from tests.functional.site.inspecting import given
    from xiaoer.site.account.totp import reset, turn_on
    from xiaoer.site.models import Account
    from xiaoer.site.pages.shops import note_shops

    note_shops(None)
    people = {
        "owner": person("olga", "owner"), "agent": person("amy", "agent"), "careful": person("carla", "lead"),
        "target": person("tina", "agent"), "told": person("tao", "inspector"),
    }  # fmt: skip
    for name, account in (("agent", "晨光店:小艾"), ("target", "晨光店:小林")):
        Account.objects.create(person=people[name], shop=shop(), account=account, first_day=date(2024, 9, 1))
    secret = pyotp.random_base32()
    for name in ("careful", "target", "told"):
        assert turn_on(people[name], secret, pyotp.TOTP(secret).now()) is not None
    reset(people["told"], by=people["owner"], reason="lost")
    given(shop(), people["owner"])
    clients = {name: browser(one) for name, one in people.items()} | {"nobody": browser(), "halfway": browser()}
    clients["halfway"].post("/sign-in/", {"login": "carla", "password": PASSWORD})
    pages = addresses(clients, people["target"], Asked("晨光店", "2024-09", "晨光店:小艾"))
    cookies = {name: {key: one.value for key, one in client.cookies.items()} for name, client in clients.items()}
    return {"cookies": cookies, "pages": pages}


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
