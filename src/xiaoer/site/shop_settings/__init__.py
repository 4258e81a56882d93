"""A shop's settings with their dates, and what a change would do to figures that are known already."""
