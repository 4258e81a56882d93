"""The files of a shop that does not exist, small ones like real exports, large ones straight to Parquet."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from xiaoer.base.errors import ReportableError
from xiaoer.simulator import simulate
from xiaoer.simulator.exports import write_exports
from xiaoer.simulator.large import write_large

SEED = 20240901
FIRST_DAY = date(2024, 9, 1)
LARGE_SHOP = "云上大店"
FEWEST, MOST = 100, 100_000_000
MOST_AS_EXPORTS = 1_000_000


@dataclass(frozen=True)
class Size:
    """How large a shop is simulated."""

    messages: int = 220_000
    agents: int = 22
    days: int = 30


@dataclass(frozen=True)
class SimulatedShop:
    """What was written: the shop, its days, and the settings that suit it."""

    shop: str
    first_day: date
    last_day: date
    settings: dict[str, str]
    files: int
    messages: int
    agents: int


def simulated_shop(out: Path, size: Size) -> SimulatedShop:
    """Write the files of a simulated shop to `out/exports` and return what it is; the truth goes to `out/truth`.

    More than a million messages are written as canonical Parquet, without a truth of their own.
    """
    if not FEWEST <= size.messages <= MOST:
        asked = {"messages": size.messages, "fewest": FEWEST, "most": MOST}
        raise ReportableError.of("cli.demo_size", values=asked)
    try:
        return _large(out, size) if size.messages > MOST_AS_EXPORTS else _like_real(out, size)
    except OSError as error:
        values = {"file": str(out), "problem": error.strerror or ""}
        raise ReportableError.of("cli.not_writable", values=values) from None


def _like_real(out: Path, size: Size) -> SimulatedShop:
    made = simulate(seed=SEED, first_day=FIRST_DAY, days=size.days, messages=size.messages, agents=size.agents)
    files = write_exports(made, out / "exports")
    (out / "truth").mkdir(parents=True, exist_ok=True)
    made.truth.write(out / "truth")
    messages = made.tables["messages"].num_rows
    return SimulatedShop(
        made.shop, made.first_day, made.last_day, made.settings, len(files), messages, len(made.people)
    )  # fmt: skip


def _large(out: Path, size: Size) -> SimulatedShop:
    files = write_large(
        out / "exports", messages=size.messages, seed=SEED, first_day=FIRST_DAY, days=size.days, shop=LARGE_SHOP,
        agents=size.agents,
    )  # fmt: skip
    last_day = FIRST_DAY + timedelta(days=size.days - 1)
    return SimulatedShop(LARGE_SHOP, FIRST_DAY, last_day, {}, len(files), size.messages, size.agents)
