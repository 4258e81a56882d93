"""What people decide and do, as the database keeps it."""

from xiaoer.site.models.alert import AlertAddress, AlertEpisode, AlertMessage, AlertRule
from xiaoer.site.models.api import ApiToken, Delivery, ReceivedEvent
from xiaoer.site.models.audit import AuditEntry
from xiaoer.site.models.inspection import Appeal, CoachingNote, FindingDecision, InspectionPlan, Review
from xiaoer.site.models.invitation import Invitation
from xiaoer.site.models.job import Job
from xiaoer.site.models.membership import Account, Membership
from xiaoer.site.models.person import Person, RecoveryCode
from xiaoer.site.models.shop import Shop

__all__ = [
    "Account", "AlertAddress", "AlertEpisode", "AlertMessage", "AlertRule", "ApiToken", "Appeal",
    "AuditEntry", "CoachingNote", "Delivery", "FindingDecision", "InspectionPlan", "Invitation", "Job", "Membership",
    "Person", "ReceivedEvent", "RecoveryCode", "Review", "Shop",
]  # fmt: skip
