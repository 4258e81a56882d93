"""The addresses of planning."""

from xiaoer.site.access import route
from xiaoer.site.planning import adherence, forecast, need, said, scores, wall, whatif

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
    route("s/<int:shop>/plan/adherence/", adherence.plan_adherence, "plan_adherence", needs="see_plan"),
    route("s/<int:shop>/plan/adherence.xlsx", adherence.plan_adherence_xlsx, "plan_adherence_xlsx",
          needs="see_plan"),
    route("s/<int:shop>/plan/adherence/wall/", wall.plan_wall, "plan_wall", needs="see_plan"),
    route("s/<int:shop>/plan/adherence/wall/part/", wall.plan_wall_part, "plan_wall_part", needs="see_plan"),
    route("s/<int:shop>/plan/adherence/wall/rest/", wall.plan_wall_rest_part, "plan_wall_rest_part", needs="see_plan"),
    route("s/<int:shop>/own/adherence/", adherence.own_adherence, "own_adherence", needs="see_own_shifts"),
    route("s/<int:shop>/plan/whatif/", whatif.plan_whatif, "plan_whatif", needs="see_plan"),
    route("s/<int:shop>/plan/goals/", need.plan_goals, "plan_goals", needs="change_plan", methods="POST"),
]  # fmt: skip
