"""What people decide and do, as the database keeps it."""

from xiaoer.site.models.alert import AlertAddress, AlertEpisode, AlertMessage, AlertRule
from xiaoer.site.models.api import ApiToken, Delivery, ReceivedEvent
from xiaoer.site.models.appraisal import (
    PayAppeal,
    PayIncident,
    PayIncidentPart,
    PaySignature,
    PayTable,
    SchemeDraft,
)
from xiaoer.site.models.audit import AuditEntry
from xiaoer.site.models.inspection import Appeal, CoachingNote, FindingDecision, InspectionPlan, Review
from xiaoer.site.models.invitation import Invitation
from xiaoer.site.models.job import Job
from xiaoer.site.models.membership import Account, Membership
from xiaoer.site.models.person import Person, RecoveryCode
from xiaoer.site.models.roster import CalendarAddress, Roster, RosterChange, RosterDay, ShiftSwap, ShiftWish
from xiaoer.site.models.shop import Shop

__all__ = [
    "Account", "AlertAddress", "AlertEpisode", "AlertMessage", "AlertRule", "ApiToken", "Appeal",
    "AuditEntry", "CalendarAddress", "CoachingNote", "Delivery", "FindingDecision", "InspectionPlan", "Invitation",
    "Job", "Membership", "PayAppeal", "PayIncident", "PayIncidentPart", "PaySignature", "PayTable", "Person",
    "ReceivedEvent", "RecoveryCode", "Review", "Roster", "RosterChange", "RosterDay", "SchemeDraft", "ShiftSwap",
    "ShiftWish", "Shop",
]  # fmt: skip
