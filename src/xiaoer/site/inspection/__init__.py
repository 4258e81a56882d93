"""Inspection by people: plans, the queue, scorecards, appeals, calibration, coaching, what customers say."""
