"""The work of a preview: the last month's figures as they are and as they would be; no setting is written."""

from datetime import date
from pathlib import Path

from xiaoer.actions.preview import SettingAsk, preview_setting
from xiaoer.base.days import Period
from xiaoer.base.language import Language
from xiaoer.site.jobs.process import Tell
from xiaoer.site.models import Job


def preview(home: Path, _language: Language, tell: Tell, job: Job) -> None:
    """Compute the figures and keep them with the job."""
    asked = job.asked
    tell("previewing", 0, 0)
    days = Period(date.fromisoformat(asked["days"][0]), date.fromisoformat(asked["days"][1]))
    came = preview_setting(home, SettingAsk(asked["name"], asked["value"], job.shop.name, asked["first"]), days)
    Job.objects.filter(pk=job.pk).update(came=came)
