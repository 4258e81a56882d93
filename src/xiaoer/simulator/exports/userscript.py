"""Chats as the 千牛 web userscript leaves them: one JSON per buyer, at most 200 buyers in a zip."""

import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xiaoer.simulator.exports.message_split import Said
from xiaoer.simulator.wall_time import wall_text

BUYERS_PER_RUN = 200
PICTURE = "[图片]"
PICTURE_URL = "https://img.example/chat/picture.jpg"


def write_userscript(said: Said, rows: list[int], folder: Path, *, exported: int) -> list[Path]:
    """Write the rows as zips, and return them."""
    folder.mkdir(parents=True, exist_ok=True)
    buyers: dict[str, list[int]] = {}
    for row in rows:
        buyers.setdefault(said.buyer[row], []).append(row)
    listed = list(buyers.items())
    runs = [listed[start : start + BUYERS_PER_RUN] for start in range(0, len(listed), BUYERS_PER_RUN)]
    paths = []
    for number, run in enumerate(runs, 1):
        path = folder / f"聊天记录_{number:03d}.zip"
        with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            for place, (buyer, found) in enumerate(run, 1):
                member = ZipInfo(f"{place:03d}_{buyer}.json", (2024, 1, 1, 0, 0, 0))
                member.compress_type = ZIP_DEFLATED
                archive.writestr(member, _document(said, buyer, found, exported))
        paths.append(path)
    return paths


def _document(said: Said, buyer: str, rows: list[int], exported: int) -> str:
    chats = []
    for row in rows:
        day, _, time = wall_text(said.at[row]).partition(" ")
        sender = said.agent[row] if said.sender[row] == "agent" else buyer
        picture = PICTURE_URL if said.text[row] == PICTURE else ""
        chats.append({"date": day, "time": time, "sender": sender, "text": said.text[row], "imgUrl": picture})
    document = {"user": buyer, "exportTime": wall_text(exported), "count": len(chats), "chats": chats}
    return json.dumps(document, ensure_ascii=False)
