"""The process of one job: python -m xiaoer.site.jobs.process HOME LANGUAGE NUMBER."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

from xiaoer.base.door import answering_on_pages
from xiaoer.base.environment import read_site_environment
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.site.boot import boot
from xiaoer.site.place import Site

SECONDS_BETWEEN = 0.5

Tell = Callable[[str, int, int], None]  # what is being done, how much of it is, of how much


class StoppedError(Exception):
    """Somebody asked the job to stop."""


def main(home: Path, language: Language, number: int) -> int:
    """Return 0 after the work is done, stopped or failed in a way that its page says; a bug ends with a traceback."""
    boot(Site(home, language, read_site_environment().database_url))
    from django.utils import timezone

    from xiaoer.actions.plain_issue import plain_issue
    from xiaoer.site.jobs.kinds import ENDED_AT_ONCE, KINDS
    from xiaoer.site.models import Job

    job = Job.objects.get(pk=number)
    waiting = Job.objects.filter(pk=number, state=Job.State.WAITING)
    if not waiting.update(state=Job.State.RUNNING, process=os.getpid()):
        return 0

    def over(state: str, problem: list[object]) -> None:
        running = Job.objects.filter(pk=number, state=Job.State.RUNNING)
        running.update(state=state, problem=problem, finished_at=timezone.now())

    if job.kind in ENDED_AT_ONCE:
        Thread(target=end_when_stopped, args=(number,), daemon=True).start()
    try:
        with answering_on_pages():
            KINDS[job.kind](home, language, _teller(number), job)
        over(Job.State.DONE, [])
    except StoppedError:
        pass
    except ReportableError as error:
        over(Job.State.FAILED, [plain_issue(issue) for issue in error.issues])
    except BaseException:
        over(Job.State.FAILED, [])
        raise
    return 0


def end_when_stopped(number: int, *, end: Callable[[int], object] = os._exit) -> None:
    """Wait until somebody stops the job, and end the process then: for work that tells too seldom how far it is."""
    from xiaoer.site.models import Job

    while not Job.objects.filter(pk=number, state=Job.State.STOPPED).exists():
        sleep(SECONDS_BETWEEN)
    end(0)


def _teller(number: int) -> Tell:
    """Return what notes how far the job is, twice a second at most, and ends it where it was asked to stop."""
    from xiaoer.site.models import Job

    last, said = 0.0, ""

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal last, said
        if stage == said and monotonic() - last < SECONDS_BETWEEN:
            return
        last, said = monotonic(), stage
        running = Job.objects.filter(pk=number, state=Job.State.RUNNING)
        if not running.update(stage=stage, done=done, total=total):
            raise StoppedError

    return tell


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "en" if sys.argv[2] == "en" else "zh", int(sys.argv[3])))
