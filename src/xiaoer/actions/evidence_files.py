"""An evidence pack written into a file, whole or not at all."""

from pathlib import Path

from xiaoer.actions.evidence_pack import evidence_pack
from xiaoer.actions.render.deliver import write_whole
from xiaoer.actions.render.evidence import FORMATS
from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language


def write_evidence(home: Path, conversation: str, file: Path, language: Language, *, shop: str | None = None) -> str:
    """Write the pack as the file's suffix says (.html, .pdf, .json) and return what is said of it.

    A ReportableError for another suffix, a folder that is not there, or when there is no such conversation.
    """
    if file.suffix.lower() not in FORMATS:
        raise ReportableError.of("inspect.bad_suffix", values={"file": file.name})
    if not file.parent.is_dir():
        raise ReportableError.of("cli.no_output_folder", values={"file": file.name, "folder": str(file.parent)})
    pack = evidence_pack(home, conversation, language, shop=shop)
    write_whole(FORMATS[file.suffix.lower()](pack), file)
    return word("evidence_written", language, file=file, hash=pack.hash[:16])
