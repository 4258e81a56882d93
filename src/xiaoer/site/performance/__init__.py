"""The performance table, and what stands behind each figure of it."""
