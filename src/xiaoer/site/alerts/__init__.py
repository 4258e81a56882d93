"""Alerts by rule: what is the matter, told once to the addresses chosen, by a process beside the server."""
