"""Write the log: one entry for every change and for every look at a customer's personal data."""

import hashlib
import hmac

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from xiaoer.site.models import AuditEntry, Person, Shop

ACTS = {
    "owner_made": _("made the owner's account"),
    "signed_in": _("signed in"),
    "signed_out": _("signed out"),
    "invited": _("invited somebody"),
    "joined": _("joined by an invitation"),
    "membership_ended": _("ended a membership"),
    "account_bound": _("bound an account"),
    "account_ended": _("ended the use of an account"),
    "password_link_made": _("made a link for a new password"),
    "password_changed": _("changed the password"),
    "second_step_on": _("turned the second step on"),
    "second_step_off": _("turned the second step off"),
    "second_step_reset": _("reset somebody's second step"),
    "recovery_code_used": _("signed in with a recovery code"),
    "recovery_codes_made": _("made new recovery codes"),
    "language_chosen": _("chose a language"),
    "example_started": _("started the example data"),
    "import_started": _("imported files"),
    "preview_started": _("looked at what a setting would do"),
    "setting_changed": _("changed a setting"),
    "corrected": _("wrote a correction"),
    "correction_withdrawn": _("withdrew a correction"),
    "import_undone": _("undid an import"),
    "rejected_rows_taken": _("downloaded the rows that were left out"),
    "shop_made": _("made a shop"),
    "job_stopped": _("stopped work under way"),
    "shops_noted": _("noted new shops in the data"),
    "customers_seen": _("looked at customers' whole names"),
    "exported": _("exported a table"),
    "customer_searched": _("searched for a customer or an order"),
    "chat_read": _("read a conversation"),
    "view_saved": _("saved a view"),
    "view_removed": _("removed a view"),
    "appraise_started": _("computed a month of pay"),
    "pay_values_given": _("gave values of a month of pay"),
    "month_submitted": _("submitted a month of pay for review"),
    "month_sent_back": _("sent a month of pay back"),
    "month_closed": _("closed a month of pay"),
    "statement_signed": _("signed a statement of pay"),
    "pay_appealed": _("appealed a line of pay"),
    "pay_appeal_withdrawn": _("withdrew an appeal of pay"),
    "pay_appeal_decided": _("decided an appeal of pay"),
    "incident_written": _("wrote an incident"),
    "incident_decided": _("decided on an incident"),
    "scheme_drafted": _("wrote a scheme of pay"),
    "scheme_dropped": _("dropped a scheme of pay"),
    "scheme_in_force": _("put a scheme of pay in force"),
    "whatif_started": _("tried a scheme of pay on past months"),
    "alert_address_made": _("added an address of alerts"),
    "alert_address_ended": _("ended an address of alerts"),
    "alert_tried": _("sent a message to try an address"),
    "alert_rule_made": _("made a rule of alerts"),
    "alert_rule_ended": _("ended a rule of alerts"),
    "alert_rule_snoozed": _("silenced a rule of alerts, or let it speak again"),
    "alert_sent_again": _("sent a message again"),
    "delivery_retried": _("tried again what a program had sent"),
    "inspect_started": _("had conversations read against the standards"),
    "draw_started": _("had conversations drawn for inspection"),
    "plan_made": _("made a plan of inspection"),
    "plan_ended": _("ended a plan of inspection"),
    "review_begun": _("began to judge a conversation"),
    "finding_judged": _("judged a finding"),
    "review_done": _("finished judging a conversation"),
    "feedback_acknowledged": _("acknowledged feedback"),
    "appealed": _("appealed a finding"),
    "appeal_withdrawn": _("withdrew an appeal"),
    "appeal_decided": _("decided an appeal"),
    "coached": _("wrote a coaching note"),
    "coaching_done": _("finished a coaching note"),
    "override_said": _("said better of a day of the forecast"),
    "override_withdrawn": _("took back what was said of a day of the forecast"),
    "event_said": _("entered an event of the shop's own"),
    "event_withdrawn": _("took back an event of the shop's own"),
    "quotes_read": _("read what customers say"),
    "roster_begun": _("began a roster"),
    "roster_tables_changed": _("changed what a roster is made from"),
    "roster_started": _("had a roster made"),
    "roster_best_taken": _("took the best roster so far"),
    "roster_need_started": _("took the need of a roster from the forecast"),
    "roster_mend_started": _("had a roster mended"),
    "roster_share_started": _("had the days of a roster shared out by activity"),
    "roster_changed": _("changed who works when"),
    "roster_published": _("published a roster"),
    "roster_withdrawn": _("took the publication of a roster back"),
    "roster_dropped": _("threw a draft of a roster away"),
    "roster_wishes_opened": _("said until when a roster takes wishes"),
    "wished": _("wished for a day"),
    "wish_withdrawn": _("took a wish back"),
    "swap_asked": _("asked to swap days"),
    "swap_answered": _("answered a swap"),
    "swap_withdrawn": _("took a swap back"),
    "swap_decided": _("decided a swap"),
    "calendar_made": _("made a private calendar address"),
    "calendar_revoked": _("ended a private calendar address"),
    "token_made": _("made a token"),
    "token_revoked": _("revoked a token"),
}
LOOKS = {
    "complaint": _("handling a complaint"),
    "refund": _("handling a refund or dispute"),
    "check": _("checking whether a contact counts"),
    "appeal": _("answering an appeal"),
}
WITHDRAWALS = {
    "mistake": _("the correction was a mistake"),
    "outdated": _("it is known better by now"),
}
RESETS = {
    "lost": _("the phone is lost or new, and so are the recovery codes"),
    "key": _("the site's key is another one since"),
}
REASONS = LOOKS | WITHDRAWALS | RESETS
Details = dict[str, str | int | None]


def note(
    act: str,
    *,
    person: Person | None,
    shop: Shop | None = None,
    about: Model | str = "",
    reason: str = "",
    details: Details | None = None,
) -> None:
    """Write an entry; call it inside the transaction of the change. A thing is named by kind and number."""
    assert act in ACTS, act
    assert not reason or reason in REASONS, reason
    AuditEntry(person=person, act=act, shop=shop, about=_named(about), reason=reason, details=details or {}).save()


def entries_about(act: str, about: Model) -> QuerySet[AuditEntry]:
    """Return the entries of an act that are about a thing, the latest first."""
    return AuditEntry.objects.filter(act=act, about=_named(about)).select_related("person")


def _named(about: Model | str) -> str:
    return about if isinstance(about, str) else f"{about._meta.model_name} {about.pk}"


def digest_of(text: str) -> str:
    """Return the same 16 signs for the same text, from which nobody without the site's key can tell the text."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:16]
