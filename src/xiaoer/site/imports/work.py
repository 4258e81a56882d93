"""The work of an import: each file in turn, whole or not at all; what came of it is noted after each one."""

import shutil
from pathlib import Path
from typing import Any

from xiaoer.actions.import_files import Advance, FileOutcome, Sent, import_files
from xiaoer.actions.plain_issue import plain_issue
from xiaoer.actions.report import report
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.actions.shops import days_known
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.site.imports.upload import uploads
from xiaoer.site.jobs.process import Tell
from xiaoer.site.models import Job


def import_sent(home: Path, language: Language, tell: Tell, job: Job) -> None:
    """Import the files that a job was given, and remove them from where they were sent to."""
    folder = uploads() / str(job.asked["folder"])
    try:
        outcomes = _imported(home, language, tell, job)
        if any(one["status"] == "imported" for one in outcomes):
            tell("finishing", 0, 0)
            _first_look(home, language, job.shop.name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _imported(home: Path, language: Language, tell: Tell, job: Job) -> list[dict[str, Any]]:
    asked, outcomes = job.asked, []
    names = asked["names"]
    folder = uploads() / str(asked["folder"])
    for number, name in enumerate(names, start=1):

        def advance(at: Advance, number: int = number) -> None:
            if len(names) == 1:
                tell("reading", at.rows, 0)
            else:
                tell("importing", number - 1, len(names))

        tell("importing", number - 1, len(names))
        made = import_files(
            home, [folder / str(number)], shop=job.shop.name, platform=asked["platform"], language=language,
            days=(asked["first"], asked["last"]), progress=advance, sent=Sent(name),
        )  # fmt: skip
        outcomes.append(outcome_kept(made.files[0]))
        Job.objects.filter(pk=job.pk).update(came={"files": outcomes})
    return outcomes


def outcome_kept(one: FileOutcome) -> dict[str, Any]:
    """Return what came of a file as the job keeps it: counts, and issues that are put into words when read."""
    issues = one.report.get("issues") or [{**plain_issue(issue), "count": 1} for issue in one.issues]
    return {
        "file": one.file,
        "status": one.status,
        "import": one.import_id,
        "rows": one.report.get("rows", {}),
        "rejected": one.rejected,
        "issues": issues,
    }


def _first_look(home: Path, language: Language, shop: str) -> None:
    """Compute the last month once, so that the first who opens its page need not wait."""
    runs = days_known(home, shop)
    if runs:
        last = runs[-1].last
        try:
            report(home, ReportAsk(str(last.replace(day=1)), str(last), shop), language)
        except ReportableError:
            return  # its page says so to whoever opens it
