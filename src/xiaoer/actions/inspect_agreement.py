"""How far people agree who judged the same things."""

from xiaoer.inspection.agreement import alpha

__all__ = ["alpha"]
