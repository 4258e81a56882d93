"""A program of its own: a site over a tiny shop, asked by schemathesis all that its description allows and forbids.

python -m tests.functional.site.asked_as_described FOLDER [DATABASE_URL]: faults and counts, as JSON.
"""

import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from tests.functional.cli.conftest import write_files
from tests.functional.site.running import free_port
from xiaoer.actions.import_files import import_files
from xiaoer.site.boot import boot
from xiaoer.site.place import Site

EXAMPLES = 12
STARTS_SECONDS = 120  # the first answer, on a machine that does much else
SHOP = 1
# What a description can not say: that a metric of this name exists, or that a cursor is one of ours. 422 says it.
USED_OR_SAID_TO_BE_OF_NO_USE = ["2xx", "404", "409", "413", "422"]
# Shop 1 takes the place of whatever number was made up, so that wrong ones never arrive; test_api_answers sends them.
PUT_IN_PLACE = "parameter `shop` in path"


@dataclass
class Asked:
    """What came of all questions."""

    faults: dict[str, str] = field(default_factory=dict)
    checks: int = 0
    answers: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))


def main(folder: Path, database_url: str | None) -> None:
    """Make the site, answer from a thread, ask, and print what came of it."""
    home, address = folder / "home", f"http://127.0.0.1:{free_port()}"
    assert import_files(home, [write_files(folder / "files")], shop="晨光店").exit_code == 0
    boot(Site(home, "zh", database_url, (address,)))
    shown = _token()
    _answer(address)
    asked = _ask(address, shown)
    sys.stdout.write(json.dumps({"faults": asked.faults, "checks": asked.checks, "answers": asked.answers}) + "\n")


def _token() -> str:
    from django.core.management import call_command

    from xiaoer.site.api import token_auth
    from xiaoer.site.api.limits import Limit
    from xiaoer.site.models import Person, Shop
    from xiaoer.site.tokens.changes import make_token
    from xiaoer.site.tokens.scopes import SCOPES

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    Shop.objects.create(pk=SHOP, name="晨光店")
    token_auth.READS = token_auth.WRITES = Limit(10**9)  # else the answer to nearly all would be “too often”
    owner = Person.objects.create(login="olga", name="Olga")
    return make_token("x", tuple(SCOPES), shop=None, last_day=None, by=owner)[1]


def _answer(address: str) -> None:
    from django.core.wsgi import get_wsgi_application
    from waitress import create_server

    server = create_server(get_wsgi_application(), port=int(address.rsplit(":", 1)[1]), threads=2)
    Thread(target=server.run, daemon=True).start()


def _ask(address: str, shown: str) -> Asked:
    import schemathesis
    from schemathesis.engine import from_schema
    from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

    config = schemathesis.Config.from_dict({
        "headers": {"Authorization": f"Bearer {shown}"},
        "generation": {"max-examples": EXAMPLES, "deterministic": True, "no-shrink": True, "database": "none"},
        "parameters": {"path.shop": SHOP},
        "checks": {"positive_data_acceptance": {"expected-statuses": USED_OR_SAID_TO_BE_OF_NO_USE}},
    })  # fmt: skip
    asked = Asked()
    described = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json", config=config, timeout=STARTS_SECONDS)
    for event in from_schema(described).execute():
        if isinstance(event, ScenarioFinished):
            _note(asked, event.recorder)
        elif isinstance(event, NonFatalError | FatalError):
            asked.faults[type(event).__name__] = repr(getattr(event, "value", event))
    return asked


def _note(asked: Asked, recorder: Any) -> None:  # noqa: ANN401 -- schemathesis' own
    for interaction in recorder.interactions.values():
        if interaction.response is not None:
            asked.answers[recorder.label][interaction.response.status_code] += 1
    for case, checks in recorder.checks.items():
        asked.checks += len(checks)
        for check in checks:
            failure = check.failure_info.failure if check.failure_info is not None else None
            if failure is not None and PUT_IN_PLACE not in failure.message:
                said = recorder.interactions[case].request
                asked.faults[f"{failure.operation}: {check.name}"] = (
                    f"{failure.message[:600]} | {said.method} {said.uri[:300]} {(said.body or b'')[:300]!r}"
                )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
