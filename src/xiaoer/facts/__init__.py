"""Canonical rows → rounds, sessions, receptions, credit, inquiry, presence, calls."""
