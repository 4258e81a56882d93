"""How fast, against named alternatives, in one run."""
