"""An import killed at fifty random moments and run again equals one clean import."""

import csv
import random
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from xiaoer.actions.import_files import import_files
from xiaoer.base.days import Period
from xiaoer.base.steps import Step
from xiaoer.facts.relations import Scope, relations_for
from xiaoer.store.store import Store

SHOP = "云上小店"
KILLS = 50
SCOPE = Scope((SHOP,), Period(date(2024, 9, 1), date(2024, 9, 7)), "order_first")
FIGURES = """SELECT agent, count(*) AS rounds, sum(wait_micros) AS waited FROM round GROUP BY agent ORDER BY agent"""


def write_messages(file: Path, *, messages: int) -> None:
    chance = random.Random(5)
    start = datetime.fromisoformat("2024-09-01 09:00")
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["shop", "buyer", "agent", "sent_at", "sender", "text"])
        for _ in range(messages):
            sent_at = start + timedelta(seconds=chance.randrange(6 * 86_400))
            who = chance.choice(["buyer", "agent"])
            buyer, agent = f"买家{chance.randrange(2_000)}", f"客服{chance.randrange(8)}"
            rows.writerow([SHOP, buyer, agent, sent_at, who, "在的亲"])


def figures(home: Path) -> list[dict[str, object]]:
    with Store(home) as store, relations_for(store, store.snapshot(), SCOPE) as engine:
        return list(engine.query([Step("figures", FIGURES)]).to_pylist())


def test_fifty_kills_change_nothing(tmp_path: Path) -> None:
    file, home, clean = tmp_path / "messages.csv", tmp_path / "home", tmp_path / "clean"
    write_messages(file, messages=60_000)
    script = Path(__file__).with_name("killed_imports.py")
    done = subprocess.run(
        [sys.executable, str(script), str(home), str(file), str(KILLS), "11"],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    came_first, _ = map(int, done.stdout.split())
    assert came_first >= 1, "no kill came before the end: the test would show nothing"
    with Store(home) as store:
        assert len(store.manifest.imports()) <= 1
    again = import_files(home, [file], shop=SHOP)
    assert again.exit_code == 0
    import_files(clean, [file], shop=SHOP)
    assert figures(home) == figures(clean)
    with Store(home) as store, Store(clean) as other:
        assert store.snapshot().files([SHOP])[0].hash == other.snapshot().files([SHOP])[0].hash
