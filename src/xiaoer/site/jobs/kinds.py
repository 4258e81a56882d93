"""Every kind of long work, by name."""

from collections.abc import Callable
from pathlib import Path

from xiaoer.actions.demo import example_shop
from xiaoer.actions.import_files import Advance
from xiaoer.actions.report import report
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.base.language import Language
from xiaoer.site.appraisal.whatif import try_on_the_past
from xiaoer.site.appraisal.work import appraise
from xiaoer.site.imports.work import import_sent
from xiaoer.site.inspection.work import draw, read_conversations
from xiaoer.site.jobs.process import Tell
from xiaoer.site.models import Job
from xiaoer.site.planning import activity_work, roster_work
from xiaoer.site.shop_settings.work import preview

# Of these nothing half-done can stay behind, so that a process may be ended in the middle of a step.
ENDED_AT_ONCE = frozenset(
    {"preview", "inspect", "draw", "appraise", "whatif", "roster_need", "roster_mend", "roster_share"}
)


def example(home: Path, language: Language, tell: Tell, job: Job) -> None:
    """Make the simulated shop, and take it in as a shop of the site."""
    from xiaoer.site.pages.shops import note_shops

    def advance(at: Advance) -> None:
        tell("importing", at.number - 1, at.files)

    tell("simulating", 0, 0)
    shop = example_shop(home, home / "site" / "example", language, say=lambda _: None, progress=advance)
    tell("finishing", 0, 0)
    report(home, ReportAsk(str(shop.first_day), str(shop.last_day), shop.shop), language)  # its facts are kept
    note_shops(job.started_by)


Kind = Callable[[Path, Language, Tell, Job], None]
KINDS: dict[str, Kind] = {
    "example": example,
    "import": import_sent,
    "preview": preview,
    "inspect": read_conversations,
    "draw": draw,
    "appraise": appraise,
    "whatif": try_on_the_past,
    roster_work.MAKE: roster_work.make,
    roster_work.NEED: roster_work.take_need,
    roster_work.MEND: roster_work.mend,
    roster_work.SHARE: activity_work.share,
}
