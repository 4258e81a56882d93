"""Every example of every inspection item: what must be found is found, what must not is not."""

import pytest

from xiaoer.base.catalog import Catalog
from xiaoer.inspection.examples import tried_examples
from xiaoer.inspection.schema import By
from xiaoer.inspection.standards import load_standards

STANDARDS = load_standards(Catalog())
TRIED = tried_examples(STANDARDS)


@pytest.mark.parametrize("item", list(STANDARDS.items))
def test_the_examples_of(item: str) -> None:
    own = [one for one in TRIED if one.item == item]
    assert [one for one in own if one.found != one.wanted] == []
    if STANDARDS.items[item].find.by not in (By.MODEL, By.HUMAN):
        assert sum(one.wanted for one in own) >= 2 and sum(not one.wanted for one in own) >= 2
