"""The addresses of planning."""

from xiaoer.site.access import route
from xiaoer.site.planning import forecast, need, said, scores

planning_routes = [
    route("s/<int:shop>/plan/", forecast.plan_forecast, "plan_forecast", needs="see_plan"),
    route("s/<int:shop>/plan/forecast.xlsx", forecast.plan_forecast_xlsx, "plan_forecast_xlsx", needs="see_plan"),
    route("s/<int:shop>/plan/scores/", scores.plan_scores, "plan_scores", needs="see_plan"),
    route("s/<int:shop>/plan/override/", said.plan_override, "plan_override", needs="change_plan", methods="POST"),
    route("s/<int:shop>/plan/event/", said.plan_event, "plan_event", needs="change_plan", methods="POST"),
    route("s/<int:shop>/plan/event/withdraw/", said.plan_event_withdraw, "plan_event_withdraw", needs="change_plan",
          methods="POST"),
    route("s/<int:shop>/plan/need/", need.plan_need, "plan_need", needs="see_plan"),
    route("s/<int:shop>/plan/need.xlsx", need.plan_need_xlsx, "plan_need_xlsx", needs="see_plan"),
    route("s/<int:shop>/plan/need-for-roster.xlsx", need.plan_need_roster_xlsx, "plan_need_roster_xlsx",
          needs="see_plan"),
    route("s/<int:shop>/plan/goals/", need.plan_goals, "plan_goals", needs="change_plan", methods="POST"),
]  # fmt: skip
