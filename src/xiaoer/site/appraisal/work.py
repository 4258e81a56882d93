"""The work of an appraisal, and of a trial: in a process of its own; what it makes is written whole or not at all."""

import tempfile
from pathlib import Path

from xiaoer.actions.appraise_run import AppraiseAsk, run
from xiaoer.base.language import Language
from xiaoer.site.appraisal.accounts import joined_accounts
from xiaoer.site.appraisal.pasted import write_tables
from xiaoer.site.appraisal.said import given_of
from xiaoer.site.corrections.written import author_of
from xiaoer.site.jobs.process import Tell
from xiaoer.site.models import Job, PayTable, Shop


def appraise(home: Path, language: Language, tell: Tell, job: Job) -> None:
    """Compute a month and keep it as a draft."""
    shop, month = job.shop, str(job.asked["month"])
    assert shop is not None
    tell("appraising", 0, 3)
    given = given_of(shop, month)
    tell("appraising", 1, 3)
    with tempfile.TemporaryDirectory() as folder:
        files = tables_of(shop, month, Path(folder))
        ask = AppraiseAsk(month, shop.name, (), tuple(files), author_of(job.started_by), given,
                          joined_accounts(shop, month))  # fmt: skip
        run(home, ask, language)
    tell("appraising", 3, 3)


def tables_of(shop: Shop, month: str, folder: Path) -> list[Path]:
    """Return the tables of values of a month as files; none where nobody gave any."""
    table = PayTable.objects.filter(shop=shop, month=month).select_related("made_by").first()
    return [] if table is None else write_tables(table.text, folder, author=author_of(table.made_by))
