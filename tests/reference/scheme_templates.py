"""The score tables that shops pass around, read off the sheets as plain ifs; nothing here knows the engine."""

from decimal import Decimal
from fractions import Fraction

Points = int | Fraction


def fen(value: Fraction) -> Decimal:
    """Return yuan rounded to the fen, halves up."""
    doubled = (value * 200 + 1) // 2  # whole fen, halves up, of an amount that is not below nothing
    return Decimal(doubled) / 100


def t1_conversion(share: Fraction) -> Points:
    """转化率：55% 100 分，50% 80 分，45% 60 分，以下 50 分。"""
    if share >= Fraction(55, 100):
        return 100
    if share >= Fraction(50, 100):
        return 80
    return 60 if share >= Fraction(45, 100) else 50


def t1_spend(ratio: Fraction) -> Points:
    """客单价之比：1.12、1.08、1.06。"""
    if ratio >= Fraction(112, 100):
        return 100
    if ratio >= Fraction(108, 100):
        return 80
    return 60 if ratio >= Fraction(106, 100) else 50


def t1_reply(share: Fraction) -> Points:
    """回复率：99%、97%、95%。"""
    if share >= Fraction(99, 100):
        return 100
    if share >= Fraction(97, 100):
        return 80
    return 60 if share >= Fraction(95, 100) else 50


def t1_response(seconds: Fraction, *, after_sale: bool = False) -> Points:
    """响应：25、30、40 秒以内；售后 30、35、45 秒。"""
    best, good, fair = (30, 35, 45) if after_sale else (25, 30, 40)
    if seconds <= best:
        return 100
    if seconds <= good:
        return 80
    return 60 if seconds <= fair else 50


def t1_conduct(points: Fraction) -> Points:
    """优秀 100、良好 80、合格 70、差 50。"""
    if points >= 100:
        return 100
    if points >= 80:
        return 80
    return 70 if points >= 70 else 50


def t1_pay_share(score: int) -> Fraction:
    """A 91 至 100，B 86 至 90，C 76 至 85，D 65 至 75：100%、80%、60%、50%。"""
    if score >= 91:
        return Fraction(1)
    if score >= 86:
        return Fraction(80, 100)
    if score >= 76:
        return Fraction(60, 100)
    return Fraction(50, 100) if score >= 65 else Fraction(0)


def t1_pay(conversion: Fraction, ratio: Fraction, reply: Fraction, response: Fraction, conduct: Fraction) -> Decimal:
    """Return the performance pay of one person alone (coefficient 1) of 1,000 yuan."""
    exact = (
        35 * t1_conversion(conversion) + 25 * t1_spend(ratio) + 15 * t1_reply(reply)
        + 15 * t1_response(response) + 10 * t1_conduct(conduct)
    )  # fmt: skip
    score = (Fraction(exact) / 100 * 2 + 1) // 2
    return fen(1000 * t1_pay_share(int(score)))


T2_COMPLETION = ((100, 100), (90, 85), (80, 70), (70, 55), (60, 40), (50, 25), (40, 10))


def t2_completion(share: Fraction) -> Points:
    """完成率：100 得 100，90 得 85 ……40 得 10，以下 0。"""
    return next((points for percent, points in T2_COMPLETION if share * 100 >= percent), 0)


def t2_step(value: Fraction, edges: tuple[int, int, int], *, down: bool = False) -> Points:
    """三档 100、80、60，其余 0。"""
    for edge, points in zip(edges, (100, 80, 60), strict=True):
        if value <= edge if down else value >= edge:
            return points
    return 0


def t2_attendance(times: int) -> Points:
    """全勤 100，三次以内 80，三次以上 60。"""
    return 100 if times == 0 else 80 if times <= 3 else 60


def t2_score(completion: Fraction, conversion: Fraction, spend: Fraction, reply: Fraction, response: Fraction,
             late: int) -> Fraction:  # fmt: skip
    """Return the weighted score."""
    return Fraction(
        30 * t2_completion(completion) + 20 * t2_step(conversion * 100, (45, 40, 35))
        + 20 * t2_step(spend, (250, 230, 210)) + 20 * t2_step(reply * 100, (98, 95, 92))
        + 5 * t2_step(response, (35, 45, 55), down=True) + 5 * t2_attendance(late)
    ) / 100  # fmt: skip


def t2_medal(score: Fraction) -> str | None:
    """金牌 90，银牌 80，铜牌 70。"""
    return "金牌" if score >= 90 else "银牌" if score >= 80 else "铜牌" if score >= 70 else None


def t4_satisfied(share: Fraction, ratings: int, bad: int) -> Fraction:
    """50 分：评价不超过 50 个每个差评减 1，否则比 95% 每差 1% 减 2。"""
    if ratings <= 50:
        return Fraction(max(50 - bad, 0))
    return max(50 - 2 * max(95 - share * 100, Fraction(0)), Fraction(0))


def t4_in_time(share: Fraction, *, full: int, takes: Fraction) -> Fraction:
    """每差 1% 减 takes 分。"""
    return max(full - takes * (100 - share * 100), Fraction(0))


def t5_over_target(sales: Fraction, target: Fraction) -> Decimal:
    """100% 提 3%，超过 110% 提 5%，超过 120% 提 8%，对超出的部分。"""
    done = sales / target
    rate = 8 if done > Fraction(120, 100) else 5 if done > Fraction(110, 100) else 3 if done >= 1 else 0
    return fen(max(sales - target, Fraction(0)) * rate / 100)


def t5_orders(orders: int) -> Fraction:
    """前 50 单每单 1 元，51 至 100 单 1.5 元，以后 2 元。"""
    total = Fraction(0)
    for number in range(1, orders + 1):
        total += 1 if number <= 50 else Fraction(3, 2) if number <= 100 else 2
    return total


def t5_net_sales(net: Fraction, refunded: Fraction) -> Decimal:
    """10 万以内 1%，以上 2%；退款率超过 20% 减半。"""
    exact = min(net, Fraction(100_000)) / 100 + max(net - 100_000, Fraction(0)) / 50
    return fen(exact / 2 if refunded > Fraction(1, 5) else exact)


def t5_relative(own: Fraction, everybody: list[Fraction]) -> Decimal:
    """300 元的一半乘以个人分与平均分之比。"""
    return fen(150 * own * len(everybody) / sum(everybody))


def shared_pool(fens: int, weights: list[Fraction]) -> list[int]:
    """Return a pool in fen shared by weight: whole parts, then the odd fen one by one to whoever lacks most."""
    total = sum(weights)
    paid = [0] * len(weights)
    for place, weight in enumerate(weights):
        paid[place] = int(fens * weight / total)
    while sum(paid) < fens:
        lacks = [fens * weight / total - got for weight, got in zip(weights, paid, strict=True)]
        paid[lacks.index(max(lacks))] += 1
    return paid
