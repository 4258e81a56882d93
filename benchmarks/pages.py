"""Every page of the site over a year of a hundred agents: the server's time, and the bytes of HTML, by role."""

import multiprocessing
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.year import LAST_DAY, SHOP, year_home
from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.inspect_read import read_shop

MONTH = f"{LAST_DAY:%Y-%m}"
MOST_MILLISECONDS, MOST_BYTES = 100, 60_000
FEWEST_LOOKS, MOST_SECONDS = 4, 10  # of one page as one role: what is slow is looked at less often
ROLES = ("owner", "lead", "inspector", "analyst", "agent", "client")


@dataclass(frozen=True)
class Looked:
    """One page as one role sees it: the first look, half and 95 of 100 later ones, in milliseconds; its size.

    `p95_processor` is what the processors did in that time: the same, were nothing else going on.
    """

    page: str
    role: str
    status: int
    first: float
    p50: float
    p95: float
    p95_processor: float
    kilobytes: float

    @property
    def over(self) -> bool:
        """Return whether later looks or the size are more than a page may be."""
        return self.p95 > MOST_MILLISECONDS or self.kilobytes * 1000 > MOST_BYTES


def pages_benchmark(home: Path, *, messages: int, looks: int) -> list[Looked]:
    """Return every page by role; the year is made in the folder where it is not there yet."""
    if not (home / "manifest.sqlite").exists():
        year_home(home, messages=messages)
    read_shop(home, InspectAsk(str(LAST_DAY.replace(day=1)), str(LAST_DAY), SHOP), lambda _done, _days: None)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return list(pool.apply(_looked, (home, looks)))


def _looked(home: Path, looks: int) -> list[Looked]:
    from xiaoer.site.boot import boot
    from xiaoer.site.garbage import collect_apart
    from xiaoer.site.place import Site

    boot(Site(home, "zh", None, ("http://testserver",)))
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    collect_apart()  # as the server does
    with transaction.atomic():
        made = [_look(page, role, client, address, looks) for page, role, client, address in _questions(home)]
        transaction.set_rollback(True)  # so that the next run begins with nobody again
    return made


def _questions(home: Path) -> list[tuple[str, str, Any, str]]:
    from tests.functional.site.cast import browser, person, shop
    from tests.functional.site.every_address import LOOKS, Asked, addresses
    from tests.functional.site.test_every_page import expected, pages
    from xiaoer.actions.shops import accounts_known
    from xiaoer.site.models import Account
    from xiaoer.site.pages.shops import note_shops

    note_shops(None)
    accounts = sorted(accounts_known(home, SHOP))
    people = {role: person(f"bench-{role}", role, where=SHOP) for role in ROLES}
    target = person("bench-target", "agent", where=SHOP)
    for one, account in ((people["agent"], accounts[0]), (target, accounts[1])):
        Account.objects.create(person=one, shop=shop(SHOP), account=account, first_day=date(2000, 1, 1))
    clients = {role: browser(one) for role, one in people.items()}
    needs = {pattern.name: (pattern.callback.needs, set(pattern.pattern.converters)) for pattern in pages()}
    asked = []
    for page, where in addresses(clients, target, Asked(SHOP, MONTH, accounts[0])).items():
        if LOOKS.get(page, "owner") in ("owner", "agent"):
            roles = [role for role in ROLES if expected(needs[page][0], role, "own", needs[page][1]) == "in"]
            asked += [(page, role, clients[role], where["address"]) for role in roles]
    return asked


def _look(page: str, role: str, client: Any, address: str, looks: int) -> Looked:  # noqa: ANN401 -- Django's
    client.raise_request_exception = False
    milliseconds: list[float] = []
    processor: list[float] = []
    while len(milliseconds) < FEWEST_LOOKS or (len(milliseconds) <= looks and sum(milliseconds) < MOST_SECONDS * 1000):
        since, used = time.perf_counter(), time.process_time()
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        milliseconds.append(1000 * (time.perf_counter() - since))
        processor.append(1000 * (time.process_time() - used))
    parts, busy = (quantiles(each[1:], n=100, method="inclusive") for each in (milliseconds, processor))
    size = len(body) / 1000 if "html" in answer.headers.get("Content-Type", "") else 0.0
    made = Looked(page, role, answer.status_code, milliseconds[0], parts[49], parts[94], busy[94], size)
    sys.stderr.write(f"{made}\n")
    return made
