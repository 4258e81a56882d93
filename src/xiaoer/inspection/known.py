"""What the shop knows beside the chat: the buyer's orders with their notes, product cards, limits of the shop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from xiaoer.base.settings import DaySettings
from xiaoer.facts.walked import Flags

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """Orders by buyer (by creation), product cards by id, and the settings of the day."""

    orders: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    products: Mapping[str, Row] = field(default_factory=dict)
    settings: DaySettings | None = None
    regular: Flags = field(default_factory=lambda: np.zeros(0, np.bool_))
