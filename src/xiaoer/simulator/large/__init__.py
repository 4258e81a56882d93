"""Large shops straight to Parquet: 10⁵ to 10⁸ messages by numpy, in memory bounded by a slice of a day."""

from xiaoer.simulator.large.write_large import write_large

__all__ = ["write_large"]
