"""A small shop's roster tables: five days, seven people, three shifts, two skills."""

import math
from pathlib import Path

PEOPLE = [
    ("小禾", "聊天", "老人"),
    ("小满", "聊天、电话", "老人"),
    ("小雪", "聊天", ""),
    ("小霜", "聊天、电话", ""),
    ("小寒", "电话", ""),
    ("小露", "聊天、电话", ""),
    ("小芒", "聊天", "新人"),
]
DAYS = [f"2026-06-{day:02}" for day in range(3, 8)]


def made_roster(*, more: str = "") -> str:
    """Return the tables as YAML; `more` tables follow."""
    out = ["员工:"]
    hours = '最少工时: "24", 最多工时: "40"'
    out += [f'  - {{姓名: {name}, 技能: {skills}, 级别: "{level}", {hours}}}' for name, skills, level in PEOPLE]
    out += [
        "班次:",
        '  - {班次: 早, 开始: "08:00", 结束: "17:00", 休息: "60@11:00-14:00"}',
        '  - {班次: 中, 开始: "11:00", 结束: "20:00", 休息: "60@14:00-18:00"}',
        '  - {班次: 晚, 开始: "15:00", 结束: "24:00", 休息: "60@17:00-20:00", 夜班: "是"}',
        "需求:",
    ]
    for day in DAYS:
        for hour in range(8, 24):
            people = round(1 + 1.6 * math.exp(-(((hour - 20) / 3) ** 2)) + 0.8 * math.exp(-(((hour - 14) / 2) ** 2)))
            out.append(f'  - {{日期: "{day}", 时段: "{hour:02}:00", 人数: "{people}", 技能: 聊天}}')
            if 9 <= hour < 18:
                out.append(f'  - {{日期: "{day}", 时段: "{hour:02}:00", 人数: "1", 技能: 电话}}')
    out += ["请假:", '  - {姓名: 小雪, 从: "2026-06-03", 到: "2026-06-04"}']
    out += ["愿望:", '  - {姓名: 小禾, 日期: "2026-06-07", 班次: 休, 想不想: 想, 分量: "3"}']
    out += ["已定:", '  - {姓名: 小满, 日期: "2026-06-03", 班次: 早}']
    return "\n".join(out) + "\n" + more


def roster_file(folder: Path, *, more: str = "") -> Path:
    """Write the tables and return the file."""
    file = folder / "排班.yaml"
    file.write_text(made_roster(more=more), encoding="utf-8")
    return file
