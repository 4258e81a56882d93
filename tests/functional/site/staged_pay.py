"""A program of its own: a site over a shop of two months with a scheme, its people signed in, until it is ended.

python -m tests.functional.site.staged_pay FOLDER PORT writes one line of JSON: the sessions of its people.
"""

import json
import sys
from datetime import date
from pathlib import Path

from tests.functional.site.pay_shop import LIN, pay_home
from xiaoer.site.boot import boot
from xiaoer.site.place import Site


def main(folder: Path, port: int) -> None:
    """Make the site, tell who is signed in, and answer."""
    home = pay_home(folder)
    boot(Site(home, "zh", None, (f"http://127.0.0.1:{port}", "http://testserver")))
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.test.utils import setup_test_environment
    from waitress import create_server

    from tests.functional.site.cast import browser, person, shop
    from xiaoer.site.models import Account
    from xiaoer.site.pages.shops import note_shops

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    setup_test_environment()
    note_shops(None)
    people = {
        "owner": person("olga", "owner", name="周店主"), "lead": person("lin", "lead", name="林主管"),
        "agent": person("amy", "agent", name="小林"),
    }  # fmt: skip
    Account.objects.create(person=people["agent"], shop=shop(), account=LIN, first_day=date(2024, 9, 1))
    cookies = {who: {key: one.value for key, one in browser(each).cookies.items()} for who, each in people.items()}
    server = create_server(get_wsgi_application(), port=port, threads=4)
    sys.stdout.write(json.dumps(cookies) + "\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
