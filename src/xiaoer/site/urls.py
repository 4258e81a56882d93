"""Every address of the site, and what each needs: anyone, signed_in, or a permission of catalog/roles.yaml."""

from xiaoer.site.access import route
from xiaoer.site.account import own as account
from xiaoer.site.account import sign_in
from xiaoer.site.agents import agent, own, own_explain
from xiaoer.site.alerts import pages as alerts
from xiaoer.site.analysis import assists, funnel, lost, silent, waits
from xiaoer.site.api.routes import api_routes
from xiaoer.site.appraisal import appeals, fairness, incidents, scheme_form, schemes, statement, whatif
from xiaoer.site.appraisal import own as own_statement
from xiaoer.site.appraisal import pages as appraisal
from xiaoer.site.corrections import pages as corrections
from xiaoer.site.imports import new_shop
from xiaoer.site.imports import pages as imports
from xiaoer.site.inspection import calibration, coaching, inbox, voice
from xiaoer.site.inspection import export as inspection_export
from xiaoer.site.inspection import found as inspected
from xiaoer.site.inspection import home as inspection
from xiaoer.site.inspection import items as inspection_items
from xiaoer.site.inspection import own as own_inspection
from xiaoer.site.inspection import plans as inspection_plans
from xiaoer.site.inspection import queue as inspection_queue
from xiaoer.site.jobs import pages as jobs
from xiaoer.site.jobs.watched import watched_routes
from xiaoer.site.metric_reference import pages as metric_reference
from xiaoer.site.overview import pages as overview
from xiaoer.site.pages import filtered, home, log, shops, welcome
from xiaoer.site.people import invitation
from xiaoer.site.people import pages as people
from xiaoer.site.performance import chat, explain, table, views
from xiaoer.site.permissions import ANYONE, SIGNED_IN
from xiaoer.site.planning.roster_routes import roster_routes
from xiaoer.site.planning.routes import planning_routes
from xiaoer.site.search import pages as search
from xiaoer.site.shop_settings import pages as shop_settings
from xiaoer.site.tokens import pages as tokens
from xiaoer.site.wall import pages as wall

BOTH = "GET POST"

