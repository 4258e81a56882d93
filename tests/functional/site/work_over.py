"""A job of each kind that is over, for the pages that show it."""

from django.urls import URLPattern

from tests.functional.site.pay_things import MONTH
from tests.functional.site.roster_things import roster_things
from xiaoer.site.models import Job, Person, Shop

KINDS = {
    "job": "example", "import_work": "import", "setting_preview": "preview", "inspection_reading": "inspect",
    "inspection_drawing": "draw", "appraisal_work": "appraise", "whatif_work": "whatif",
    "roster_work": "roster", "roster_need_work": "roster_need",
    "roster_share_work": "roster_share", "roster_mend_work": "roster_mend", "roster_mend_take": "roster_mend",
}  # fmt: skip
# What any kind of job was asked for; a kind reads what it knows.
ASKED = {
    "names": ["a.csv"], "name": "few_cases", "days": [], "month": MONTH, "first": MONTH, "last": MONTH, "after": [],
}  # fmt: skip


def work_over(pattern: URLPattern, place: Shop, target: Person) -> Job:
    """Return a job that is over, of the kind whose page stands at an address."""
    kind = KINDS[pattern.name.removesuffix("_part").removesuffix("_stop")]
    shop = None if kind == "example" else place
    asked: dict[str, object] = dict(ASKED)
    came: dict[str, object] = {}
    if kind.startswith("roster"):
        asked = {
            "roster": roster_things(place, target)["roster"](),
            "version": 0,
            "person": "x",
            "days": ["2024-09-02"],
        }
        came = {"duties": [], "changes": [], "touched": []}
    about = {"kind": kind, "started_by": target, "shop": shop, "state": "done", "asked": asked}
    return Job.objects.get_or_create(**about, defaults={"came": came})[0]
