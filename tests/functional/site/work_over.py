"""A job of each kind that is over, for the pages that show it."""

from django.urls import URLPattern

from tests.functional.site.pay_things import MONTH
from xiaoer.site.models import Job, Person, Shop

KINDS = {
    "job": "example", "import_work": "import", "setting_preview": "preview", "inspection_reading": "inspect",
    "inspection_drawing": "draw", "appraisal_work": "appraise", "whatif_work": "whatif",
}  # fmt: skip
# What any kind of job was asked for; a kind reads what it knows.
ASKED = {
    "names": ["a.csv"], "name": "few_cases", "days": [], "month": MONTH, "first": MONTH, "last": MONTH, "after": [],
}  # fmt: skip


def work_over(pattern: URLPattern, place: Shop, target: Person) -> Job:
    """Return a job that is over, of the kind whose page stands at an address."""
    kind = KINDS[pattern.name.removesuffix("_part").removesuffix("_stop")]
    shop = None if kind == "example" else place
    return Job.objects.get_or_create(kind=kind, started_by=target, shop=shop, state="done", asked=ASKED)[0]
