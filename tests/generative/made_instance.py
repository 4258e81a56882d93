"""Makes up shift-scheduling instances of any size."""

import random


def made_instance(seed: int, *, days: int, people: int, kinds: int) -> str:
    """Return the text of an instance: shifts over the day, part-timers, limits, wishes, cover."""
    chance = random.Random(seed)
    ids = [chr(ord("A") + kind) for kind in range(kinds)]
    minutes = [chance.choice((480, 480, 600, 360)) for _ in ids]
    begin = [6 + 16 * kind // max(1, kinds) for kind in range(kinds)]
    after = [
        "|".join(ids[b] for b in range(kinds) if 24 + begin[b] - begin[a] - minutes[a] / 60 < 11) for a in range(kinds)
    ]
    out = ["# made up", "SECTION_HORIZON", str(days), "", "SECTION_SHIFTS"]
    out += [f"{name},{length},{later}" for name, length, later in zip(ids, minutes, after, strict=True)]
    out += ["", "SECTION_STAFF"]
    names = [f"P{number}" for number in range(people)]
    for name in names:
        most = chance.choice((2160, 1440)) * days // 7
        limits = "|".join(f"{kind}={chance.choice((days, days, days // 3, 0))}" for kind in ids[1:])
        limits = f"{ids[0]}={days}" + (f"|{limits}" if limits else "")
        runs = f"{chance.choice((4, 5, 6))},{chance.choice((1, 2))},{chance.choice((1, 2, 3))}"
        out.append(f"{name},{limits},{most},{max(0, most - 960)},{runs},{max(1, days // 14)}")
    out += ["", "SECTION_DAYS_OFF", *(f"{name},{chance.randrange(days)}" for name in names)]
    for section in ("ON", "OFF"):
        out += ["", f"SECTION_SHIFT_{section}_REQUESTS"]
        out += [f"{name},{chance.randrange(days)},{chance.choice(ids)},{chance.randint(1, 3)}" for name in names]
    out += ["", "SECTION_COVER"]
    for day in range(days):
        for kind in ids:
            out.append(f"{day},{kind},{max(0, round(people * 0.6 / kinds * chance.uniform(0.5, 1.5)))},100,1")
    return "\n".join(out) + "\n"
