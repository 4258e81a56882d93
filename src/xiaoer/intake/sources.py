"""From a path to the sources in it: a file, the files of a folder, the members of a zip."""

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Place
from xiaoer.base.tables import canonical_tables
from xiaoer.intake.archive import check_archive, is_noise, readable_name
from xiaoer.intake.raw import Source
from xiaoer.intake.readers.workbook import is_xlsx
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.vocabulary import platforms

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def sources_of(path: Path, options: ReadOptions) -> Iterator[Source]:
    """Yield what there is to read at the path, names ascending; a ReportableError when it is not there or unsafe."""
    try:
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.is_file() and not is_noise(file.name))
            if not files:
                raise ReportableError.of("intake.empty_folder", place=Place(path.name))
            for file in files:
                yield from _of_file(file, options)
        else:
            yield from _of_file(path, options)
    except FileNotFoundError:
        raise ReportableError.of("intake.not_found", place=Place(str(path))) from None
    except PermissionError:
        raise ReportableError.of("intake.not_allowed", place=Place(str(path))) from None


def _of_file(path: Path, options: ReadOptions) -> Iterator[Source]:
    source = Source(_printable(options.called or path.name), lambda: path.open("rb"), path, called=options.called)
    if path.exists() and not path.is_file():
        raise ReportableError.of("intake.not_a_file", place=Place(str(path)))
    if not source.head:
        raise ReportableError.of("intake.empty_file", place=source.place())
    if not source.head.startswith(ZIP_STARTS) or is_xlsx(source):
        yield source
        return
    yield from _members(source, options)


def _printable(name: str) -> str:
    return "".join(sign if sign.isprintable() else "·" for sign in name)


def _members(source: Source, options: ReadOptions) -> Iterator[Source]:
    try:
        archive = zipfile.ZipFile(source.path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise ReportableError.of("intake.damaged_archive", place=source.place()) from None
    with archive:
        check_archive(archive, source)
        members = [member for member in archive.infolist() if not member.is_dir() and not is_noise(member.filename)]
        if not members:
            raise ReportableError.of("intake.empty_archive", place=source.place())
        for number, member in enumerate(sorted(members, key=readable_name), start=1):
            name = f"{source.name} › {_shown(readable_name(member), number, options)}"
            yield Source(name, _opener(archive, member, name), source.path, readable_name(member), called=source.called)


def _opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        try:
            return cast(BinaryIO, archive.open(member))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
            raise ReportableError.of("intake.damaged_archive", place=Place(name)) from None

    return opened


def _shown(name: str, number: int, options: ReadOptions) -> str:
    """Return how messages call a member: by name where a form is named so, else by number (chats bear names)."""
    stem, dot, suffix = name.replace("\\", "/").rsplit("/", 1)[-1].rpartition(".")
    plain = re.sub(r"[^A-Za-z0-9]", "", suffix)[:8].lower()
    word = re.match(r"[a-z_]+", stem or suffix)
    if word and word[0].strip("_") in canonical_tables() and re.fullmatch(r"[a-z_0-9-]{1,40}", stem):
        return f"{stem}.{plain}"
    forms = [form for platform in platforms(options.catalog).values() for form in platform.layouts]
    for hint in sorted({hint for form in forms for hint in form.file_names}):
        if (found := re.search(hint, stem)) and found[0]:
            return f"{found[0][:40]}… ({number}).{plain}"
    return f"#{number}{dot}{plain}" if dot else f"#{number}"
