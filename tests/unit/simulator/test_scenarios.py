import re
from random import Random

import pytest

from xiaoer.simulator.phrases import fill, slots_of
from xiaoer.simulator.scenario import Line, Scenario, scenarios
from xiaoer.simulator.slots import slots_of_product
from xiaoer.simulator.world import world

SLOTS = set(slots_of_product(Random(1), world().products[0])) | {"me", "mate", "order", "amount", "tail4"}
REAL_MOBILE = re.compile(r"1[3-9]\d{9}")


def phrases(scenario: Scenario) -> list[str]:
    return [phrase for line in scenario.lines for phrase in (*line.variants, *line.poor)]


def test_there_are_many_scenarios_with_variants() -> None:
    assert len(scenarios()) >= 30
    lines = [line for scenario in scenarios().values() for line in scenario.lines if line.kind == "text"]
    assert sum(len(line.variants) for line in lines) / len(lines) > 2.5


@pytest.mark.parametrize("name", scenarios())
def test_every_slot_of_every_phrase_can_be_filled(name: str) -> None:
    random = Random(1)
    for phrase in phrases(scenarios()[name]):
        assert slots_of(phrase) <= SLOTS | set(world().little_words), phrase
        slots = slots_of_product(random, world().products[0])
        said = fill(phrase, slots | {"me": "小美", "mate": "小丽", "order": "1", "amount": "9"}, random)
        assert "{" not in said
        assert said == said.strip() != ""


@pytest.mark.parametrize("name", scenarios())
def test_a_line_has_one_speaker_and_only_transfers_speak_of_transfer(name: str) -> None:
    for line in scenarios()[name].lines:
        said_by = [who for who in ("buyer", "agent", "mate", "robot", "transfer") if getattr(line, who)]
        assert len(said_by) == 1
        assert line.speaker == said_by[0]
        assert all(("转交给" in phrase) == (line.speaker == "transfer") for phrase in (*line.variants, *line.poor))


def test_poor_ways_of_saying_it_name_the_standards_they_break() -> None:
    unnamed = [
        (name, line.poor)
        for name, scenario in scenarios().items()
        for line in scenario.lines
        if line.poor and not line.breaks and name != "gift_promised"
    ]
    assert unnamed == []


def test_no_telephone_number_could_be_anybodys() -> None:
    everything = "".join(phrase for scenario in scenarios().values() for phrase in phrases(scenario))
    assert not REAL_MOBILE.search(everything)


def test_an_unknown_slot_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill("{nothing_of_that_name}", {}, Random(1))


def test_shares_of_outcomes_are_shares() -> None:
    for name, scenario in scenarios().items():
        assert all(0.0 <= share <= 1.0 for share in scenario.leads_to.values()), name
        assert scenario.leads_to.get("order", 0.0) + scenario.leads_to.get("later", 0.0) <= 1.0, name
        assert not (scenario.leads_to.get("refund") and scenario.refund is None), name


def test_a_line_without_a_speaker_has_none() -> None:
    with pytest.raises(StopIteration):
        _ = Line().speaker