urlpatterns = [
    route("", home.home, "home", needs=SIGNED_IN),
    route("health/", home.health, "health", needs=ANYONE),
    route("welcome/", welcome.welcome, "welcome", needs=ANYONE, methods=BOTH),
    route("sign-in/", sign_in.sign_in, "sign_in", needs=ANYONE, methods=BOTH),
    route("sign-in/code/", sign_in.sign_in_code, "sign_in_code", needs=ANYONE, methods=BOTH),
    route("sign-out/", sign_in.sign_out, "sign_out", needs=SIGNED_IN, methods="POST"),
    route("language/", account.choose_language, "language", needs=ANYONE, methods="POST"),
    route("invitation/<str:token>/", invitation.invitation, "invitation", needs=ANYONE, methods=BOTH),
    route("me/", account.me, "me", needs=SIGNED_IN),
    route("me/password/", account.password, "password", needs=SIGNED_IN, methods=BOTH),
    route("me/second-step/", account.second_step, "second_step", needs=SIGNED_IN, methods=BOTH),
    route("me/second-step/off/", account.second_step_off, "second_step_off", needs=SIGNED_IN, methods=BOTH),
    route("me/recovery-codes/", account.recovery_codes, "recovery_codes", needs=SIGNED_IN, methods=BOTH),
    route("who-sees-what/", home.who_sees_what, "who_sees_what", needs=SIGNED_IN),
    route("search/", search.search, "search", needs=SIGNED_IN),
    route("s/<int:shop>/search/customers/", search.search_customers, "search_customers", needs="read_chats",
          methods="POST"),
    route("s/<int:shop>/", overview.overview, "overview", needs="see_team"),
    route("s/<int:shop>/team/", table.table, "team", needs="see_team"),
    route("s/<int:shop>/team.xlsx", table.table_xlsx, "team_xlsx", needs="see_team"),
    route("s/<int:shop>/team.csv", table.table_csv, "team_csv", needs="see_team"),
    route("s/<int:shop>/team/columns/", table.columns, "columns", needs="see_team"),
    route("s/<int:shop>/team/explain/", explain.explain, "explain", needs="see_team"),
    route("s/<int:shop>/chat/", chat.chat, "chat", needs="read_chats"),
    route("s/<int:shop>/chat/whole/", chat.chat_whole, "chat_whole", needs="see_customers", methods="POST"),
    route("s/<int:shop>/team/views/", views.view_save, "view_save", needs="keep_views", methods="POST"),
    route("s/<int:shop>/team/views/remove/", views.view_remove, "view_remove", needs="keep_views", methods="POST"),
    route("s/<int:shop>/funnel/", funnel.funnel, "funnel", needs="see_team"),
    route("s/<int:shop>/funnel/lost/", lost.lost, "lost", needs="see_contacts"),
    route("s/<int:shop>/funnel/lost/whole/", lost.lost_whole, "lost_whole", needs="see_customers", methods="POST"),
    route("s/<int:shop>/funnel/lost.xlsx", lost.lost_xlsx, "lost_xlsx", needs="see_contacts"),
    route("s/<int:shop>/funnel/lost.csv", lost.lost_csv, "lost_csv", needs="see_contacts"),
    route("s/<int:shop>/waits/", waits.waits, "waits", needs="see_team"),
    route("s/<int:shop>/waits/list/", waits.waits_list, "waits_list", needs="see_contacts"),
    route("s/<int:shop>/assists/", assists.assists, "assists", needs="see_shop"),
    route("s/<int:shop>/assists.xlsx", assists.assists_xlsx, "assists_xlsx", needs="see_shop"),
    route("s/<int:shop>/assists/orders/", assists.assisted, "assisted", needs="see_contacts"),
    route("s/<int:shop>/silent/", silent.silent, "silent", needs="see_shop"),
    route("s/<int:shop>/own/", own.own, "own", needs="see_own"),
    route("s/<int:shop>/wall/", wall.wall, "wall", needs="see_wall"),
    route("s/<int:shop>/wall/part/", wall.wall_part, "wall_part", needs="see_wall"),
    route("s/<int:shop>/own/days/", own.own_days, "own_days", needs="see_own"),
    route("s/<int:shop>/own/explain/", own_explain.own_explain, "own_explain", needs="see_own"),
    route("s/<int:shop>/own/chat/", own_explain.own_chat, "own_chat", needs="read_own_chats"),
    route("s/<int:shop>/agent/<path:agent>/days/", agent.agent_days, "agent_days", needs="see_team"),
    route("s/<int:shop>/agent/<path:agent>/", agent.agent, "agent", needs="see_team"),
    route("s/<int:shop>/appraisal/", appraisal.appraisal, "appraisal", needs="see_pay"),
    route("s/<int:shop>/appraisal/checks/", appraisal.appraisal_checks, "appraisal_checks", needs="see_pay"),
    route("s/<int:shop>/appraisal/run/", appraisal.appraisal_run, "appraisal_run", needs="run_appraisal",
          methods="POST"),
    *watched_routes("s/<int:shop>/appraisal/job/", appraisal.APPRAISAL_WORK, needs="run_appraisal"),
    route("s/<int:shop>/appraisal/values/", appraisal.appraisal_values, "appraisal_values", needs="run_appraisal",
          methods=BOTH),
    route("s/<int:shop>/appraisal/submit/", appraisal.appraisal_submit, "appraisal_submit", needs="run_appraisal",
          methods="POST"),
    route("s/<int:shop>/appraisal/back/", appraisal.appraisal_back, "appraisal_back", needs="close_month",
          methods="POST"),
    route("s/<int:shop>/appraisal/close/", appraisal.appraisal_close, "appraisal_close", needs="close_month",
          methods="POST"),
    route("s/<int:shop>/appraisal/statement/", statement.statement, "statement", needs="see_pay"),
    route("s/<int:shop>/appraisal/statements.pdf", statement.statement_pdf, "statement_pdf", needs="see_pay"),
    route("s/<int:shop>/appraisal/statements.xlsx", statement.statement_xlsx, "statement_xlsx", needs="see_pay"),
    route("s/<int:shop>/appraisal/payroll/", statement.payroll, "payroll", needs="see_pay"),
    route("s/<int:shop>/appraisal/payroll.xlsx", statement.payroll_xlsx, "payroll_xlsx", needs="see_pay"),
    route("s/<int:shop>/appraisal/payroll.csv", statement.payroll_csv, "payroll_csv", needs="see_pay"),
    route("s/<int:shop>/appraisal/appeals/", appeals.pay_appeals, "pay_appeals", needs="see_pay"),
    route("s/<int:shop>/appraisal/appeals/<int:pay_appeal>/", appeals.pay_appeal, "pay_appeal",
          needs="decide_pay_appeals", methods=BOTH),
    route("s/<int:shop>/appraisal/incidents/", incidents.incidents, "incidents", needs="note_incidents",
          methods=BOTH),
    route("s/<int:shop>/appraisal/incidents/<int:pay_incident>/", incidents.incident_decide, "incident_decide",
          needs="note_incidents", methods="POST"),
    route("s/<int:shop>/appraisal/fairness/", fairness.fairness, "fairness", needs="see_pay"),
    route("s/<int:shop>/appraisal/schemes/", schemes.schemes, "schemes", needs="see_pay", methods=BOTH),
    route("s/<int:shop>/appraisal/schemes/new/", scheme_form.scheme_new, "scheme_new", needs="draft_schemes",
          methods=BOTH),
    route("s/<int:shop>/appraisal/schemes/<int:scheme_draft>/", scheme_form.scheme_draft, "scheme_draft",
          needs="draft_schemes", methods=BOTH),
    route("s/<int:shop>/appraisal/schemes/<int:scheme_draft>/drop/", scheme_form.scheme_drop, "scheme_drop",
          needs="draft_schemes", methods="POST"),
    route("s/<int:shop>/appraisal/schemes/<int:scheme_draft>/in-force/", scheme_form.scheme_in_force,
          "scheme_in_force", needs="put_schemes_in_force", methods="POST"),
    route("s/<int:shop>/appraisal/whatif/", whatif.whatif, "whatif", needs="see_pay", methods=BOTH),
    *watched_routes("s/<int:shop>/appraisal/whatif/", whatif.TRIAL, needs="see_pay"),
    route("s/<int:shop>/own/pay/", own_statement.own_pay, "own_pay", needs="see_own_pay"),
    route("s/<int:shop>/own/pay/sign/", own_statement.own_pay_sign, "own_pay_sign", needs="see_own_pay",
          methods="POST"),
    route("s/<int:shop>/own/pay/appeal/", own_statement.own_pay_appeal, "own_pay_appeal", needs="see_own_pay",
          methods="POST"),
    route("s/<int:shop>/own/pay/appeal/<int:pay_appeal>/withdraw/", own_statement.own_appeal_withdraw,
          "own_appeal_withdraw", needs="see_own_pay", methods="POST"),
    route("s/<int:shop>/own/pay.pdf", own_statement.own_pay_pdf, "own_pay_pdf", needs="see_own_pay"),
    route("s/<int:shop>/filtered/", filtered.filtered, "filtered", needs="see_contacts"),
    route("s/<int:shop>/filtered/whole/", filtered.filtered_whole, "filtered_whole", needs="see_customers",
          methods="POST"),
    route("s/<int:shop>/filtered/keep/", corrections.keep, "keep", needs="correct_data", methods=BOTH),
    route("s/<int:shop>/corrections/", corrections.corrections, "corrections", needs="see_contacts"),
    route("s/<int:shop>/corrections/order/", corrections.correction_of_order, "correction_of_order",
          needs="correct_data", methods=BOTH),
    route("s/<int:shop>/corrections/contact/", corrections.correction_of_contact, "correction_of_contact",
          needs="correct_data", methods=BOTH),
    route("s/<int:shop>/corrections/<int:correction>/withdraw/", corrections.correction_withdraw,
          "correction_withdraw", needs="correct_data", methods="POST"),
    route("s/<int:shop>/settings/", shop_settings.shop_settings, "shop_settings", needs="change_settings",
          methods=BOTH),
    *watched_routes("s/<int:shop>/settings/preview/", shop_settings.SETTING_PREVIEW, needs="change_settings"),
    route("s/<int:shop>/alerts/", alerts.alerts, "alerts", needs="make_alerts", methods=BOTH),
    route("s/<int:shop>/alerts/<int:rule>/end/", alerts.alert_end, "alert_end", needs="make_alerts", methods="POST"),
    route("s/<int:shop>/alerts/<int:rule>/snooze/", alerts.alert_snooze, "alert_snooze", needs="make_alerts",
          methods="POST"),
    route("s/<int:shop>/alerts/message/<int:message>/again/", alerts.alert_again, "alert_again", needs="make_alerts",
          methods="POST"),
    route("s/<int:shop>/inspection/", inspection.inspection, "inspection", needs="see_inspection"),
    route("s/<int:shop>/inspection/read/", inspection.inspection_read, "inspection_read", needs="see_inspection",
          methods="POST"),
    *watched_routes("s/<int:shop>/inspection/reading/", inspection.READING, needs="see_inspection"),
    route("s/<int:shop>/inspection/findings/", inspected.inspection_findings, "inspection_findings",
          needs="see_inspection"),
    route("s/<int:shop>/inspection/conversation/", inspected.inspection_talk, "inspection_talk", needs="read_chats"),
    route("s/<int:shop>/inspection/conversation/judge/", inspected.inspection_judge, "inspection_judge",
          needs="judge", methods="POST"),
    route("s/<int:shop>/inspection/plans/", inspection_plans.inspection_plans, "inspection_plans",
          needs="plan_inspection", methods=BOTH),
    route("s/<int:shop>/inspection/plans/<int:plan>/", inspection_plans.inspection_plan, "inspection_plan",
          needs="plan_inspection"),
    route("s/<int:shop>/inspection/plans/<int:plan>/end/", inspection_plans.inspection_plan_end,
          "inspection_plan_end", needs="plan_inspection", methods="POST"),
    *watched_routes("s/<int:shop>/inspection/drawing/", inspection_plans.DRAWING, needs="plan_inspection"),
    route("s/<int:shop>/inspection/queue/", inspection_queue.inspection_queue, "inspection_queue", needs="judge"),
    route("s/<int:shop>/inspection/review/<int:review>/", inspection_queue.review, "review", needs="judge"),
    route("s/<int:shop>/inspection/review/<int:review>/judge/", inspection_queue.review_judge, "review_judge",
          needs="judge", methods="POST"),
    route("s/<int:shop>/inspection/review/<int:review>/done/", inspection_queue.review_done, "review_done",
          needs="judge", methods="POST"),
    route("s/<int:shop>/inspection/appeals/", inbox.appeals, "appeals", needs="decide_appeals"),
    route("s/<int:shop>/inspection/appeals/<int:appeal>/", inbox.appeal_decide, "appeal_decide",
          needs="decide_appeals", methods=BOTH),
    route("s/<int:shop>/inspection/agreement/", calibration.calibration, "calibration", needs="see_inspection"),
    route("s/<int:shop>/inspection/items/", inspection_items.inspection_items, "inspection_items",
          needs="see_inspection"),
    route("s/<int:shop>/inspection/decisions/", inspection_export.inspection_decisions, "inspection_decisions",
          needs="see_customers", methods=BOTH),
    route("s/<int:shop>/inspection/coaching/", coaching.coaching, "coaching", needs="coach", methods=BOTH),
    route("s/<int:shop>/inspection/coaching/<int:coached>/done/", coaching.coaching_done, "coaching_done",
          needs="coach", methods="POST"),
    route("s/<int:shop>/inspection/customers/", voice.voice, "voice", needs="read_chats"),
    route("s/<int:shop>/own/inspection/", own_inspection.own_inspection, "own_inspection",
          needs="see_own_inspection"),
    route("s/<int:shop>/own/inspection/conversation/", own_inspection.own_inspection_talk, "own_inspection_talk",
          needs="see_own_inspection"),
    route("s/<int:shop>/own/inspection/seen/<int:feedback>/", own_inspection.own_acknowledge, "own_acknowledge",
          needs="see_own_inspection", methods="POST"),
    route("s/<int:shop>/own/inspection/appeal/", own_inspection.own_appeal, "own_appeal", needs="appeal",
          methods=BOTH),
    route("s/<int:shop>/own/inspection/appeal/<int:objection>/withdraw/", own_inspection.own_appeal_withdraw,
          "own_appeal_withdraw", needs="appeal", methods="POST"),
    route("addresses/", alerts.alert_addresses, "alert_addresses", needs="manage_addresses", methods=BOTH),
    route("addresses/<int:address>/try/", alerts.alert_address_try, "alert_address_try", needs="manage_addresses",
          methods="POST"),
    route("addresses/<int:address>/end/", alerts.alert_address_end, "alert_address_end", needs="manage_addresses",
          methods="POST"),
    route("metrics/", metric_reference.metrics, "metrics", needs=SIGNED_IN),
    route("metrics/<slug:name>/", metric_reference.metric, "metric", needs=SIGNED_IN),
    route("s/<int:shop>/imports/", imports.imports, "imports", needs="import_data"),
    route("s/<int:shop>/imports/upload/", imports.upload, "upload", needs="import_data", methods="POST"),
    *watched_routes("s/<int:shop>/imports/job/", imports.IMPORT_WORK, needs="import_data"),
    route("s/<int:shop>/imports/<int:number>/", imports.import_one, "import_one", needs="import_data"),
    route("s/<int:shop>/imports/<int:number>/undo/", imports.import_undo, "import_undo", needs="import_data",
          methods="POST"),
    route("s/<int:shop>/imports/<int:number>/rejected/", imports.import_rejected, "import_rejected",
          needs="see_customers", methods="POST"),
    route("shops/new/", new_shop.shop_new, "shop_new", needs="manage_shops", methods=BOTH),
    route("shops/", shops.shops, "shops", needs="manage_shops"),
    route("shops/look/", shops.shops_look, "shops_look", needs="manage_shops", methods="POST"),
    route("shops/example/", shops.example, "example", needs="manage_shops", methods="POST"),
    *watched_routes("jobs/", jobs.EXAMPLE, needs="manage_shops"),
    route("people/", people.people, "people", needs="manage_people"),
    route("people/invite/", people.invitation_new, "invite", needs="manage_people", methods=BOTH),
    route("people/<int:person>/", people.person, "person", needs="manage_people"),
    route("people/<int:person>/account/", people.account_new, "account_new", needs="manage_people", methods="POST"),
    route("people/<int:person>/account/<int:account>/end/", people.account_end, "account_end", needs="manage_people",
          methods="POST"),
    route("people/<int:person>/role/<int:membership>/end/", people.membership_end, "membership_end",
          needs="manage_people", methods="POST"),
    route("people/<int:person>/password-link/", people.password_link_new, "password_link", needs="manage_people",
          methods="POST"),
    route("log/", log.log, "log", needs="see_audit"),
    route("tokens/", tokens.tokens, "tokens", needs="manage_api", methods=BOTH),
    route("tokens/delivery/<int:delivery>/again/", tokens.delivery_retry, "delivery_retry", needs="manage_api",
          methods="POST"),
    route("tokens/<int:api_token>/revoke/", tokens.token_revoke, "token_revoke", needs="manage_api", methods="POST"),
    *planning_routes,
    *roster_routes,
    *api_routes(),
]  # fmt: skip

handler400 = "xiaoer.site.pages.errors.bad_request"
handler403 = "xiaoer.site.pages.errors.refused"
handler404 = "xiaoer.site.pages.errors.missing"
handler500 = "xiaoer.site.pages.errors.broken"
