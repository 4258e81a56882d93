"""Chats as they are copied from the 千牛 window: one text per account and day, in the three shapes of header."""

from collections.abc import Iterator
from pathlib import Path

from xiaoer.simulator.exports.message_split import Said
from xiaoer.simulator.wall_time import DAY_SECONDS, day_of, wall_datetime

SINGLE_SHAPES = ("nick_and_time", "two_lines")


def write_qianniu_text(said: Said, rows: list[int], folder: Path, *, robot: str) -> list[Path]:
    """Write the rows, and return the files.

    The shape with both names takes any number of chats. On the first day two accounts copied chat by chat instead,
    in the two shapes that name the speaker alone; a chat goes there only if both spoke and nobody was transferred.
    """
    folder.mkdir(parents=True, exist_ok=True)
    contacts: dict[tuple[str, int, str], list[int]] = {}
    for row in rows:
        contacts.setdefault((said.agent[row], said.at[row] // DAY_SECONDS, said.buyer[row]), []).append(row)
    chat_by_chat = _chat_by_chat(contacts, robot)
    files: dict[Path, list[str]] = {}
    for (agent, day, buyer), found in contacts.items():
        sub = agent.partition(":")[2]
        shape = chat_by_chat.get((agent, day)) if {said.sender[row] for row in found} == {"buyer", "agent"} else None
        name = f"{sub}_{day_of(day * DAY_SECONDS)}" + (f"_{buyer}" if shape else "") + ".txt"
        files.setdefault(folder / name, []).extend(_lines(said, found, shape))
    for place, (path, lines) in enumerate(files.items()):
        encoding = "gb18030" if place % 7 == 5 else "utf-8"
        path.write_bytes("".join(line + "\r\n" for line in lines).encode(encoding))
    return list(files)


def _chat_by_chat(contacts: dict[tuple[str, int, str], list[int]], robot: str) -> dict[tuple[str, int], str]:
    first = min((day for _, day, _ in contacts), default=0)
    accounts = sorted({agent for agent, day, _ in contacts if day == first and agent != robot})
    return {(agent, first): shape for agent, shape in zip(accounts, SINGLE_SHAPES, strict=False)}


def _lines(said: Said, rows: list[int], shape: str | None) -> Iterator[str]:
    for row in rows:
        buyer, agent = said.buyer[row], said.agent[row]
        mine = said.sender[row] in ("agent", "robot")
        nick, to = (agent, buyer) if mine else (buyer, agent)
        moment = wall_datetime(said.at[row])
        time = f"{moment.year}-{moment.month}-{moment.day} {moment:%H:%M:%S}"
        if shape == "two_lines":
            yield from (nick, time)
        else:
            yield f"{nick} {time}" if shape else f"{nick} --> {to} {time}"
        yield said.text[row]
        if mine:
            yield "已读"
