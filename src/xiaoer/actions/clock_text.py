"""A minute of the day as it is read."""


def clock_text(minute: int) -> str:
    """Return minutes since midnight as 09:30; past 24:00 they go on, so that a night shift reads 22:00–30:00."""
    return f"{minute // 60:02}:{minute % 60:02}"
