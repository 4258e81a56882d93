"""The overview: the last days and the month of a shop, what moved, and what needs attention."""
