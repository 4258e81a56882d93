"""Pay, month by month: computed, reviewed, closed; statements that are confirmed or appealed; incidents; schemes."""
