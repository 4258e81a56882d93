"""Where every page is, and how it is asked so that it has something to show.

A new page needs nothing here, unless it shows something only when it is asked in a certain way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from django.test import Client
from django.urls import reverse

from tests.functional.site.test_every_page import named, pages
from xiaoer.site.models import Person


@dataclass(frozen=True)
class Asked:
    """The shop, a month of which it has data, and an account that answered in it."""

    shop: str
    month: str
    account: str


CALLS = "kind=call&now=1"  # chats are too few to be told of
# How a page is asked; any other is asked by its bare address.
BEHIND = "month={month}&figure=received_buyers&agent={account}"
QUERIES = {
    "overview": "now=1", "search": "q=小", "explain": BEHIND, "own_explain": BEHIND,
    "own_days": "month={month}&agent={account}", "own": "month={month}",
    "appraisal": "month={month}", "appraisal_checks": "month={month}", "statement": "month={month}&agent={account}",
    "statement_pdf": "month={month}", "statement_xlsx": "month={month}", "payroll": "month={month}",
    "payroll_xlsx": "month={month}", "payroll_csv": "month={month}", "fairness": "month={month}",
    "own_pay": "month={month}", "own_pay_pdf": "month={month}", "appraisal_values": "month={month}",
    "team": "month={month}", "team_xlsx": "month={month}", "team_csv": "month={month}", "filtered": "month={month}",
    **dict.fromkeys(("plan_forecast", "plan_forecast_xlsx", "plan_scores", "plan_need", "plan_need_xlsx", "plan_whatif",
                     "plan_need_roster_xlsx", "plan_adherence", "plan_adherence_xlsx"), CALLS),
    "own_adherence": "now=1",
    "own_inspection": "month={month}", "voice": "now=1", "inspection": "now=1", "inspection_findings": "month={month}",
}  # fmt: skip
# Pages whose address stands on another page: on which, and what it begins with.
FOUND_ON = {
    "own_chat": ("own_days", "own/chat/"), "chat": ("explain", "chat/"), "keep": ("filtered", "filtered/keep/"),
    "review": ("inspection_queue", "inspection/review/"),
    "inspection_talk": ("inspection_findings", "inspection/conversation/"),
    "own_inspection_talk": ("own_inspection", "own/inspection/conversation/"),
    "own_appeal": ("own_inspection_talk", "own/inspection/appeal/"),
}  # fmt: skip
# Who looks, where it is not the owner.
LOOKS = {
    "own_adherence": "agent",
    "own_pay": "agent", "own_pay_pdf": "agent", "own": "agent", "own_days": "agent", "own_explain": "agent",
    "own_chat": "agent", "sign_in": "nobody", "sign_in_code": "halfway", "invitation": "nobody",
    "own_shifts": "agent", "own_swap": "agent", "own_calendar": "agent", "calendar": "nobody",
    "own_inspection": "agent", "own_inspection_talk": "agent", "own_appeal": "agent",
    "second_step_off": "careful", "recovery_codes": "careful", "second_step_was_reset": "told",
}  # fmt: skip


def addresses(clients: Mapping[str, Client], target: Person, asked: Asked) -> dict[str, dict[str, str]]:
    """Return by the name of an address who looks at it and where exactly it is.

    Those that are only posted to are left out, and those that nothing leads to.
    """
    found: dict[str, dict[str, str]] = {}
    for pattern in pages():
        if "GET" not in pattern.callback.methods or pattern.name.startswith("api_"):
            continue
        query = QUERIES.get(pattern.name, "").format(month=asked.month, account=asked.account)
        bare = reverse(
            pattern.name, kwargs=named(pattern, "own", target, shops=(asked.shop, ""), agents=(asked.account, ""))
        )
        found[pattern.name] = {
            "who": LOOKS.get(pattern.name, "owner"), "address": f"{bare}?{query}" if query else bare,
        }  # fmt: skip
    for name, (page, begins) in FOUND_ON.items():
        shown = clients[found[page]["who"]].get(found[page]["address"]).content.decode()
        link = re.search(rf'href="(/s/\d+/{begins}[^"]*)"', shown)
        if link is None:
            del found[name]
        else:
            found[name]["address"] = unescape(link.group(1))
    return found
