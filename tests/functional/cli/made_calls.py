"""A made-up hotline whose service level and abandonment go together, against each other, or neither: known ρ."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

HEADER = "shop,call_id,queue,agent,offered_at,answered_at,ended_at,abandoned_at,wrap_up_seconds"
SHOP = "云桥热线"
FIRST = datetime(2024, 9, 2, 9)  # noqa: DTZ001 -- the shop's own clock
LEVELS = (9, 8, 7, 6, 5, 4)  # of ten calls each, answered within 20 s
FALLING, RISING, MIXED = (0, 1, 2, 3, 4, 5), (5, 4, 3, 2, 1, 0), (1, 0, 2, 0, 2, 1)


def hotline(folder: Path, abandoned: Sequence[int], *, waited: int = 40, levels: Sequence[int] = LEVELS) -> Path:
    """Write six half hours of ten calls each from nine on and return the file; who gave up had waited so long."""
    lines = [HEADER]
    for place, (in_time, gone) in enumerate(zip(levels, abandoned, strict=True)):
        late = 10 - in_time - gone
        waits = [10] * in_time + [50] * max(0, late)
        start = FIRST + timedelta(minutes=30 * place)
        for number, wait in enumerate(waits):
            lines.append(_call(start + timedelta(minutes=number), f"a{place}-{number}", wait=wait))
        for number in range(10 - len(waits)):
            lines.append(_call(start + timedelta(minutes=20 + number), f"b{place}-{number}", gave_up=waited))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "calls.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _call(at: datetime, key: str, *, wait: int | None = None, gave_up: int = 0) -> str:
    queue = "售前" if at.minute < 30 else "售后"
    if wait is None:
        return f"{SHOP},{key},{queue},,{at},,,{at + timedelta(seconds=gave_up)},"
    answered = at + timedelta(seconds=wait)
    return f"{SHOP},{key},{queue},小夏,{at},{answered},{answered + timedelta(seconds=60)},,30"
