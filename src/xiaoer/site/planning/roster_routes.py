"""The addresses of rosters and of one's own shifts."""

from django.urls import URLPattern

from xiaoer.site.access import route
from xiaoer.site.jobs.watched import watched_routes
from xiaoer.site.permissions import ANYONE
from xiaoer.site.planning import (
    calendar,
    roster,
    roster_activities,
    roster_day,
    roster_mend,
    roster_pages,
    roster_tables,
    shifts,
    swap_pages,
)
from xiaoer.site.planning.activity_work import SHARING
from xiaoer.site.planning.roster_work import MAKING, MENDING, NEEDING

BOTH = "GET POST"
AT = "s/<int:shop>/roster/"
ONE = f"{AT}<int:roster>/"
OWN = "s/<int:shop>/own/shifts/"

roster_routes: list[URLPattern] = [
    route(AT, roster_pages.rosters, "rosters", needs="plan_rosters", methods=BOTH),
    *watched_routes(f"{AT}work/", MAKING, needs="plan_rosters"),
    *watched_routes(f"{AT}need/", NEEDING, needs="plan_rosters"),
    *watched_routes(f"{AT}mend/", MENDING, needs="plan_rosters"),
    *watched_routes(f"{AT}share/", SHARING, needs="plan_rosters"),
    route(f"{AT}mend/<int:work>/take/", roster_mend.roster_mend_take, "roster_mend_take", needs="publish_roster",
          methods="POST"),
    route(ONE, roster.roster, "roster", needs="plan_rosters"),
    route(f"{ONE}make/", roster.roster_make, "roster_make", needs="plan_rosters", methods="POST"),
    route(f"{ONE}try/", roster.roster_try, "roster_try", needs="plan_rosters", methods="POST"),
    route(f"{ONE}change/", roster.roster_change, "roster_change", needs="publish_roster", methods="POST"),
    route(f"{ONE}undo/", roster.roster_undo, "roster_undo", needs="publish_roster", methods="POST"),
    route(f"{ONE}unpin/", roster.roster_unpin, "roster_unpin", needs="plan_rosters", methods="POST"),
    route(f"{ONE}publish/", roster.roster_publish, "roster_publish", needs="publish_roster", methods="POST"),
    route(f"{ONE}withdraw/", roster.roster_withdraw, "roster_withdraw", needs="publish_roster", methods="POST"),
    route(f"{ONE}drop/", roster.roster_drop, "roster_drop", needs="plan_rosters", methods="POST"),
    route(f"{ONE}day/", roster_day.roster_day, "roster_day", needs="plan_rosters"),
    route(f"{ONE}activities/", roster_activities.roster_activities, "roster_activities", needs="plan_rosters"),
    route(f"{ONE}activities/share/", roster_activities.roster_share, "roster_share", needs="plan_rosters",
          methods="POST"),
    route(f"{ONE}activities.xlsx", roster_activities.roster_activities_xlsx, "roster_activities_xlsx",
          needs="plan_rosters"),
    route(f"{ONE}carried/", roster_day.roster_fairness, "roster_fairness", needs="plan_rosters"),
    route(f"{ONE}changes/", roster_day.roster_log, "roster_log", needs="plan_rosters"),
    route(f"{ONE}mend/", roster_mend.roster_mend, "roster_mend", needs="plan_rosters", methods=BOTH),
    route(f"{ONE}tables/", roster_tables.roster_tables, "roster_tables", needs="plan_rosters"),
    route(f"{ONE}tables/<slug:table>/<int:row>/", roster_tables.roster_row, "roster_row", needs="plan_rosters",
          methods=BOTH),
    route(f"{ONE}tables/sent/", roster_tables.roster_sent, "roster_sent", needs="plan_rosters", methods="POST"),
    route(f"{ONE}tables.xlsx", roster_tables.roster_tables_xlsx, "roster_tables_xlsx", needs="plan_rosters"),
    route(f"{ONE}tables/need/", roster_tables.roster_need, "roster_need", needs="plan_rosters", methods="POST"),
    route(f"{ONE}tables/wishes/", roster_tables.roster_wishes, "roster_wishes", needs="plan_rosters", methods="POST"),
    route(f"{AT}swaps/", swap_pages.swaps, "swaps", needs="publish_roster"),
    route(f"{AT}swaps/<int:swap>/", swap_pages.swap_decide, "swap_decide", needs="publish_roster", methods="POST"),
    route(OWN, shifts.own_shifts, "own_shifts", needs="see_own_shifts"),
    route(f"{OWN}wish/", shifts.own_wish, "own_wish", needs="see_own_shifts", methods="POST"),
    route(f"{OWN}wish/<int:wish>/withdraw/", shifts.own_wish_withdraw, "own_wish_withdraw", needs="see_own_shifts",
          methods="POST"),
    route(f"{OWN}swap/<int:published>/", shifts.own_swap, "own_swap", needs="see_own_shifts", methods=BOTH),
    route(f"{OWN}swap/<int:swap>/answer/", shifts.own_swap_answer, "own_swap_answer", needs="see_own_shifts",
          methods="POST"),
    route(f"{OWN}swap/<int:swap>/withdraw/", shifts.own_swap_withdraw, "own_swap_withdraw", needs="see_own_shifts",
          methods="POST"),
    route("s/<int:shop>/own/shifts.ics", calendar.own_calendar, "own_calendar", needs="see_own_shifts"),
    route(f"{OWN}calendar/", calendar.own_calendar_address, "own_calendar_address", needs="see_own_shifts",
          methods="POST"),
    route(f"{OWN}calendar/end/", calendar.own_calendar_end, "own_calendar_end", needs="see_own_shifts", methods="POST"),
    route("calendar/<str:calendar>/shifts.ics", calendar.calendar, "calendar", needs=ANYONE),
]  # fmt: skip
