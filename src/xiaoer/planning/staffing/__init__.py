"""Who will be there over weeks: people who join and leave, newcomers who do not count in full yet."""

from xiaoer.planning.staffing.staff import Cohort, RampUp, hours_by_week, load_ramp_up

__all__ = ["Cohort", "RampUp", "hours_by_week", "load_ramp_up"]
