"""Zips: what is refused before anything of them is read, and how their members are called in messages."""

import zipfile
from pathlib import PurePosixPath

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.raw import Source

SMALL_BYTES = 64 * 1024**2  # below this, any ratio is harmless
_ENCRYPTED = 0x1


def check_archive(archive: zipfile.ZipFile, source: Source) -> None:
    """Return when the archive can be read safely; a ReportableError names everything that speaks against it."""
    limits, place = source.limits, source.place()
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    codes = []
    if any(member.flag_bits & _ENCRYPTED for member in members):
        codes.append("intake.locked_archive")
    if len(members) > limits.members:
        codes.append("intake.too_many_members")
    if unpacked > limits.unpacked_bytes or (unpacked > SMALL_BYTES and unpacked / packed > limits.unpacked_ratio):
        codes.append("intake.archive_bomb")
    if any(is_path_trick(member.filename) for member in members):
        codes.append("intake.unsafe_member")
    if codes:
        raise ReportableError([Issue(code, Severity.ERROR, place) for code in codes])


def is_path_trick(name: str) -> bool:
    """Tell whether a member's name points outside the archive."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name.split("/")[0][:2] or "\0" in name


def is_noise(name: str) -> bool:
    """Tell whether a file is something that systems leave behind, not something that a person put there."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or parts[0] == "__MACOSX":
        return True
    return parts[-1].startswith((".", "~$")) or parts[-1] in ("Thumbs.db", "desktop.ini")


def readable_name(member: zipfile.ZipInfo) -> str:
    """Return the member's name; Chinese Windows writes it in GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename
