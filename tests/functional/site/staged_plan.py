"""A program of its own: a hotline whose calls reach this week, a lead and two agents, answering until it is ended.

python -m tests.functional.site.staged_plan FOLDER PORT writes one line of JSON: the sessions of its people.
"""

import json
import re
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.functional.cli.test_plan import DAYS, FIRST
from tests.functional.site.plan_shop import SHOP, shop_calls
from xiaoer.actions.import_files import import_files
from xiaoer.site.boot import boot
from xiaoer.site.place import Site

AGENTS = ("小夏", "小冬")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def moved(text: str, days: int) -> str:
    """Return a text with every day in it so many days later."""
    return DAY.sub(lambda found: str(date.fromisoformat(found[0]) + timedelta(days=days)), text)


def weeks_until(today: date) -> int:
    """Return by how many days the hotline's calls are moved, so that they end within the week before a day."""
    last = FIRST.date() + timedelta(days=DAYS - 1)
    return (today - timedelta(days=1) - last).days // 7 * 7


def main(folder: Path, port: int) -> None:
    """Make the site, tell who its people are, and answer."""
    home = folder / "home"
    calls = shop_calls(folder)
    later = weeks_until(datetime.now(UTC).date())
    calls.write_text(moved(calls.read_text(encoding="utf-8"), later), encoding="utf-8")
    agents = folder / "agents.csv"
    agents.write_text("agent,name,group,role\n" + "".join(f"{one},{one},,\n" for one in AGENTS), encoding="utf-8")
    for file in (calls, agents):
        assert import_files(home, [file], shop=SHOP).exit_code == 0
    boot(Site(home, "zh", None, (f"http://127.0.0.1:{port}",)))
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from waitress import create_server

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    cookies = _people()
    server = create_server(get_wsgi_application(), port=port, threads=4)
    sys.stdout.write(json.dumps(cookies, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    server.run()


def _people() -> dict[str, dict[str, str]]:
    from tests.functional.site.cast import browser, person, shop
    from xiaoer.site.models import Account
    from xiaoer.site.pages.shops import note_shops

    note_shops(None)
    people = {"lead": person("lin", "lead", name="林主管")}
    for name in AGENTS:
        people[name] = person(f"agent{len(people)}", "agent", name=name)
        Account.objects.create(person=people[name], shop=shop(), account=name, first_day=date(2024, 1, 1))
    clients = {name: browser(one) for name, one in people.items()}
    return {name: {key: one.value for key, one in client.cookies.items()} for name, client in clients.items()}


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
