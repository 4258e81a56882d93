"""Named SQL steps: building them is pure, only store/ runs them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One named SELECT over earlier relations and steps, in the portable subset; `{{…}}` calls are the dialect's."""

    name: str
    sql: str
