"""Planned against present: who was there when planned, late, missing, and how many people each interval had."""

from xiaoer.planning.adherence.adherence import Kept, Span, kept_by_shift
from xiaoer.planning.adherence.heads import heads

__all__ = ["Kept", "Span", "heads", "kept_by_shift"]
